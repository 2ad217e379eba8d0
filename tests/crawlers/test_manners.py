"""Manners, judged by the server: what it was asked, how often, how soon, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from crawling import Crawl
from newsroom import AS_OF, Answer, Newsroom, article, declare, feed, newsroom

from processing.model import Fate, FetchKind, Validators

pytestmark = pytest.mark.heavy

PLAIN, SLOW, PATIENT, SHUT, SILENT, ILL = HOSTS = tuple(f"127.0.0.{number}" for number in range(1, 7))
DELAY, CRAWL_DELAY = 0.1, 0.4
"""Seconds: the declaration's, and that of SLOW's robots.txt."""

LATE = timedelta(minutes=20)


def links(*urls: str, extra: str = "") -> Answer:
    """Give a sitemap of these addresses, the first the newest."""
    locations = "".join(f"<url><loc>{url.replace('&', '&amp;')}</loc>{extra}</url>" for url in urls)
    body = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locations}</urlset>"
    return Answer(body.encode(), headers={"Content-Type": "text/xml"})


@dataclass
class Polite:
    """One crawl of six hosts, each of which asks for other manners."""

    room: Newsroom
    crawl: Crawl


@pytest.fixture(scope="module")
def polite(tmp_path_factory: pytest.TempPathFactory) -> Polite:
    """Crawl them."""
    folder: Path = tmp_path_factory.mktemp("manners")
    with newsroom(*HOSTS[1:]) as room:
        pages = {host: [f"{room.at(host)}/berita/h{host[-1]}-{number}" for number in range(4)] for host in HOSTS}
        room.answers = {"/robots.txt": Answer(b"User-agent: *\nDisallow: /berita/terlarang\n")}
        room.answers |= {f"/berita/h{host[-1]}-{number}": article("x") for host in HOSTS for number in range(4)}
        room.answers |= {
            "/peta.xml": links(*(url for group in zip(*pages.values(), strict=True) for url in group)),
            f"{SLOW}/robots.txt": Answer(f"User-agent: pantau\nCrawl-delay: {CRAWL_DELAY}\n".encode()),
            f"{PATIENT}/berita/h3-0": Answer(b"", 429, {"Retry-After": "1"}, later=article("Tiga")),
            f"{SHUT}/berita/h4-0": Answer(b"", 503, {"Retry-After": "3600"}),
            f"{SILENT}/robots.txt": Answer(b"", 503),
            f"{ILL}/berita/h6-0": Answer(b"", 500),
        }
        declare(folder / "outlets", room.home, ("sitemap", "/peta.xml"), delay=DELAY, hosts=HOSTS)
        crawl = Crawl(folder / "run", folder / "outlets", facts={"private_hosts": frozenset(HOSTS)}).run()
    return Polite(room, crawl)


def gaps(visits):
    """Give the seconds between each request and the next."""
    return [after.came - before.came for before, after in pairwise(visits)]


@pytest.mark.parametrize(("host", "delay"), [(PLAIN, DELAY), (SLOW, CRAWL_DELAY), (PATIENT, DELAY), (ILL, DELAY)])
def test_a_host_is_asked_no_sooner_than_it_allows(polite, host, delay):
    """Between two requests, robots.txt and second tries among them, lies at least the delay: the longer of the two."""
    visits = polite.room.visits_of(host)
    assert len(visits) >= 5
    assert min(gaps(visits)) >= delay - 0.01, gaps(visits)


def test_a_host_is_asked_one_thing_at_a_time(polite):
    """No request came before the one before it was answered, and all came over one connection."""
    for host in (PLAIN, SLOW, PATIENT):
        visits = polite.room.visits_of(host)
        assert all(after.came >= before.left for before, after in pairwise(visits))
        assert len({visit.connection for visit in visits}) == 1


def test_a_host_that_asks_for_patience_is_given_it_while_others_go_on(polite):
    """After Retry-After: 1 that host hears nothing for a second, then all its pages come; the others were asked meanwhile."""
    visits = polite.room.visits_of(PATIENT)
    began = next(place for place, visit in enumerate(visits) if visit.path == "/berita/h3-0")
    silence = visits[began + 1].came - visits[began].left
    assert silence >= 1
    meanwhile = [v for v in polite.room.visits_of(SLOW) if visits[began].left < v.came < visits[began + 1].came]
    assert meanwhile
    assert all(polite.crawl.fetch(f"/berita/h3-{number}").fate is None for number in range(4))


def test_a_host_that_asks_for_too_much_is_left_for_the_next_crawl(polite):
    """Retry-After: 3600 ends the crawl of that host alone: its pages failed, with the reason."""
    assert [visit.path for visit in polite.room.visits_of(SHUT)] == ["/robots.txt", "/berita/h4-0"]
    left = [polite.crawl.fetch(f"/berita/h4-{number}") for number in range(1, 4)]
    assert {page.fate for page in left} == {Fate.FAILED}
    assert {page.reason for page in left} == {
        "left for the next crawl: the host wants to be left alone for 3600 seconds (HTTP 503)"
    }


def test_a_robots_txt_that_fails_forbids_all(polite):
    """A host whose robots.txt answers 503 is asked for nothing else (RFC 9309), and each of its pages says why."""
    assert {visit.path for visit in polite.room.visits_of(SILENT)} == {"/robots.txt"}
    pages = [polite.crawl.fetch(f"/berita/h5-{number}") for number in range(4)]
    assert {page.fate for page in pages} == {Fate.DISALLOWED}
    assert {page.reason for page in pages} == {"robots.txt could not be read (HTTP 503), so nothing is asked for"}


def test_a_host_that_fails_is_given_more_time(polite):
    """After an error the pause is twice the delay, and a second try comes no sooner."""
    visits = polite.room.visits_of(ILL)
    after = [later.came - visit.answering for visit, later in pairwise(visits) if visit.path == "/berita/h6-0"]
    assert min(after) >= 2 * DELAY
    assert polite.crawl.fetch("/berita/h6-0").reason == "HTTP 500"


def test_no_page_is_fetched_twice(polite):
    """Each page was asked for once, but for those whose host asked for patience or failed."""
    paths = [visit.path for visit in polite.room.visits if visit.path.startswith("/berita/")]
    twice = {path for path in paths if paths.count(path) > 1}
    assert twice == {"/berita/h3-0", "/berita/h6-0"}


def test_the_result_counts(polite):
    """Pages by fate, answers by status, bytes and seconds: the numbers of the rows, and those of the server."""
    totals = polite.crawl.result.totals
    pages = [fetch for fetch in polite.crawl.result.fetches if fetch.kind is FetchKind.PAGE]
    assert sum(totals.pages.values()) == len(pages) == 24
    assert totals.pages == {"fetched": 15, "failed": 5, "disallowed": 4}
    assert sum(totals.answers.values()) == len(polite.room.visits)
    assert (totals.answers[429], totals.answers[500]) == (1, 3)
    assert totals.bytes > sum(fetch.bytes for fetch in pages) > 0
    assert 1 < totals.seconds < 30


@dataclass
class Twice:
    """A crawl, and one twenty minutes later, when some pages have changed or are listed as if they had."""

    room: Newsroom
    later: Crawl
    asked: dict[str, dict[str, str]]
    """Paths of the later crawl, with their headers."""


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    """Crawl, change, and crawl again."""
    folder: Path = tmp_path_factory.mktemp("twice")
    with newsroom() as room:
        slugs = ("tetap", "berubah", "sama", "masa-depan", "pindah")
        room.answers = {f"/berita/{slug}": article(slug) for slug in slugs}
        room.answers |= {
            "/berita/pindah": Answer(status=301, headers={"Location": "/berita/baru"}),
            "/berita/baru": article("Baru"),
            "/rss": feed(room.home, *slugs),
        }
        for slug in ("berubah", "sama", "baru"):
            room.answers[f"/berita/{slug}"].headers |= {"ETag": f'"{slug}-1"'}
        declare(folder / "outlets", room.home, ("feed", "/rss"))
        first = Crawl(folder / "first", folder / "outlets").run()
        pages = [fetch for fetch in first.result.fetches if fetch.kind is FetchKind.PAGE]
        seen = {url: page.record.fetched_at for page in pages for url in (page.canonical_url, page.article_url)}
        room.answers["/berita/berubah"] = article("Ralat")
        changes = {
            "tetap?utm_source=x": "2026-11-20",
            "berubah?fbclid=1": f"{AS_OF + LATE / 2:%Y-%m-%dT%H:%M:%SZ}",
            "sama": f"{AS_OF + LATE / 2:%Y-%m-%dT%H:%M:%SZ}",
            "masa-depan": f"{AS_OF + 2 * LATE:%Y-%m-%dT%H:%M:%SZ}",
            "baru": "2026-11-20",
            "lain": "2026-11-20",
        }
        entries = [
            links(f"{room.home}/berita/{slug}", extra=f"<lastmod>{at}</lastmod>") for slug, at in changes.items()
        ]
        merged = b"".join(entry.body.split(b"'>", 1)[1].removesuffix(b"</urlset>") for entry in entries)
        room.answers["/peta.xml"] = Answer(b"<urlset>" + merged + b"</urlset>")
        room.answers["/berita/lain"] = Answer(status=302, headers={"Location": "/berita/tetap?utm_medium=y"})
        declare(folder / "again", room.home, ("sitemap", "/peta.xml"))
        room.asked.clear()
        told = {
            "known": frozenset(seen),
            "seen": seen,
            "as_of": AS_OF + LATE,
            "validators": {page.url: page.validators for page in pages},
        }
        later = Crawl(folder / "later", folder / "again", facts=told).run()
    return Twice(room, later, dict(room.asked))


def test_what_is_known_is_not_asked_for_again(twice):
    """Neither under a tracking parameter nor under the address it moved to, nor because a listing speaks of the future."""
    assert set(twice.asked) == {"/robots.txt", "/peta.xml", "/berita/berubah", "/berita/sama", "/berita/lain"}


def test_a_late_correction_is_asked_for_conditionally(twice):
    """A page listed as changed since it was seen is asked for with its validators, and comes where it did change."""
    assert twice.asked["/berita/berubah"]["If-None-Match"] == '"berubah-1"'
    changed, same = twice.later.fetch("/berita/berubah"), twice.later.fetch("/berita/sama")
    assert (changed.status, changed.fate) == (200, None)
    assert (same.status, same.fate) == (304, Fate.UNCHANGED)


def test_a_redirect_to_a_known_page_is_not_followed(twice):
    """An unknown address that leads to a known article is a duplicate, and costs one request."""
    fetch = twice.later.fetch("/berita/lain")
    assert (fetch.fate, "an earlier crawl has" in fetch.reason) == (Fate.DUPLICATE, True)


def test_a_redirect_and_a_link_to_one_page_fetch_it_once(tmp_path):
    """Where a feed lists a page and an address that leads to it, the server is asked for the page once."""
    with newsroom() as room:
        room.answers = {
            "/berita/pintas": Answer(status=302, headers={"Location": "/berita/satu?utm_source=pintas"}),
            "/berita/satu": article("Satu"),
            "/berita/satu?utm_source=pintas": article("Satu"),
            "/rss": feed(room.home, "pintas", "satu", "satu?utm_campaign=z"),
            "/rss2": feed(room.home, "satu", "pintas"),
        }
        declare(tmp_path / "outlets", room.home, ("feed", "/rss"), ("feed", "/rss2"), ("feed", "/rss"))
        crawl = Crawl(tmp_path / "run", tmp_path / "outlets").run()
    assert sum(path.startswith("/berita/satu") for path in room.paths) == 1
    assert room.paths.count("/rss") == 1
    assert sorted(str(crawl.fetch(path).fate) for path in ("pintas", "satu")) == ["None", "duplicate"]


def test_an_unasked_304_is_no_page(tmp_path):
    """A server that says "not modified" to who has nothing has given nothing: the page failed."""
    with newsroom() as room:
        room.answers = {"/berita/aneh": Answer(status=304), "/rss": feed(room.home, "aneh")}
        declare(tmp_path / "outlets", room.home, ("feed", "/rss"))
        crawl = Crawl(tmp_path / "run", tmp_path / "outlets").run()
    assert (crawl.fetch("/berita/aneh").fate, crawl.fetch("/berita/aneh").reason) == (Fate.FAILED, "HTTP 304")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(b"Forbidden", 403), "HTTP 403"),
        (Answer(b"<html><title>Just a moment...</title></html>", 200), "a challenge page (Cloudflare)"),
        (Answer(b"Slow down", 429), "HTTP 429"),
    ],
    ids=["403", "challenge", "429"],
)
def test_a_block_is_red_and_ends_the_asking(tmp_path, answer, words):
    """An outlet that refuses every page is asked a dozen times at most, and the run says who blocks us and how."""
    slugs = [f"blokir-{number}" for number in range(40)]
    with newsroom() as room:
        room.answers = {f"/berita/{slug}": answer for slug in slugs} | {"/rss": feed(room.home, *slugs)}
        declare(tmp_path / "outlets", room.home, ("feed", "/rss"))
        crawl = Crawl(tmp_path / "run", tmp_path / "outlets").run()
    assert sum(path.startswith("/berita/") for path in room.paths) == 10
    (problem,) = crawl.result.problems
    assert problem.startswith("Kabar: it blocks us: 40 of 40 articles (")
    assert words in problem
    assert len({fetch.url for fetch in crawl.result.fetches}) == len(crawl.result.fetches) == 42


def test_a_page_gives_validators_for_the_next_time(twice):
    """The first crawl's rows held the entity tags that the later one sent."""
    assert twice.later.job.validators[f"{twice.room.home}/berita/sama"] == Validators(etag='"sama-1"')
