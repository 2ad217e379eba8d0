"""The whole recorded edition: every answer of every site, packed to one WARC file an outlet."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from crawlers.recorded.archive import Response, write_warc
from crawlers.recorded.article import WrittenArticle, read_articles
from crawlers.recorded.page import Newsroom
from crawlers.recorded.site import LISTED_AT, ROBOTS_AT, SEEN_AFTER, SiteListing, read_sites
from processing.errors import PantauError

SOURCES = Path(__file__).parent
SIDECAR = "recorded.json"
"""Beside the packed files: the hash of what they were made of, and how many responses each holds."""


def pack(out: Path) -> dict[str, int]:
    """Pack the edition into the folder `out`: responses by file name. Files that are up to date are left as they are."""
    inputs = inputs_hash()
    packed = _up_to_date(out, inputs)
    if packed is not None:
        return packed
    out.mkdir(parents=True, exist_ok=True)
    packed = {}
    for newsroom in newsrooms():
        name = f"{newsroom.site.name}.warc.gz"
        packed[name] = write_warc(out / name, responses(newsroom))
    sidecar = out / f"{SIDECAR}.open"
    sidecar.write_text(json.dumps({"inputs": inputs, "responses": packed}, indent=1), "utf-8")
    sidecar.replace(out / SIDECAR)
    return packed


def inputs_hash(folder: Path = SOURCES) -> str:
    """Take the SHA-256 over every file the edition is made of: articles, templates, sites and this code."""
    total = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            content = sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return total.hexdigest()


def _up_to_date(out: Path, inputs: str) -> dict[str, int] | None:
    try:
        sidecar = json.loads((out / SIDECAR).read_text("utf-8"))
        packed: dict[str, int] = sidecar["responses"]
    except (FileNotFoundError, ValueError, KeyError):
        return None
    return packed if sidecar["inputs"] == inputs and all((out / name).exists() for name in packed) else None


def newsrooms() -> list[Newsroom]:
    """Bring each site together with its articles."""
    by_outlet: dict[str, list[WrittenArticle]] = defaultdict(list)
    for article in read_articles():
        by_outlet[article.outlet].append(article)
    rooms = [Newsroom(site, by_outlet.pop(site.name, [])) for site in read_sites()]
    if by_outlet:
        raise PantauError(f"There are articles of {', '.join(by_outlet)} but no outlets/<name>/site.toml: write one.")
    return rooms


def responses(newsroom: Newsroom) -> Iterator[Response]:
    """Give everything a site answered during the two days."""
    yield from _robots(newsroom)
    for moment in LISTED_AT:
        for listing in newsroom.site.listings:
            yield _listing(newsroom, listing, moment)
    if newsroom.site.pages:
        for article in newsroom.articles:
            yield from _article(newsroom, article)
    yield from _gone(newsroom)


def _robots(newsroom: Newsroom) -> Iterator[Response]:
    for host in newsroom.site.robots:
        text = newsroom.robots(host)
        yield _response(newsroom, f"https://{host}/robots.txt", ROBOTS_AT, text, content_type="text/plain")


def _listing(newsroom: Newsroom, listing: SiteListing, moment: datetime) -> Response:
    kind = "text/html" if listing.template.endswith(".html") else "application/xml"
    text, modified_at = newsroom.listing(listing, moment)
    if listing.broken_on == moment.date():
        text = text[: len(text) // 2]
    return _response(newsroom, listing.url, moment, text, content_type=kind, modified_at=modified_at)


def _article(newsroom: Newsroom, article: WrittenArticle) -> Iterator[Response]:
    for url, text in newsroom.article_pages(article).items():
        yield _response(newsroom, url, article.published + SEEN_AFTER, text, charset=article.charset)


def _gone(newsroom: Newsroom) -> Iterator[Response]:
    for stranger in newsroom.site.strangers:
        if stranger.gone:
            text = newsroom.not_found(stranger)
            whole = newsroom.site.whole
            for url in (stranger.url, *([f"{stranger.url}?{whole}"] if whole else ())):
                yield _response(newsroom, url, stranger.published + SEEN_AFTER, text, status=404)


def _response(
    newsroom: Newsroom,
    url: str,
    at: datetime,
    text: str,
    *,
    content_type: str = "text/html",
    charset: str = "utf-8",
    status: int = 200,
    modified_at: datetime | None = None,
) -> Response:
    return Response(
        url=url,
        at=at,
        status=status,
        content_type=f"{content_type}; charset={charset}",
        body=text.encode(charset, errors="xmlcharrefreplace"),
        server=newsroom.site.server,
        compressed=newsroom.site.gzip,
        modified_at=modified_at,
    )
