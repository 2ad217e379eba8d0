"""What a site's lists say: the addresses in its feeds and sitemaps, and the links of a page."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import feedparser
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from processing.archive import ArchivedResponse
from processing.bounds import MAX_BYTES
from processing.errors import Quarantined
from processing.extraction.page import decode, parse
from processing.model import ListingKind, Page
from processing.urls import untracked_url, web_url

GZIP = b"\x1f\x8b"
NEWS = b"schemas/sitemap-news"
FEED_TYPES = (
    "link[rel~='alternate'][type*='rss'], link[rel~='alternate'][type*='atom'], link[rel~='alternate'][type*='rdf']"
)
COMMENTS = re.compile(r"/comments?/|comments?[-_]?(?:feed|rss)", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """A list that answered, and the addresses in it, newest first as it stands. `news` marks a news sitemap."""

    url: str
    kind: ListingKind
    addresses: tuple[str, ...]
    news: bool = False
    title: str = ""


def read_list(got: ArchivedResponse) -> Listed | None:
    """Read a feed or a sitemap; None for anything else, for an index, and for one that lists nothing."""
    body = _unpacked(got.content)
    head = body[:4000].lower()
    if b"<urlset" in head:
        addresses = _addresses(got.url, _locations(body))
        return Listed(got.url, ListingKind.SITEMAP, addresses, NEWS in body[:4000]) if addresses else None
    if not any(mark in head for mark in (b"<rss", b"<feed", b"<rdf")):
        return None
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    addresses = _addresses(got.url, [entry.get("link") or "" for entry in feed.entries])
    return Listed(got.url, ListingKind.FEED, addresses, title=feed.feed.get("title", "")) if addresses else None


def read_index(got: ArchivedResponse) -> tuple[str, ...]:
    """Give the sitemaps that an index names; none for anything else."""
    body = _unpacked(got.content)
    return _addresses(got.url, _locations(body, "{*}sitemap/{*}loc")) if b"<sitemapindex" in body[:4000].lower() else ()


def _unpacked(body: bytes) -> bytes:
    """Unpack gzip, within the bound of a page."""
    if not body.startswith(GZIP):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES)
    except zlib.error:
        return b""


def _locations(body: bytes, path: str = "{*}url/{*}loc") -> list[str]:
    root = etree.fromstring(body, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    return [] if root is None else [(found.text or "").strip() for found in root.iterfind(path)]


def _addresses(base: str, links: list[str]) -> tuple[str, ...]:
    """Give safe addresses, each once, without what tracks readers."""
    safe = (web_url(urljoin(base, link)) for link in links if link)
    return tuple(dict.fromkeys(untracked_url(url) for url in safe if url))


@dataclass(frozen=True)
class FrontPage:
    """The page a site opens with: its links in order, the feeds it names, and its tree."""

    page: Page
    tree: LexborHTMLParser
    links: tuple[str, ...]
    menu: tuple[str, ...]
    """Links of its menus."""
    feeds: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its address, after redirects."""
        return self.page.url


def read_front(got: ArchivedResponse) -> FrontPage | None:
    """Read a page of links; None where it is no page."""
    page = Page(url=got.url, content=got.content, content_type=got.content_type)
    try:
        tree = parse(decode(page), got.url)
    except Quarantined:
        return None

    def links(selector: str) -> tuple[str, ...]:
        return _addresses(got.url, [node.attributes.get("href") or "" for node in tree.css(selector)])

    feeds = tuple(url for url in links(FEED_TYPES) if not COMMENTS.search(url))
    return FrontPage(page, tree, links("a[href]"), links("nav a[href], header a[href], [class*='menu'] a[href]"), feeds)


def host_of(url: str) -> str:
    """Give an address's host, without its port."""
    return urlsplit(url).hostname or ""
