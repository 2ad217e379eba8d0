"""A newspaper on loopback, made to be awkward: what the crawling tests crawl."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

AS_OF = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)

DECLARATION = """
from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules, ReadMode

HOME = "{home}"

OUTLET = Outlet(
    name="{name}",
    title="Kabar",
    country="ID",
    languages=("id",),
    group="Kabar",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("127.0.0.1",),
    listings=({listings}),
    article=r"http://127\\.0\\.0\\.1:\\d+/berita/[a-z0-9-]+",
    exclude=("/berita/video",),
    rules=(PageRules(body=("article",), next_page=".halaman a"),),
    mode=ReadMode("{mode}"),
    delay={delay},
    evidence=Evidence(verified=True, checked=date(2026, 11, 20)),
)
"""


@dataclass
class Answer:
    """What the newsroom says at one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0
    """Seconds before it speaks."""


@dataclass
class Newsroom:
    """The running server: what it answers, and what it was asked (path and request headers, in order)."""

    home: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """Give the paths alone."""
        return [path for path, _ in self.asked]


def article(text: str, following: str = "") -> Answer:
    """Give a page of one paragraph, with links to further pages."""
    page = (
        f"<html><body><h1>{text}</h1><article><p>{text}</p></article><p class='halaman'>{following}</p></body></html>"
    )
    return Answer(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def feed(home: str, *slugs: str, headers: dict[str, str] | None = None) -> Answer:
    """Give an RSS feed of these articles, the first the newest."""
    items = "".join(
        f"<item><title>{slug}</title><link>{home}/berita/{slug}</link>"
        f"<pubDate>Fri, 20 Nov 2026 {20 - place // 60:02}:{59 - place % 60:02}:00 +0000</pubDate></item>"
        for place, slug in enumerate(slugs)
    )
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Kabar</title>{items}</channel></rss>"
    return Answer(body.encode(), headers={"Content-Type": "application/rss+xml"} | (headers or {}))


def sitemap(home: str, **entries: str) -> bytes:
    """Give a gzipped sitemap of these articles with their dates."""
    urls = "".join(f"<url><loc>{home}/berita/{slug}</loc><lastmod>{at}</lastmod></url>" for slug, at in entries.items())
    return gzip.compress(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode())


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    """Run a newsroom that answers 404 to everything until it is told otherwise."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            room.asked.append((self.path, dict(self.headers)))
            answer = room.answers.get(self.path, Answer(b"tidak ada", 404))
            time.sleep(answer.wait)
            same = answer.headers.get("ETag") == self.headers.get("If-None-Match", "")
            body = b"" if same else answer.body
            self.send_response(304 if same else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            with suppress(ConnectionError):  # a spider that was killed no longer listens
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    room = Newsroom(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield room
    server.shutdown()
    server.server_close()


def declare(
    folder: Path, home: str, *listings: tuple[str, str], name: str = "kabar", mode: str = "pages", delay: float = 0
) -> None:
    """Write the declaration of the newsroom, with listings of (kind, path), where the spiders will find it."""
    listed = "".join(f'Listing(url=HOME + "{path}", kind=ListingKind("{kind}")), ' for kind, path in listings)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(
        DECLARATION.format(home=home, name=name, mode=mode, listings=listed, delay=delay)
    )
