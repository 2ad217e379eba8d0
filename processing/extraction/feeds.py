"""Articles of outlets that are read through their feed alone: one an entry, as much text as the feed gives."""

from __future__ import annotations

import io
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import feedparser
from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import http_content_type_encoding

from processing.bounds import MAX_BYTES, bounded_xml
from processing.cleaning.names import names_of
from processing.cleaning.paragraphs import Cleaned, House, clean
from processing.cleaning.text import tidy
from processing.errors import PantauError, Quarantined
from processing.extraction.blocks import layout_of, without_invisible
from processing.extraction.dates import read_date
from processing.extraction.json_feed import looks_like_json, read_json_feed
from processing.extraction.page import parse
from processing.model import Article, Outlet, Page
from processing.urls import canonical_url, web_url

MAX_ENTRIES = 500
ASIDES = frozenset({"figure", "figcaption", "aside", "footer", "form"})


def read_entries(feed: Page, outlet: Outlet) -> list[tuple[str, Article]]:
    """Give each entry's key (its id, else its address) and its article; entries without title, link or text are left out.

    Raises Quarantined where the document is no feed at all; a feed that breaks off gives the entries before that.
    """
    if len(feed.content) > MAX_BYTES:
        raise Quarantined(f"The feed {feed.url} has {len(feed.content):,} bytes, more than the {MAX_BYTES:,} we read.")
    try:
        entries, language = _parsed(feed)
    except ValueError as error:
        raise Quarantined(f"The feed {feed.url} cannot be read: {error}.") from error
    return list(_articles(entries, language, feed.url, outlet))


def _parsed(feed: Page) -> tuple[list[Any], str | None]:
    """Give a feed's entries and its language. Raises ValueError, with the reason, for what is no feed."""
    if looks_like_json(feed.content):
        return read_json_feed(feed.content)
    parsed = feedparser.parse(
        io.BytesIO(bounded_xml(feed.content, _charset(feed))),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": feed.url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.entries and (parsed.bozo or not parsed.get("version")):
        raise ValueError(tidy(str(parsed.get("bozo_exception") or "it is no RSS, Atom or RDF")))
    return parsed.entries, parsed.feed.get("language")


def _charset(feed: Page) -> str | None:
    """Give the character set that the header names, where the bytes are sound in it; else the document's own word counts."""
    named = http_content_type_encoding(feed.content_type)
    try:
        feed.content.decode(named or "")
    except (LookupError, UnicodeDecodeError):
        return None
    return named


def _articles(entries: list[Any], language: str | None, base: str, outlet: Outlet) -> Iterator[tuple[str, Article]]:
    """Read the entries one by one; one that cannot be read costs no other."""
    for entry in entries[:MAX_ENTRIES]:
        link = web_url(urljoin(base, entry.get("link") or ""))
        title = _plain(entry.get("title") or "")
        if not link or not title:
            continue
        try:
            cleaned = _text(entry, link, title, outlet)
        except PantauError:
            continue
        if cleaned.paragraphs:
            yield entry.get("id") or link, _article(entry, link, title, cleaned, outlet, language)


def _text(entry: Any, link: str, title: str, outlet: Outlet) -> Cleaned:
    """Clean the fullest text that an entry has."""
    texts = [content.get("value") or "" for content in entry.get("content") or ()] + [entry.get("summary") or ""]
    markup = max(texts, key=len)
    drop = tuple(pattern for layout in outlet.rules for pattern in layout.drop)
    cut = tuple(pattern for layout in outlet.rules for pattern in layout.cut_from)
    return clean(_paragraphs(markup, link), House(drop, cut, outlet.dateline), title)


def _paragraphs(markup: str, url: str) -> list[str]:
    """Give the blocks of an entry's HTML, captions and lone links left out."""
    if not markup.strip():
        return []
    body = without_invisible(parse(f"<body>{markup}", url)).body
    if body is None:
        return []
    blocks = layout_of(body).blocks
    return [
        block.text
        for block in blocks
        if block.linked < 0.9 and not any(element.tag in ASIDES for element in block.element.chain())  # noqa: PLR2004
    ]


def _article(entry: Any, link: str, title: str, cleaned: Cleaned, outlet: Outlet, language: str | None) -> Article:
    """Make the article of one entry."""
    authors = names_of(
        [author.get("name") or "" for author in entry.get("authors") or ()], not_these=[outlet.title, outlet.name]
    )
    tags = tuple(dict.fromkeys(tidy(tag["term"]) for tag in entry.get("tags") or () if tag.get("term")))
    fields: dict[str, Any] = {
        "title": title,
        "published_at": _moment(entry, "published", outlet),
        "modified_at": _moment(entry, "updated", outlet),
        "authors": authors or cleaned.authors,
        "editor": cleaned.editor,
        "dateline": cleaned.dateline,
        "section": tags[0] if tags else None,
        "tags": tags,
        "image": _image(entry, link),
        "language": (language or outlet.languages[0]).replace("_", "-").split("-")[0].lower(),
    }
    read_by = {name: "feed" for name, value in fields.items() if value} | {"body": "feed"}
    return Article(url=canonical_url(link), paragraphs=cleaned.paragraphs, read_by=read_by, **fields)


def _moment(entry: Any, name: str, outlet: Outlet) -> datetime | None:
    """Give an entry's date in the outlet's zone, from its own words first (feedparser's `get` takes one date for another)."""
    zone = ZoneInfo(outlet.timezone)
    if moment := read_date(dict.get(entry, name) or "", zone, zulu_is_local=outlet.zulu_is_local):
        return moment.astimezone(zone)
    parsed = dict.get(entry, f"{name}_parsed")
    return datetime.fromtimestamp(timegm(parsed), UTC).astimezone(zone) if parsed else None


def _image(entry: Any, base: str) -> str | None:
    """Give the address of an entry's picture."""
    candidates = [
        *(media.get("url") for media in entry.get("media_content") or () if media.get("medium", "image") == "image"),
        *(media.get("url") for media in entry.get("media_thumbnail") or ()),
        *(link.get("href") for link in entry.get("enclosures") or () if "image" in link.get("type", "image")),
    ]
    return next((address for url in candidates if url and (address := web_url(urljoin(base, url)))), None)


def _plain(markup: str) -> str:
    """Give the text of a title that may hold markup."""
    if "<" not in markup and "&" not in markup:
        return tidy(markup)
    body = LexborHTMLParser(markup).body
    return tidy(body.text()) if body is not None else ""
