"""The recorded edition: its articles keep the rules of the edition, its pages those of the outlets, its packing those of an archive."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree
from urllib.parse import urlsplit

import feedparser
import html5lib
import pytest
from parsel import Selector
from protego import Protego

from crawlers.addresses import is_article
from crawlers.discovery import Reading, read_listing
from crawlers.outlets import OUTLETS
from crawlers.recorded.article import ARTICLES, Trap, WrittenArticle, read_article, read_articles
from crawlers.recorded.edition import inputs_hash, newsrooms, pack
from crawlers.recorded.page import Newsroom
from crawlers.recorded.site import LISTED_AT, WIB
from crawlers.replay import archive_as_of
from processing.archive import ArchivedResponse
from processing.errors import PantauError
from processing.model import ReadMode

DAYS = [
    (datetime(2026, 11, 20, 6, 0, tzinfo=WIB), datetime(2026, 11, 21, 5, 30, tzinfo=WIB)),
    (datetime(2026, 11, 21, 6, 0, tzinfo=WIB), datetime(2026, 11, 22, 5, 30, tzinfo=WIB)),
]
CRAWLED_AT = [moment + timedelta(minutes=5) for moment in LISTED_AT]
ROOMS = {room.site.name: room for room in newsrooms()}
RECORDED = [OUTLETS[name] for name in ROOMS]
"""The outlets that the edition records; others are declared too."""
EDITION = read_articles()
ENGLISH = {"bbc", "defense_news", "naval_news"}
WITH_PAGES = sorted(name for name, room in ROOMS.items() if room.site.pages)

Archives = list[Mapping[str, ArchivedResponse]]


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the packed edition."""
    out = tmp_path_factory.mktemp("recorded")
    pack(out)
    return out


@pytest.fixture(scope="module")
def archives(packed: Path) -> Archives:
    """Give what answers at each of the demo's two crawls."""
    return [archive_as_of(str(packed), as_of) for as_of in CRAWLED_AT]


def readings(archives: Archives) -> Iterator[tuple[int, str, str, Reading]]:
    """Give the crawl's number, the outlet, the address and what is read there, for every declared listing."""
    for number, (archive, as_of) in enumerate(zip(archives, CRAWLED_AT, strict=True)):
        for outlet in RECORDED:
            for listing in outlet.listings:
                body = archive[listing.url].content
                reading = read_listing(listing, listing.url, body, outlet, as_of=as_of, most=8_000_000)
                yield number, outlet.name, listing.url, reading


def page_of(article: WrittenArticle, query: str = "") -> str:
    """Give the HTML of one page of an article."""
    return ROOMS[article.outlet].article_pages(article)[article.url + query]


def whole_text(article: WrittenArticle) -> list[str]:
    """Give the texts of the declared body's paragraphs over all pages, as read by the outlet's own rules."""
    outlet, pages = OUTLETS[article.outlet], ROOMS[article.outlet].article_pages(article)
    wanted = [f"{article.url}?{outlet.single_page}"] if outlet.single_page else list(pages)
    bodies = [body for url in wanted for body in Selector(pages[url], type="html").css(outlet.rules[0].body[0])]
    return [
        " ".join(p.xpath("string()").get("").split()) for body in bodies for p in body.xpath("descendant-or-self::p")
    ]


def test_the_edition_is_large_and_a_good_half_of_it_irrelevant() -> None:
    """At least 80 articles, in both languages, half of them such as no digest may show."""
    relevant = sum(article.relevant for article in EDITION)
    english = sum(article.outlet in ENGLISH for article in EDITION)
    assert len(EDITION) >= 80
    assert len(EDITION) - relevant >= relevant >= 25
    assert english >= 20
    assert len(EDITION) - english >= 50


def test_the_edition_spans_two_days_about_evenly() -> None:
    """Each article was published within one of the two days, and each day has more than a third of either kind."""
    for kind in (True, False):
        days = [sum(start <= a.published <= end and a.relevant is kind for a in EDITION) for start, end in DAYS]
        assert sum(days) == sum(a.relevant is kind for a in EDITION)
        assert min(days) > sum(days) / 3


@pytest.mark.parametrize("article", EDITION, ids=lambda article: f"{article.outlet}/{article.slug}")
def test_an_article_keeps_the_rules_of_its_outlet_and_of_the_gold(article: WrittenArticle) -> None:
    """Its address is one the outlet's declaration reads, a declared listing carries it, its gold is consistent."""
    outlet = OUTLETS[article.outlet]
    assert is_article(article.url, outlet)
    assert bool(article.story) is bool(article.topics) is article.relevant
    assert len(article.paragraphs) >= 4
    assert all(len(paragraph.split()) <= 80 for paragraph in article.paragraphs)
    crawl = next(moment for moment in LISTED_AT if article.published <= moment)
    declared = {listing.url for listing in outlet.listings}
    room = ROOMS[article.outlet]
    assert any(article in room.listed(listing, crawl) for listing in room.site.listings if listing.url in declared)


