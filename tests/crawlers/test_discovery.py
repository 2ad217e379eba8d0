"""What listings give, read from their bytes."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.addresses import is_article
from crawlers.discovery import Place, changed_since, listing_url, newest_first, read_listing
from crawlers.outlets import outlet_named
from processing.model import Listing, ListingKind, ReadMode

KONTAN = outlet_named("kontan")
AS_OF = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
ARTICLE = "https://nasional.kontan.co.id/news/kapal"
RSS = "<?xml version='1.0'?><rss version='2.0'><channel><title>t</title>%s</channel></rss>"
ITEM = f"<item><link>{ARTICLE}</link><pubDate>Sat, 21 Nov 2026 05:00:00 +0700</pubDate></item>"
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/x'>%s</urlset>"


def reading(kind, body, outlet=KONTAN, links=None, most=1_000_000, **options):
    """Read a listing of Kontan."""
    listing = Listing(url="https://nasional.kontan.co.id/x", kind=ListingKind(kind), links=links)
    body = body if isinstance(body, bytes) else body.encode()
    return read_listing(listing, listing.url, body, outlet, as_of=AS_OF, most=most, **options)


def test_a_feed_gives_addresses_and_times():
    """An entry's time comes to UTC from the zone that the feed gives."""
    assert reading("feed", RSS % ITEM).articles == (Place(ARTICLE, datetime(2026, 11, 20, 22, 0, tzinfo=UTC)),)


def test_atom_is_a_feed_too():
    """Atom entries are read like those of RSS, and say when they were changed."""
    at = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    atom = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='{ARTICLE}'/>"
        "<updated>2026-11-20T22:00:00Z</updated></entry></feed>"
    )
    assert reading("feed", atom).articles == (Place(ARTICLE, at, at),)


def test_a_slip_in_a_feed_is_forgiven():
    """An entity that XML does not know does not cost the feed."""
    found = reading("feed", RSS % f"<item><title>a&nbsp;b</title></item>{ITEM}")
    assert (len(found.articles), found.fault) == (1, "")


@pytest.mark.parametrize(
    ("kind", "body", "fault"),
    [
        ("feed", (RSS % ITEM)[:-20], "not a whole feed"),
        ("feed", RSS % "", "lists nothing"),
        ("feed", RSS % "<item><link>https://nasional.kontan.co.id/tentang</link></item>", "none of its 1 links"),
        ("feed", b"", "lists nothing"),
        ("sitemap", (SITEMAP % f"<url><loc>{ARTICLE}</loc></url>")[:-4], "breaks off"),
        ("sitemap", b"", "not XML"),
        ("sitemap", SITEMAP % "", "lists nothing"),
        ("sitemap", b"\x1f\x8b\x08rusak", "cannot be unpacked"),
        ("section", "<p>tidak ada</p>", "lists nothing"),
    ],
)
def test_where_something_was_due_nothing_is_a_fault(kind, body, fault):
    """A listing that breaks off, is empty, or names no article is found fault with."""
    assert fault in reading(kind, body).fault


def test_what_a_broken_feed_gives_is_kept():
    """The entries before a feed's break are still found."""
    assert len(reading("feed", (RSS % ITEM)[:-20]).articles) == 1


def test_a_bomb_is_not_unpacked():
    """A gzip that unpacks to more than the bound is a fault, not memory."""
    assert "unpacked" in reading("sitemap", gzip.compress(b"<" * 1_000_000), most=10_000).fault


def test_entities_are_not_expanded():
    """Neither a file nor a billion laughs comes out of a sitemap's entities."""
    bomb = "<!DOCTYPE u [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + SITEMAP % "<url><loc>&a;</loc></url>"
    assert reading("sitemap", bomb).articles == ()


def test_a_news_sitemap_dates_by_its_publication():
    """The news extension's date goes before lastmod; one without a zone is the outlet's."""
    entry = (
        f"<url><loc>{ARTICLE}</loc><lastmod>2026-11-01</lastmod>"
        "<news:news><news:publication_date>2026-11-21T05:00:00</news:publication_date></news:news></url>"
    )
    (place,) = reading("sitemap", SITEMAP % entry).articles
    assert place.at == datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


def test_old_sitemap_entries_are_left_out_without_fault():
    """A sitemap of nothing but old articles is sound, and gives nothing."""
    found = reading("sitemap", SITEMAP % f"<url><loc>{ARTICLE}</loc><lastmod>2026-11-01</lastmod></url>")
    assert (found.articles, found.fault) == ((), "")


def test_an_index_gives_its_fresh_sitemaps():
    """Of an index, sitemaps that changed lately are read, newest first; relative addresses are made whole."""
    entries = "".join(
        f"<sitemap><loc>{loc}</loc><lastmod>{day}</lastmod></sitemap>"
        for loc, day in (("/a.xml", "2026-11-20"), ("/old.xml", "2026-01-01"), ("/b.xml", "2026-11-20T12:00:00Z"))
    )
    index = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</sitemapindex>"
    assert reading("sitemap", index).sitemaps == (
        "https://nasional.kontan.co.id/b.xml",
        "https://nasional.kontan.co.id/a.xml",
    )


