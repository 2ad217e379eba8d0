"""Crawls that many tests look at, each run once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from crawling import Crawl
from newsroom import AS_OF, Answer, Newsroom, article, declare, feed, newsroom, sitemap

from processing.model import Validators


@dataclass
class Awkward:
    """A newsroom that is awkward in every way, and three crawls of it: at first, some time later, from the archive."""

    room: Newsroom
    first: Crawl
    later: Crawl
    replayed: Crawl
    first_asked: list[str]
    later_asked: list[str]


def furnish(room: Newsroom) -> None:
    """Put the awkward pages in place."""
    home, elsewhere = room.home, room.home.replace("127.0.0.1", "localhost")
    windows = "<html><head><meta charset='windows-1252'></head><body><article><p>“Kutipan”</p></article></body></html>"
    broken = feed(home, "dari-pecah").body.replace(b"</channel></rss>", b"<item><title>putus")
    room.answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /berita/terlarang\nDisallow: /rahasia\n"),
        "/rss": feed(
            home,
            *("satu", "hilang", "berhalaman", "terlarang", "keluar", "pindah", "lama-dikenal", "windows", "besar"),
            *("satu?utm_source=rss#x", "video-bagus", "rusak", "ke-depan"),
            headers={"ETag": '"rss-1"'},
        ),
        "/pecah": Answer(broken),
        "/bukan": Answer(b"<html><body>Sedang diperbaiki</body></html>"),
        "/rahasia": feed(home, "rahasia"),
        "/sitemap.xml": Answer(
            f"<sitemapindex><sitemap><loc>{home}/peta.xml.gz</loc></sitemap></sitemapindex>".encode(),
            headers={"Content-Type": "text/xml"},
        ),
        "/peta.xml.gz": Answer(
            sitemap(home, peta="2026-11-20T20:00:00+07:00", usang="2026-11-10"),
            headers={"Content-Type": "application/gzip"},
        ),
        "/dunia": Answer(b"<a href='/berita/dari-seksi?utm_medium=x'>x</a> <a href='/tentang'>y</a> <a href='#'>z</a>"),
        "/berita/satu": article("Satu"),
        "/berita/berhalaman": article("Bagian satu", "<a href='?page=2'>2</a> <a href='?page=3'>3</a>"),
        "/berita/berhalaman?page=2": article("Bagian dua", "<a href='?page=1'>1</a> <a href='?page=3'>3</a>"),
        "/berita/berhalaman?page=3": article("Bagian tiga", "<a href='?page=1'>1</a> <a href='?page=2'>2</a>"),
        "/berita/keluar": Answer(status=302, headers={"Location": f"{elsewhere}/berita/satu"}),
        "/berita/pindah": Answer(status=301, headers={"Location": "/berita/baru"}),
        "/berita/baru": article("Baru"),
        "/berita/ke-depan": Answer(status=302, headers={"Location": "/"}),
        "/": Answer(b"depan"),
        "/berita/lama-dikenal": article("Dikenal"),
        "/berita/windows": Answer(windows.encode("windows-1252"), headers={"Content-Type": "text/html"}),
        "/berita/besar": Answer(b"x" * 200_000),
        "/berita/rusak": Answer(b"galat", 500),
        "/berita/peta": article("Peta"),
        "/berita/dari-seksi": article("Dari seksi"),
        "/berita/dari-pecah": article("Dari pecah"),
    }


@pytest.fixture(scope="session")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Awkward:
    """Crawl the awkward newsroom."""
    folder: Path = tmp_path_factory.mktemp("awkward")
    with newsroom() as room:
        furnish(room)
        kinds = {"/rss": "feed", "/pecah": "feed", "/bukan": "feed", "/rahasia": "feed", "/sitemap.xml": "sitemap"}
        declare(folder / "outlets", room.home, *((kind, path) for path, kind in kinds.items()), ("section", "/dunia"))
        known = frozenset({f"{room.home}/berita/lama-dikenal"})
        first = Crawl(folder / "first", folder / "outlets", facts={"known": known}).run()
        first_asked = room.paths.copy()
        room.asked.clear()
        known |= {fetch.canonical_url for fetch in first.result.fetches if fetch.kind == "page"}
        told = {"known": known, "validators": {f"{room.home}/rss": Validators(etag='"rss-1"')}}
        later = Crawl(folder / "later", folder / "outlets", facts=told).run()
        later_asked = room.paths.copy()
    again = {"replay": str(first.warc), "as_of": AS_OF + timedelta(hours=1), "known": first.job.known}
    replayed = Crawl(folder / "replayed", folder / "outlets", facts=again).run()
    return Awkward(room, first, later, replayed, first_asked, later_asked)