def test_addresses_are_unique_and_slugs_too() -> None:
    """No two files claim one address or one slug."""
    assert len({article.url for article in EDITION}) == len(EDITION)
    assert len({article.slug for article in EDITION}) == len(EDITION)


def test_traps_are_set_where_they_say() -> None:
    """Every trap is there, and the marks agree with the texts."""
    traps = Counter(trap for article in EDITION for trap in article.traps)
    assert set(traps) == set(Trap)
    assert traps[Trap.READ_ALSO] >= 10
    for article in EDITION:
        assert (len(article.parts) > 1) is (Trap.MULTI_PAGE in article.traps), article.slug
        assert any(b.read_also for part in article.parts for b in part) is (Trap.READ_ALSO in article.traps), (
            article.slug
        )
    outlets = {a.outlet for a in EDITION if Trap.MULTI_PAGE in a.traps}
    assert {"detik", "kompas"} <= outlets
    assert all(OUTLETS[name].single_page or OUTLETS[name].rules[0].next_page for name in outlets)
    assert {a.outlet for a in EDITION if Trap.FALSE_ZULU in a.traps} == {"detik"}


def test_an_address_of_kompas_holds_the_local_time() -> None:
    """The six digits in it are the WIB clock, as on the real site."""
    for article in EDITION:
        if article.outlet == "kompas":
            stamp = re.search(r"/read/(\d{4})/(\d\d)/(\d\d)/(\d{6})\d{2,3}/", article.url)
            assert stamp is not None
            assert "".join(stamp.groups()) == f"{article.published.astimezone(WIB):%Y%m%d%H%M%S}", article.slug


@pytest.mark.parametrize("name", WITH_PAGES)
def test_pages_carry_their_article_in_the_declared_places_and_much_else_beside(name: str) -> None:
    """Title and every paragraph stand where the declaration looks; other headlines and adverts stand around them."""
    rules, room = OUTLETS[name].rules[0], ROOMS[name]
    for article in room.articles:
        page = Selector(page_of(article), type="html")
        assert page.css(rules.title[0]).xpath("normalize-space()").get() == article.title
        text = whole_text(article)
        for paragraph in article.paragraphs:
            assert any(line.endswith(paragraph) for line in text), (article.slug, paragraph)
        everything = " ".join(page.xpath("//body//text()[not(parent::script)]").getall())
        assert len(everything.split()) > 1.1 * sum(len(block.text.split()) for block in article.parts[0])
        assert "Written for Pantau's demo" in page_of(article)


@pytest.mark.parametrize("name", WITH_PAGES)
def test_pages_name_the_date_in_the_outlets_ways(name: str) -> None:
    """Structured data and the declared dates tell one instant, each in its own form."""
    rules, article = OUTLETS[name].rules[0], ROOMS[name].articles[0]
    page, local = page_of(article), ROOMS[name].site.local(article.published)
    forms = {
        "kontan": [f'content="{local:%Y-%m-%d %H:%M:%S}"', f"{local:/ %H:%M} WIB"],
        "kompas": [f'"datePublished": "{local.isoformat()}"', f"{local:%d/%m/%Y, %H:%M} WIB"],
        "detik": [f'"datePublished": "{local.isoformat()}"', f'name="pubdate" content="{local:%Y/%m/%d %H:%M:%S}"'],
        "cnn_indonesia": [f'"datePublished": "{local.isoformat()}"', f"{local:%H:%M} WIB"],
        "sindonews": [f"{local:- %H:%M} WIB"],
        "bbc": ['"datePublished": "2026-11-2', "__NEXT_DATA__"],
        "defense_news": ['"datePublished": "2026-11-2', "body-paragraph"],
    }
    assert all(form in page for form in forms[name])
    assert ("application/ld+json" in page) is (name not in {"kontan", "sindonews"})
    assert all(Selector(page, type="html").css(selector) for selector in rules.date[:1])


def test_a_false_zulu_is_local_time() -> None:
    """The trap's meta element gives WIB and calls it UTC; structured data beside it is right."""
    trapped = [article for article in EDITION if Trap.FALSE_ZULU in article.traps]
    for article in trapped:
        wrong = f'content="{article.published.astimezone(WIB):%Y-%m-%dT%H:%M:%S}Z"'
        assert wrong in page_of(article)