def test_a_sitemap_of_an_index_may_hold_other_things():
    """The sitemap of tags that an index names beside that of news is no fault; an empty one still is."""
    tags = SITEMAP % "<url><loc>https://www.kontan.co.id/tag/emas</loc></url>"
    assert reading("sitemap", tags, indexed=True).fault == ""
    assert "none of its 1 links" in reading("sitemap", tags).fault
    assert "lists nothing" in reading("sitemap", SITEMAP % "", indexed=True).fault


def test_a_section_page_gives_its_links_once():
    """Links are taken where the selector says, made absolute, and each once."""
    page = (
        "<nav><a href='/news/menu'>m</a></nav><ul class='l'><li><a href='/news/satu'>1</a><a href='/news/satu'>1</a>"
        "<a href='javascript:x'>j</a><a href='http://[bad'>b</a></li></ul>"
    )
    found = reading("section", page, links=".l a")
    assert [place.url for place in found.articles] == ["https://nasional.kontan.co.id/news/satu"]


def test_a_feed_read_alone_needs_no_article_addresses():
    """Where an outlet is read by its feed, entries that lead elsewhere are no fault."""
    outlet = replace(KONTAN, mode=ReadMode.FEED_ONLY)
    assert reading("feed", RSS % "<item><link>https://x.org/a</link></item>", outlet).fault == ""


def test_only_the_outlets_own_articles_count():
    """Another host, an excluded host and another form of address are not articles."""
    assert is_article(ARTICLE, KONTAN)
    assert not is_article("https://evil.kontan.co.id/news/kapal", KONTAN)
    assert not is_article("https://insight.kontan.co.id/news/kapal", KONTAN)
    assert not is_article("https://nasional.kontan.co.id/tag/kapal", KONTAN)


def test_newest_first_and_the_undated_among_the_fresh():
    """Places without a time keep their listing's order, before the older ones."""
    old = Place("c", AS_OF - timedelta(hours=2))
    assert newest_first([old, Place("a"), Place("b")], AS_OF) == [Place("a"), Place("b"), old]


def test_a_date_index_is_asked_for_the_outlets_day():
    """At 22:45 UTC it is tomorrow in Jakarta."""
    listing = Listing(url="https://indeks.example/?d=%Y-%m-%d", kind=ListingKind.DATE_INDEX)
    assert listing_url(listing, KONTAN, AS_OF) == "https://indeks.example/?d=2026-11-21"


def test_a_json_feed_is_a_feed_too():
    """Items of a JSON Feed give address, publication and change; one without an address, or that is none, is left out."""
    at = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    items = (
        f'[{{"url": "{ARTICLE}", "date_published": "2026-11-21T05:00:00+07:00", "date_modified": "?"}}, {{"id": 1}}, 2]'
    )
    assert reading("feed", f'{{"items": {items}}}').articles == (Place(ARTICLE, at),)
    assert "not a JSON feed" in reading("feed", '{"items": 7}').fault


def test_rdf_is_a_feed_too():
    """Items of RSS 1.0 stand beside the channel, and are dated by Dublin Core."""
    rdf = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
        " xmlns:dc='http://purl.org/dc/elements/1.1/'><channel/><item rdf:about='x'>"
        f"<link>{ARTICLE}</link><dc:date>2026-11-21T05:00:00+07:00</dc:date></item></rdf:RDF>"
    )
    assert reading("feed", rdf).articles == (Place(ARTICLE, datetime(2026, 11, 20, 22, 0, tzinfo=UTC)),)


@pytest.mark.parametrize("date", ["Sat, 21 Nov 2026 05:00:00 WIB", "2026-11-21 05:00:00", "21 Nov 2026 05:00:00"])
def test_a_date_that_names_no_known_zone_is_the_outlets(date):
    """Feeds of Jakarta say WIB, or nothing."""
    (place,) = reading("feed", RSS % f"<item><link>{ARTICLE}</link><pubDate>{date}</pubDate></item>").articles
    assert place.at == datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


def test_a_change_counts_when_it_lies_between_the_last_look_and_now():
    """What has not changed since, what was never seen, and what is dated in the future is not asked for again."""
    seen = AS_OF - timedelta(hours=2)
    changed = Place(ARTICLE, seen, AS_OF - timedelta(hours=1))
    assert changed_since(changed, seen, AS_OF)
    assert not changed_since(changed, AS_OF, AS_OF)
    assert not changed_since(changed, None, AS_OF)
    assert not changed_since(Place(ARTICLE, seen), seen, AS_OF)
    assert not changed_since(replace(changed, changed=AS_OF + timedelta(hours=7)), seen, AS_OF)
