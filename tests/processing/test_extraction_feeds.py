"""Feed entries as articles, for outlets that are read through their feed alone."""

import json
import time
from dataclasses import replace
from datetime import date

import pytest

from processing.bounds import bounded_xml
from processing.errors import Quarantined
from processing.extraction import read_entries
from processing.model import Evidence, Outlet, Ownership, Page, ReadMode

OUTLET = Outlet(
    name="example_naval",
    title="Example Naval",
    country="FR",
    languages=("en",),
    group="Example",
    ownership=Ownership.PRIVATE,
    timezone="Europe/Paris",
    hosts=("www.example.org",),
    listings=(),
    article=r"https://www\.example\.org/.+",
    evidence=Evidence(verified=False, checked=date(2026, 11, 1)),
    mode=ReadMode.FEED_ONLY,
)
ITEM = """<item><title>Frigate &amp; crew return</title><link>https://www.example.org/2026/11/frigate/?utm_source=rss</link>
<guid isPermaLink="false">https://www.example.org/?p=7</guid><pubDate>Fri, 20 Nov 2026 14:00:00 +0000</pubDate>
<dc:creator>Ana Ruiz</dc:creator><category>Naval</category><category>Ships</category>
<description>A short summary of it.</description>
<content:encoded><![CDATA[<p>The frigate returned on Friday.</p><figure><figcaption>A ship.</figcaption></figure>
<p>Its crew had been away for <b>six</b> months.</p><p><a href="/x">Read more about it</a></p>
<p>The post Frigate returns appeared first on Example Naval.</p>]]></content:encoded></item>"""


def feed(items=ITEM, prolog="", **options):
    """Make an RSS feed of items."""
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>{prolog}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example</title>'
        f"<language>en-US</language>{items}</channel></rss>"
    )
    return Page(
        url="https://www.example.org/feed/", content=text.encode(), content_type="application/rss+xml", **options
    )


def test_an_entry_becomes_an_article():
    """The fullest text in paragraphs, the date in the outlet's zone, the address canonical, the key the feed's own."""
    [(key, article)] = read_entries(feed(), OUTLET)
    assert key == "https://www.example.org/?p=7"
    assert article.url == "https://www.example.org/2026/11/frigate"
    assert article.title == "Frigate & crew return"
    assert article.paragraphs == ("The frigate returned on Friday.", "Its crew had been away for six months.")
    assert article.published_at.isoformat() == "2026-11-20T15:00:00+01:00"
    assert (article.authors, article.section, article.tags, article.language) == (
        ("Ana Ruiz",),
        "Naval",
        ("Naval", "Ships"),
        "en",
    )
    assert set(article.read_by.values()) == {"feed"}


def test_atom_is_read_too():
    """Ids are keys, summaries text where there is no content."""
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>tag:1</id><title>Frigate returns</title>
    <link href="/a/1"/><published>2026-11-20T14:00:00Z</published><summary>The frigate returned.</summary></entry></feed>"""
    [(key, article)] = read_entries(Page(url="https://www.example.org/feed/", content=text.encode()), OUTLET)
    assert (key, article.url, article.paragraphs) == (
        "tag:1",
        "https://www.example.org/a/1",
        ("The frigate returned.",),
    )


def test_entries_that_say_nothing_are_left_out():
    """No title, no link, a link that is not http, no text: no article."""
    bare = "<item><title>Only a title</title><link>https://www.example.org/b</link></item>"
    script = (
        "<item><title>A script</title><link>javascript:alert(1)</link><description>Some text here.</description></item>"
    )
    untitled = "<item><link>https://www.example.org/c</link><description>Some text here.</description></item>"
    assert [key for key, _ in read_entries(feed(bare + script + untitled + ITEM), OUTLET)] == [
        "https://www.example.org/?p=7"
    ]


def test_a_false_z_in_a_feed():
    """The outlet's quirks hold for its feed too."""
    item = ITEM.replace("Fri, 20 Nov 2026 14:00:00 +0000", "2026-11-20T14:00:00Z")
    [(_, article)] = read_entries(feed(item), replace(OUTLET, zulu_is_local=True))
    assert article.published_at.isoformat() == "2026-11-20T14:00:00+01:00"


