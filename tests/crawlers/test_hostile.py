"""A server that means harm, or is broken: each misdeed has its fate and reason, and the good pages come all the same."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from crawling import Crawl
from newsroom import Answer, Newsroom, article, declare, newsroom

from processing.model import Fate, FetchKind

pytestmark = pytest.mark.heavy

HOME, TARDY, BROKEN = HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "text/xml"}
BOUND = 100_000
"""Bytes of one answer, in these tests."""

LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 12))
    + b"]>"
)


def drip(out):
    """Say a byte now and then, for ever."""
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n")
    while True:
        out.write(b" ")
        out.flush()
        time.sleep(0.1)


def endless_head(out):
    """Say headers for ever."""
    out.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        out.write(b"X-A: " + b"a" * 1_000 + b"\r\n")


def endless_body(out):
    """Say a feed for ever, in chunks."""
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        out.write(b"3e8\r\n" + b"<item>" + b"a" * 994 + b"\r\n")


def no_http(out):
    """Say what is not HTTP."""
    out.write(bytes(range(128, 256)) * 10 + b"\r\n\r\n")


def cut_short(out):
    """Promise more than is said."""
    out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html>")


def bomb(markup: bytes = b"") -> bytes:
    """Pack far more than the bound into little."""
    return gzip.compress(markup + b" " * 50 * BOUND)


PAGES = {
    f"{HOME}/berita/besar": (Answer(b"x" * 2 * BOUND, headers=HTML), Fate.REJECTED, "larger than the bound"),
    f"{HOME}/berita/bom": (
        Answer(bomb(), headers=HTML | {"Content-Encoding": "gzip"}),
        Fate.REJECTED,
        "unpacks to more",
    ),
    f"{HOME}/berita/putar": (
        Answer(status=302, headers={"Location": "/berita/putar?page=2"}),
        Fate.REJECTED,
        "redirects too often",
    ),
    f"{HOME}/berita/berkas": (Answer(status=302, headers={"Location": "file:///etc/passwd"}), Fate.FAILED, "HTTP 302"),
    f"{HOME}/berita/gambar": (Answer(b"\x89PNG", headers={"Content-Type": "image/png"}), Fate.REJECTED, "image/png"),
    f"{HOME}/berita/sampah": (Answer(bytes(range(256)) * 20, headers=HTML), Fate.QUARANTINED, "not text"),
    f"{HOME}/berita/kosong": (Answer(b" \n", headers=HTML), Fate.FAILED, "empty"),
    f"{HOME}/berita/rusak-gzip": (
        Answer(b"not gzip at all", headers=HTML | {"Content-Encoding": "gzip"}),
        Fate.FAILED,
        "cannot be undone",
    ),
    f"{HOME}/berita/atribut": (
        Answer(b"<p " + b" ".join(b"a%d=1" % number for number in range(9_000)) + b">x", headers=HTML),
        Fate.QUARANTINED,
        "attributes",
    ),
    f"{HOME}/berita/dalam": (Answer(b"<div>" * 19_000, headers=HTML), None, ""),
    f"{TARDY}/berita/lambat": (Answer(says=drip), Fate.FAILED, "no answer in time"),
    f"{TARDY}/berita/kepala": (Answer(says=endless_head), Fate.FAILED, "broke off, or is not HTTP"),
    f"{BROKEN}/berita/bukan-http": (Answer(says=no_http), Fate.FAILED, "broke off, or is not HTTP"),
    f"{BROKEN}/berita/terpotong": (Answer(says=cut_short), Fate.FAILED, "the answer broke off"),
}
"""Pages by host and path: what the server says, and what becomes of it."""

LISTINGS = {
    "/tawa.rss": (
        "feed",
        Answer(LAUGHS + b"<rss><channel><item><link>&a11;</link></item></channel></rss>", headers=XML),
    ),
    "/tawa.xml": ("sitemap", Answer(LAUGHS + b"<urlset><url><loc>&a11;</loc></url></urlset>", headers=XML)),
    "/dalam.rss": ("feed", Answer(b"<rss><channel>" + b"<a>" * 30_000, headers=XML)),
    "/dalam.xml": ("sitemap", Answer(b"<urlset>" + b"<a>" * 30_000, headers=XML)),
    "/dalam.html": ("section", Answer(b"<div>" * 19_000, headers=HTML)),
    "/bom.xml.gz": ("sitemap", Answer(bomb(b"<urlset>"), headers={"Content-Type": "application/gzip"})),
    "/tak-habis.rss": ("feed", Answer(says=endless_body)),
    "/sampah.rss": ("feed", Answer(bytes(range(256)) * 100, headers={"Content-Type": "image/jpeg"})),
    "/dalam.json": ("feed", Answer(b'{"items":' + b"[" * 50_000, headers={"Content-Type": "application/feed+json"})),
    "/tantangan.rss": ("feed", Answer(b"<title>Just a moment...</title>", 403, HTML)),
    "/salah-jenis.rss": ("feed", Answer(b"%PDF-1.7 bukan umpan", headers={"Content-Type": "application/pdf"})),
}
"""Listings by path, all of them bad."""


@dataclass
class Hostile:
    """The crawl, the server, and who knocked at the private door."""

    room: Newsroom
    crawl: Crawl
    knocks: list[str]
    door: str


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """Crawl a newsroom of which little is as it should be."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    knocks: list[str] = []
    with newsroom(*HOSTS[1:]) as room, socket.create_server(("127.0.0.9", 0)) as door:
        threading.Thread(target=_listen, args=(door, knocks), daemon=True).start()
        private = f"http://127.0.0.9:{door.getsockname()[1]}"
        room.answers = {address: answer for address, (answer, *_) in PAGES.items()}
        room.answers |= {path: answer for path, (_, answer) in LISTINGS.items()}
        urls = [room.at(host) + "/" + path for host, _, path in (address.partition("/") for address in PAGES)]
        good = [f"{room.home}/berita/baik-{number}" for number in range(3)]
        json_feed = "".join(
            f'{{"url": "{url}?utm_source=json", "date_published": "2026-11-20T20:00:00Z"}},' for url in good
        )
        nested = {f"/indeks-{depth}.xml": _index(room.home, f"/indeks-{depth + 1}.xml") for depth in range(9)}
        room.answers["/berita/putar?page=2"] = Answer(status=302, headers={"Location": "/berita/putar"})
        room.answers |= nested | {
            "/diri.xml": _index(room.home, "/diri.xml", "/baik.xml"),
            "/baik.xml": Answer(_urlset(*urls, *good, f"{room.home}/berita/ke-dalam", f"{private}/berita/langsung")),
            "/banyak.xml": _index(room.home, *(f"/anak-{number}.xml" for number in range(500))),
            "/baik.json": Answer(
                f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{json_feed[:-1]}]}}'.encode()
            ),
            "/berita/ke-dalam": Answer(status=302, headers={"Location": f"{private}/berita/rahasia"}),
        }
        room.answers |= {f"/anak-{number}.xml": Answer(_urlset(good[0])) for number in range(500)}
        room.answers |= {f"/berita/baik-{number}": article("Baik") for number in range(3)}
        kinds = [(kind, path) for path, (kind, _) in LISTINGS.items()]
        kinds += [("sitemap", path) for path in ("/diri.xml", "/indeks-0.xml", "/banyak.xml")]
        kinds += [("feed", "/baik.json"), ("feed", f"{private}/rss")]
        declare(folder / "outlets", room.home, *kinds, hosts=(*HOSTS, "127.0.0.9"))
        told = {"private_hosts": frozenset(HOSTS)}
        crawl = Crawl(folder / "run", folder / "outlets", facts=told, settings=("DOWNLOAD_TIMEOUT=1",)).run()
    return Hostile(room, crawl, knocks, private)