def test_an_article_of_several_pages_is_whole_in_each_way_of_asking(archives: Archives) -> None:
    """`?page=all` has every paragraph, page 1 only its own, and the next link of Detik leads to the last page and no further."""
    for article in EDITION:
        if len(article.parts) > 1:
            first, last = page_of(article), article.parts[-1][-1].text
            assert last not in Selector(first, type="html").css(OUTLETS[article.outlet].rules[0].body[0]).get("")
            asked, selector = article.url, OUTLETS[article.outlet].rules[0].next_page
            for _ in article.parts[1:] if selector else ():
                asked = Selector(archives[1][asked].content.decode(), type="html").css(selector).attrib["href"]
            if selector:
                end = archives[1][asked].content.decode()
                assert last in end.replace("&#39;", "'").replace("&#34;", '"')
                assert not Selector(end, type="html").css(selector)


def test_windows_1252_is_what_the_header_says(archives: Archives) -> None:
    """Such a page is no UTF-8, and read as its Content-Type says it has its quotes and accents."""
    trapped = [article for article in EDITION if Trap.WINDOWS_1252 in article.traps]
    for article in trapped:
        response = archives[1][article.url]
        assert response.content_type == "text/html; charset=windows-1252"
        with pytest.raises(UnicodeDecodeError):
            response.content.decode("utf-8")
        assert "“" in response.content.decode("windows-1252")


def test_every_listed_address_is_answered_and_one_has_gone(archives: Archives) -> None:
    """Whatever the declared listings list is in the archive at that moment: pages with 200, and one address with 404."""
    gone = set()
    for number, name, _, reading in readings(archives):
        outlet = OUTLETS[name]
        query = f"?{outlet.single_page}" if outlet.single_page else ""
        for place in reading.articles if outlet.mode is ReadMode.PAGES else ():
            answer = archives[number][place.url.split("?")[0] + query]
            assert answer.status in {200, 404}
            if answer.status == 404:
                gone.add(place.url)
    assert len(gone) == 1


def test_every_article_is_listed_at_the_crawl_after_it(archives: Archives) -> None:
    """Day 1's listings lead to day 1's articles, both days' together to all, and to nothing that is not ours but the one gone."""
    listed: list[set[str]] = [set(), set()]
    for number, _, _, reading in readings(archives):
        listed[number] |= {place.url.split("?")[0] for place in reading.articles}
    day_one = {article.url for article in EDITION if article.published <= LISTED_AT[0]}
    assert day_one <= listed[0]
    assert not listed[0] & ({article.url for article in EDITION} - day_one)
    assert len((listed[0] | listed[1]) - {article.url for article in EDITION}) == 1


def test_only_one_listing_is_broken_and_only_on_the_second_day(archives: Archives) -> None:
    """The syndicated feed of SINDOnews's national desk breaks off on day 2; every other listing reads without fault."""
    faults = [(number, url) for number, _, url, reading in readings(archives) if reading.fault]
    assert faults == [(1, "https://sindikasi.sindonews.com/rss/nasional")]


def test_listings_carry_validators_that_change_with_them(archives: Archives) -> None:
    """A listing has an ETag and Last-Modified, and other ones on the second day."""
    for outlet in RECORDED:
        for listing in outlet.listings:
            first, second = (archive[listing.url].headers for archive in archives)
            assert first["etag"] != second["etag"]
            assert first["last-modified"] != second["last-modified"]


def test_some_answers_are_compressed_and_read_all_the_same(archives: Archives) -> None:
    """Of the sites that compress, the archive gives the plain body."""
    kinds = Counter(response.headers.get("content-encoding", "") for response in archives[1].values())
    assert kinds["gzip"] > 50
    assert kinds[""] > 50
    assert all(not response.content.startswith(b"\x1f\x8b") for response in archives[1].values())


def test_robots_let_us_in_and_name_ai_agents(archives: Archives) -> None:
    """Every host that is asked for something has a robots.txt that allows it to Pantau, and refuses a named AI agent."""
    hosts: dict[str, Protego] = {}
    for url in archives[1]:
        host = urlsplit(url).hostname or ""
        if url.endswith("/robots.txt"):
            continue
        rules = hosts.setdefault(host, Protego.parse(archives[0][f"https://{host}/robots.txt"].content.decode()))
        assert rules.can_fetch(url, "Pantau"), url
        assert not rules.can_fetch(url, "GPTBot"), url


def test_the_feed_of_naval_news_carries_the_text(archives: Archives) -> None:
    """Each entry holds its article's paragraphs whole, with WordPress's footer after them."""
    feed = feedparser.parse(archives[1]["https://www.navalnews.com/feed/"].content)
    texts = {entry.link: Selector(entry.content[0].value, type="html") for entry in feed.entries}
    for article in ROOMS["naval_news"].articles:
        paragraphs = texts[article.url].css("p").xpath("normalize-space()").getall()
        assert set(article.paragraphs) <= set(paragraphs)
        assert paragraphs[-1].startswith("The post ")


