"""Two small newspapers on loopback, made apart from the tools that are tested on them.

*Kabar Selatan* (Indonesian, JSON-LD, RSS) is the tutorial's; *The Strait Courier* (English) says nothing of itself in
structured data and is found by a news sitemap in a packed index. All that stands in them is made up.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from desk.home import CHECKOUT

TUTORIAL = CHECKOUT / "docs" / "tutorial-site"
TUTORIAL_HOME = "http://127.0.0.1:8765"
TYPES = {"html": "text/html; charset=utf-8", "xml": "application/xml", "txt": "text/plain", "gz": "application/gzip"}

STORIES = [
    ("harbour", "coastguard-retires-last-steam-launch", "Coastguard Retires Last Steam Launch", "Ines Okafor",
     ["The coastguard on Friday retired the Gannet, the last launch in the strait to run on steam, after ninety-one years in service.",
      "Her boiler was drawn for the final time at noon, and the crew of six went ashore to a brass band. The hull will go to a museum.",
      "Two diesel launches take over the night patrol. They need half the crew and reach the outer banks in forty minutes."]),
    ("harbour", "pilots-want-second-tug-at-night", "Pilots Want a Second Tug at Night", "Tom Verhoeven",
     ["Harbour pilots have asked for a second tug between midnight and dawn, saying the largest carriers cannot be turned safely with one.",
      "The port company counts eleven near misses since spring. None led to damage, but in two cases a ship came within ten metres of the mole.",
      "A decision is expected before the new year, when the tariff for towing is set again."]),
    ("defence", "navy-tests-mine-hunting-drones-off-cape-lorn", "Navy Tests Mine-Hunting Drones off Cape Lorn", "Ines Okafor",
     ["The navy has begun trials of three mine-hunting drones off Cape Lorn, where old ordnance still drifts ashore after storms.",
      "Each drone tows a sonar the size of a suitcase and maps a square kilometre in an hour, officers said.",
      "Fishing boats are asked to keep two miles away until the trials end on Thursday.",
      "If they succeed, the last of the wooden minesweepers could be paid off within two years."]),
    ("defence", "radar-station-on-gull-island-to-be-rebuilt", "Radar Station on Gull Island to Be Rebuilt", "Mira Solheim",
     ["The radar station on Gull Island will be rebuilt after a survey found that its foundations had moved by nine centimetres.",
      "Work starts in March and will take fourteen months. A mobile radar covers the gap from the mainland meanwhile.",
      "Bird wardens have agreed to the plan, on condition that nothing is blasted in the nesting season."]),
    ("world", "island-states-sign-cable-repair-pact", "Island States Sign Cable Repair Pact", "Tom Verhoeven",
     ["Five island states have signed a pact to share one repair ship for the undersea cables that tie them to the rest of the world.",
      "The ship will be based at the port that lies nearest to most faults of the last ten years, and manned in turns.",
      "Until now a broken cable meant a wait of three weeks on average, while a contractor sailed in from another ocean."]),
]  # fmt: skip
"""Section, slug, headline, who wrote it, paragraphs."""


@dataclass
class Site:
    """A running site: what it serves by path, and what it was asked."""

    home: str
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@contextmanager
def served() -> Iterator[Site]:
    """Run a site that has nothing yet."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            path = self.path.partition("?")[0]
            body = site.files.get(path + "index.html" if path.endswith("/") else path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", TYPES.get(path.rpartition(".")[2], TYPES["html"]))
            self.end_headers()
            self.wfile.write(body or b"not here")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def fill_with_kabar_selatan(site: Site) -> None:
    """Put the tutorial's newspaper on a site, its addresses turned to that."""
    for path in TUTORIAL.rglob("*.*"):
        text = path.read_text("utf-8").replace(TUTORIAL_HOME, site.home)
        site.files[f"/{path.relative_to(TUTORIAL).as_posix()}"] = text.encode()


def fill_with_strait_courier(site: Site, *, today: datetime) -> None:
    """Put the English newspaper on a site, its stories written in the two days before `today`."""
    written = [today - timedelta(hours=3 + 7 * number) for number in range(len(STORIES))]
    paths = [f"/{at:%Y/%m/%d}/{story[0]}/{story[1]}" for story, at in zip(STORIES, written, strict=True)]
    for story, at, path in zip(STORIES, written, paths, strict=True):
        site.files[path] = _story(story, at, paths).encode()
    site.files["/index.html"] = _page("The Strait Courier", _front(paths)).encode()
    site.files["/robots.txt"] = f"User-agent: *\nDisallow: /account/\n\nSitemap: {site.home}/maps/index.xml\n".encode()
    site.files["/maps/index.xml"] = _index(site.home, today).encode()
    site.files["/maps/latest.xml.gz"] = gzip.compress(_news(site.home, paths, written).encode())
    site.files["/maps/sections.xml"] = _plain(site.home).encode()


def _page(title: str, body: str) -> str:
    menu = "".join(f'<li><a href="/{name}/">{name.title()}</a></li>' for name in ("harbour", "defence", "world"))
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head><body><div id="page">'
        f'<div id="masthead"><a href="/">The Strait Courier</a><ul class="main-menu">{menu}</ul></div>{body}'
        '<div id="foot">The Strait Courier, Quay Street 4. Printed daily except Sunday.</div></div></body></html>'
    )


def _front(paths: list[str]) -> str:
    return "".join(
        f'<div class="teaser"><h3><a href="{path}">{story[2]}</a></h3><p>{story[4][0][:70]} ...</p></div>'
        for story, path in zip(STORIES, paths, strict=True)
    )


def _story(story: tuple, at: datetime, paths: list[str]) -> str:
    _, _, headline, author, paragraphs = story
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs[:2])
    rest = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs[2:])
    plug = '<div class="plug"><strong>Support the Courier:</strong> our harbour reporting is paid for by readers like you, from four crowns a month.</div>'
    more = "".join(f'<li><a href="{path}">{other[2]}</a></li>' for other, path in zip(STORIES, paths, strict=True))
    return _page(
        f"{headline} | The Strait Courier",
        f'<div id="column"><h2 class="hed">{headline}</h2><p class="signed">By {author}</p>'
        f'<p class="stamp">{at.day} {at:%B %Y, %H:%M}</p><div class="picture"><img src="/img/a.jpg" alt=""><p class="cap">Photo: Courier archive</p></div>'
        f'<div id="copy">{text}{plug}{rest}</div></div><div id="rail"><h4>Also today</h4><ul>{more}</ul></div>',
    )


def _index(home: str, today: datetime) -> str:
    maps = "".join(
        f"<sitemap><loc>{home}/maps/{name}</loc><lastmod>{today.isoformat()}</lastmod></sitemap>"
        for name in ("sections.xml", "latest.xml.gz")
    )
    return (
        f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
    )


def _news(home: str, paths: list[str], written: list[datetime]) -> str:
    urls = "".join(
        f"<url><loc>{home}{path}</loc><n:news><n:publication><n:name>The Strait Courier</n:name><n:language>en</n:language>"
        f"</n:publication><n:publication_date>{at.astimezone(UTC).isoformat()}</n:publication_date><n:title>{story[2]}</n:title></n:news></url>"
        for story, path, at in zip(STORIES, paths, written, strict=True)
    )
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


def _plain(home: str) -> str:
    urls = "".join(f"<url><loc>{home}/{name}/</loc></url>" for name in ("harbour", "defence", "world"))
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