def test_a_feed_that_breaks_off_gives_what_came_before():
    """Half a feed is better than none."""
    whole = feed(ITEM + ITEM).content
    broken = Page(url="https://www.example.org/feed/", content=whole[: whole.rindex(b"<content:encoded>")])
    assert len(read_entries(broken, OUTLET)) >= 1


@pytest.mark.parametrize("content", [b"", b"<html><body>Not found</body></html>", b"\x00\x01", b"{}"])
def test_what_is_no_feed_is_quarantined(content):
    """With a sentence that names the feed."""
    with pytest.raises(Quarantined, match=r"www\.example\.org/feed"):
        read_entries(Page(url="https://www.example.org/feed/", content=content), OUTLET)


def test_an_entity_bomb_does_not_go_off():
    """A feed needs no entities of its own: their declarations are taken out before anything is parsed."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = feed(ITEM.replace("A short", "&a9;"), f'<!DOCTYPE rss [<!ENTITY a0 "boom">{levels}]>')
    began = time.process_time()
    assert len(read_entries(bomb, OUTLET)) <= 1
    assert time.process_time() - began < 5


def test_a_feed_that_is_too_large_is_quarantined():
    """The bound of pages holds for feeds."""
    with pytest.raises(Quarantined, match="bytes"):
        read_entries(Page(url="https://www.example.org/feed/", content=b"x" * 8_000_001), OUTLET)


HEAD = b"<rss version='2.0'><channel><title>x</title><item><title>a</title><link>http://a.test/b</link><description>"
TAIL = b"</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEAD + b"<b>x</b>" * 60_000 + TAIL, "more than 50,000 elements"),
        (HEAD + b"<a " + b" ".join(b"a%d='1'" % number for number in range(20_000)) + b">x</a>" + TAIL, "attributes"),
        (b"<!DOCTYPE x [" * 40_000 + HEAD + TAIL, "it is not XML"),
        (b"{}", "it is no JSON Feed"),
    ],
)
def test_a_feed_that_would_cost_too_much_is_quarantined(content, reason):
    """What a spider refuses may come in an archive: floods of tags, attributes and doctypes are refused with their reason."""
    with pytest.raises(Quarantined, match=reason):
        read_entries(Page(url="http://a.test/rss", content=content), OUTLET)


def test_deep_nesting_is_cut_off():
    """No more than libxml2's bound of 256 levels reaches feedparser; bytes of a million cost as much as their first part."""
    deep = HEAD + b"<b>" * 300_000
    assert bounded_xml(deep).count(b"<b>") < 256


def test_a_json_feed_is_read_too():
    """Entries of a JSON Feed become articles as those of RSS do; an item that is no object costs no other."""
    item = {
        "id": "7",
        "url": "https://www.example.org/2026/11/frigate/?utm_source=json",
        "title": "Frigate & crew return",
        "content_html": "<p>The frigate returned on Friday.</p><p>Its crew had been away for six months.</p>",
        "date_published": "2026-11-20T14:00:00Z",
        "authors": [{"name": "Ana Ruiz"}],
        "tags": ["Naval"],
    }
    text = json.dumps({"version": "https://jsonfeed.org/version/1.1", "language": "en-US", "items": ["x", item]})
    page = Page(url="https://www.example.org/feed.json", content=text.encode(), content_type="application/feed+json")
    [(key, article)] = read_entries(page, OUTLET)
    assert (key, article.url) == ("7", "https://www.example.org/2026/11/frigate")
    assert article.paragraphs == ("The frigate returned on Friday.", "Its crew had been away for six months.")
    assert article.published_at.isoformat() == "2026-11-20T15:00:00+01:00"
    assert (article.title, article.authors, article.tags) == ("Frigate & crew return", ("Ana Ruiz",), ("Naval",))


@pytest.mark.parametrize("content", [b"{", b'{"items": 1}', b'{"a":' * 100_000])
def test_json_that_is_no_feed_is_quarantined(content):
    """Broken, other and endlessly nested JSON is named."""
    with pytest.raises(Quarantined, match="cannot be read"):
        read_entries(Page(url="https://www.example.org/feed.json", content=content), OUTLET)