def _listen(door: socket.socket, knocks: list[str]) -> None:
    while True:
        try:
            knocks.append(str(door.accept()[1]))
        except OSError:
            return


def _index(home: str, *paths: str) -> Answer:
    named = "".join(f"<sitemap><loc>{home}{path}</loc></sitemap>" for path in paths)
    return Answer(f"<sitemapindex>{named}</sitemapindex>".encode(), headers=XML)


def _urlset(*urls: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>".encode()


def test_the_crawl_ends_well_and_soon(hostile):
    """The run goes on to its end, in seconds, and takes the good pages with it."""
    assert hostile.crawl.result.finish_reason == "finished"
    assert hostile.crawl.result.totals.seconds < 40
    assert all(hostile.crawl.fetch(f"/berita/baik-{number}").status == 200 for number in range(3))
    assert "Traceback" not in hostile.crawl.log


@pytest.mark.parametrize("address", PAGES)
def test_a_bad_page_has_its_fate_and_reason(hostile, address):
    """Each misdeed of a page is told from the others, in words."""
    _, fate, words = PAGES[address]
    fetch = hostile.crawl.fetch(f"/{address.partition('/')[2]}")
    assert (fetch.fate, words in fetch.reason) == (fate, True), fetch


@pytest.mark.parametrize("path", LISTINGS)
def test_a_bad_listing_has_its_fate_and_makes_the_run_red(hostile, path):
    """Each bad listing is rejected, failed or quarantined, with a reason that the run's problems give with its address."""
    fetch = hostile.crawl.fetch(path)
    assert fetch.fate in (Fate.QUARANTINED, Fate.REJECTED, Fate.FAILED)
    assert [problem for problem in hostile.crawl.result.problems if path in problem and fetch.reason in problem]


def test_nothing_private_is_connected_to(hostile):
    """Neither a listing nor a page nor a redirect makes us knock at an address that is not public; each says why."""
    assert hostile.knocks == []
    for path in ("/rss", "/berita/langsung", "/berita/ke-dalam"):
        fetch = hostile.crawl.fetch(path)
        assert fetch.fate in (Fate.FAILED, Fate.DISALLOWED)
        assert "127.0.0.9 is at 127.0.0.9, which is not a public address" in fetch.reason, fetch


def test_indexes_are_bounded(hostile):
    """An index that names itself is read once, one within another two deep, and of five hundred sitemaps a few."""
    paths = hostile.room.paths
    assert paths.count("/diri.xml") == 1
    assert max(path for path in paths if path.startswith("/indeks-")) == "/indeks-2.xml"
    assert "more than 2 deep" in hostile.crawl.fetch("/indeks-2.xml").reason
    assert sum(path.startswith("/anak-") for path in paths) <= 30


def test_nothing_is_fetched_twice_but_what_failed(hostile):
    """Whatever listed it, under whatever tracking: only what gave no answer was tried again, twice."""
    paths = [visit.path for visit in hostile.room.visits if visit.path != "/robots.txt"]
    again = {path for path in paths if paths.count(path) > 1}
    assert again <= {
        "/berita/putar",
        "/berita/putar?page=2",
        *(f"/berita/{slug}" for slug in ("lambat", "kepala", "bukan-http", "terpotong", "rusak-gzip")),
    }
    assert max(paths.count(path) for path in paths) == 3


def test_every_fetch_has_one_row_with_fate_and_reason(hostile):
    """No address is entered twice; what is not stored or left to processing says why."""
    fetches = hostile.crawl.result.fetches
    assert len({fetch.url for fetch in fetches}) == len(fetches)
    assert all(fetch.reason for fetch in fetches if fetch.fate not in (None, Fate.STORED, Fate.UNCHANGED))
    assert {fetch.kind for fetch in fetches if fetch.fate is None} == {FetchKind.PAGE}


def test_memory_stays_bounded(hostile):
    """What is kept of a bomb is what came: no record of the archive is larger than the bound."""
    assert max(len(response.payload) for response in hostile.crawl.responses) <= BOUND