@pytest.mark.parametrize("name", WITH_PAGES)
def test_pages_are_well_formed_html(name: str) -> None:
    """The newest page of each outlet, and each page with a trap of its own, parse without one error."""
    room = ROOMS[name]
    hard = [article for article in room.articles if set(article.traps) - {Trap.READ_ALSO}]
    pages = [
        page
        for article in {a.slug: a for a in [room.articles[0], *hard]}.values()
        for page in room.article_pages(article).values()
    ]
    for page in pages:
        parser = html5lib.HTMLParser()
        parser.parse(page)
        assert parser.errors == []


def test_packing_gives_the_same_bytes_wherever_and_whenever(packed: Path, tmp_path: Path) -> None:
    """Two folders packed from the same inputs are equal, byte for byte."""
    pack(tmp_path)
    names = sorted(path.name for path in packed.iterdir())
    assert names == sorted([f"{name}.warc.gz" for name in ROOMS] + ["recorded.json"])
    assert all((packed / name).read_bytes() == (tmp_path / name).read_bytes() for name in names)


def test_what_is_up_to_date_is_left_alone_and_what_is_lost_is_packed_again(tmp_path: Path) -> None:
    """A second packing writes nothing; a missing file or another hash of the inputs packs anew."""
    packed = pack(tmp_path)
    warc, sidecar = tmp_path / "kontan.warc.gz", tmp_path / "recorded.json"
    written = warc.stat().st_mtime_ns
    assert pack(tmp_path) == packed
    assert warc.stat().st_mtime_ns == written
    (tmp_path / "bbc.warc.gz").unlink()
    pack(tmp_path)
    assert (tmp_path / "bbc.warc.gz").exists()
    sidecar.write_text(sidecar.read_text().replace(inputs_hash(), "0" * 64))
    written = warc.stat().st_mtime_ns
    pack(tmp_path)
    assert warc.stat().st_mtime_ns > written


def test_any_changed_file_changes_the_hash_of_the_inputs(tmp_path: Path) -> None:
    """An article, a template and a site's description each count; compiled code does not."""
    copy = copytree(ARTICLES.parent, tmp_path / "recorded")
    before = inputs_hash(copy)
    (copy / "__pycache__" / "new.pyc").parent.mkdir(exist_ok=True)
    (copy / "__pycache__" / "new.pyc").write_bytes(b"compiled")
    assert inputs_hash(copy) == before
    for file in ("outlets/kontan/article.html", "outlets/kontan/site.toml", "outlets/feed.xml"):
        (copy / file).write_text((copy / file).read_text() + "\n")
        assert inputs_hash(copy) != before
        before = inputs_hash(copy)


def test_the_command_packs_and_tells_of_each_file(tmp_path: Path) -> None:
    """`python -m crawlers.recorded --out DIR` makes the folder and prints one line a file."""
    out = tmp_path / "made" / "edition"
    command = [sys.executable, "-m", "crawlers.recorded", "--out", str(out)]
    told = subprocess.run(command, cwd=ARTICLES.parents[2], capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == [f"{out / name}.warc.gz: {told_count(told, name)} responses" for name in sorted(ROOMS)]
    assert (out / "kompas.warc.gz").exists()


def told_count(told: str, name: str) -> int:
    """Give the number that the command told of one outlet."""
    found = re.search(rf"{name}\.warc\.gz: ([1-9]\d*) responses", told)
    assert found is not None
    return int(found[1])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("No front matter at all.\n", "has no front matter"),
        ("stray\n+++\n+++\nText.\n", "does not open with"),
        ("+++\nurl = \n+++\nText.\n", "is not TOML"),
        ('+++\nurl = "https://www.bbc.com/news/articles/c1"\n+++\nText.\n', "`title` is wrong"),
    ],
)
def test_an_article_written_wrongly_is_named(tmp_path: Path, text: str, told: str) -> None:
    """The fault is a sentence that names the file and what is wrong in it."""
    file = tmp_path / "bbc" / "wrong.md"
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(PantauError, match=told) as caught:
        read_article(file)
    assert "wrong.md" in str(caught.value)


def test_an_unknown_listing_is_named() -> None:
    """An article that names a listing its site does not have is refused by name."""
    room = ROOMS["bbc"]
    lost = room.articles[0].model_copy(update={"lists": ("https://www.bbc.com/none.xml",)})
    with pytest.raises(PantauError, match=r"none\.xml"):
        Newsroom(room.site, [lost])
