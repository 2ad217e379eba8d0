"""A newspaper on loopback, made to be awkward: what the crawling tests crawl. It counts and times what it is asked."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

AS_OF = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)

DECLARATION = """
from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules, ReadMode

OUTLET = Outlet(
    name="{name}",
    title="Kabar",
    country="ID",
    languages=("id",),
    group="Kabar",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=({hosts}),
    listings=({listings}),
    article=r"https?://127\\.0\\.0\\.\\d:\\d+/berita/[a-z0-9-]+",
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
    says: Callable[[BinaryIO], None] | None = None
    """Writes the answer to the socket instead, byte by byte as it likes."""
    later: Answer | None = None
    """What it says from the second time on."""


@dataclass(frozen=True)
class Visit:
    """One request as the server saw it: seconds when it came, when its answer began to go out, and when that was done."""

    host: str
    path: str
    came: float
    answering: float
    left: float
    connection: int


@dataclass
class Newsroom:
    """The running server: what it answers, and what it was asked (path and request headers, in order)."""

    home: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """Give the paths alone."""
        return [path for path, _ in self.asked]

    def at(self, host: str) -> str:
        """Give the address of one of its hosts."""
        return self.home.replace("127.0.0.1", host)

    def visits_of(self, host: str) -> list[Visit]:
        """Give what one host was asked, in order."""
        return sorted((visit for visit in self.visits if visit.host == host), key=lambda visit: visit.came)


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
def newsroom(*hosts: str, tls: ssl.SSLContext | None = None) -> Iterator[Newsroom]:  # noqa: C901 (a whole server)
    """Run a newsroom, on more addresses of loopback too, that answers 404 to everything until it is told otherwise.

    What it answers at a path it answers at all hosts, unless it is told of a path with its host (`127.0.0.2/rss`). With
    `tls` it speaks https.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            room.asked.append((self.path, dict(self.headers)))
            came, host = time.monotonic(), self.headers["Host"].partition(":")[0]
            key = next((key for key in (f"{host}{self.path}", self.path) if key in room.answers), None)
            answer = room.answers[key] if key else Answer(b"tidak ada", 404)
            if key and answer.later:
                room.answers[key] = answer.later
            time.sleep(answer.wait)
            answering = time.monotonic()
            with suppress(OSError):  # a spider that was killed, or had enough, no longer listens
                self.speak(answer)
            room.visits.append(Visit(host, self.path, came, answering, time.monotonic(), self.client_address[1]))

        def speak(self, answer: Answer) -> None:
            if answer.says:
                self.close_connection = True
                answer.says(self.wfile)
                return
            same = answer.headers.get("ETag") == self.headers.get("If-None-Match", "")
            body = b"" if same else answer.body
            self.send_response(304 if same else answer.status)
            for name, value in ({"Content-Length": str(len(body))} | answer.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass

    servers = [Server(("127.0.0.1", 0), Handler)]
    servers += [Server((host, servers[0].server_port), Handler) for host in hosts]
    room = Newsroom(f"http{'s' if tls else ''}://127.0.0.1:{servers[0].server_port}")
    for server in servers:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield room
    for server in servers:
        server.shutdown()
        server.server_close()


def declare(
    folder: Path,
    home: str,
    *listings: tuple[str, str],
    name: str = "kabar",
    mode: str = "pages",
    delay: float = 0,
    hosts: tuple[str, ...] = ("127.0.0.1",),
) -> None:
    """Write the declaration of the newsroom, with listings of (kind, path), where the spiders will find it."""
    urls = [(kind, path if path.startswith("http") else home + path) for kind, path in listings]
    listed = "".join(f'Listing(url="{url}", kind=ListingKind("{kind}")), ' for kind, url in urls)
    folder.mkdir(parents=True, exist_ok=True)
    told = {"home": home, "name": name, "mode": mode, "listings": listed, "delay": delay}
    (folder / f"{name}.py").write_text(DECLARATION.format(**told, hosts="".join(f'"{host}", ' for host in hosts)))
