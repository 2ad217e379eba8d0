"""Finding articles: what feeds, sitemaps and section pages list, read from their bytes. No network, no state."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from xml.sax import SAXParseException
from zoneinfo import ZoneInfo

import feedparser
from lxml import etree
from parsel import Selector
from scrapy.utils.gz import gunzip

from processing.model import ListingKind, Outlet, ReadMode
from processing.urls import web_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processing.model import Listing

SITEMAP_REACH = timedelta(hours=48)
"""A sitemap may go back for years; older entries than this are not news."""

MOST_SITEMAPS = 10
"""Of an index, those changed within the reach; a news desk's are one to three."""

GZIP = b"\x1f\x8b"
CLOSED = re.compile(
    rb"</(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)>\s*(?:<!--.*-->\s*)?$", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Place:
    """An address that a listing gave, and when it says it was published or changed."""

    url: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one listing gave: articles, further sitemaps, and what is wrong with it (in words, or nothing)."""

    articles: tuple[Place, ...] = ()
    sitemaps: tuple[str, ...] = ()
    fault: str = ""


def listing_url(listing: Listing, outlet: Outlet, as_of: datetime) -> str:
    """Give the address to ask for; that of a date index holds the outlet's own day."""
    if listing.kind is not ListingKind.DATE_INDEX:
        return listing.url
    return as_of.astimezone(ZoneInfo(outlet.timezone)).strftime(listing.url)


def read_listing(
    listing: Listing, url: str, body: bytes, outlet: Outlet, *, as_of: datetime, most: int, indexed: bool = False
) -> Reading:
    """Read a feed, sitemap or page of links and keep what are articles of the outlet; `most` bounds unpacked bytes.

    A sitemap that an index led to (`indexed`) may hold no article: indexes name those of tags and videos too.
    """
    if body.startswith(GZIP):
        try:
            body = gunzip(body, max_size=most)
        except (OSError, EOFError, ValueError) as error:
            return Reading(fault=f"it cannot be unpacked ({error})")
    match listing.kind:
        case ListingKind.FEED:
            reading = _feed(body)
        case ListingKind.SITEMAP:
            reading = _sitemap(body, ZoneInfo(outlet.timezone), as_of)
        case _:
            reading = _links(body, listing)
    reading = _judged(reading, url, outlet, due=outlet.mode is ReadMode.PAGES and not indexed)
    if listing.kind is ListingKind.SITEMAP:
        return replace(reading, articles=tuple(place for place in reading.articles if _within_reach(place, as_of)))
    return reading


def is_article(url: str, outlet: Outlet) -> bool:
    """Tell whether an address is that of an article which we read of this outlet."""
    return (
        urlsplit(url).hostname in outlet.hosts
        and re.match(outlet.article, url) is not None
        and not any(re.search(pattern, url) for pattern in outlet.exclude)
    )


def newest_first(places: Iterable[Place], as_of: datetime) -> list[Place]:
    """Order places, newest first; one without a date counts as fresh, and the listing's order holds among equals."""
    return sorted(places, key=lambda place: place.at or as_of, reverse=True)


def _judged(reading: Reading, base: str, outlet: Outlet, *, due: bool) -> Reading:
    """Drop what is not an article, and find fault where nothing is there, or no article where one was `due`."""
    if reading.sitemaps:
        return replace(reading, sitemaps=tuple(filter(None, (_absolute(base, url) for url in reading.sitemaps))))
    links = [Place(url, place.at) for place in reading.articles if (url := _absolute(base, place.url))]
    articles = tuple(link for link in links if is_article(link.url, outlet))
    fault = reading.fault
    if not fault and not links:
        fault = "it lists nothing"
    elif not fault and not articles and due:
        fault = f"none of its {len(links)} links is the address of an article"
    return Reading(articles, fault=fault)


def _absolute(base: str, link: str) -> str | None:
    try:
        return web_url(urljoin(base, link))
    except ValueError:
        return None


def _feed(body: bytes) -> Reading:
    """Read RSS, Atom or RDF; a feed with a slip in it is read, one that breaks off is read and found fault with."""
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    articles = tuple(Place(entry.link, _entry_time(entry)) for entry in feed.entries if entry.get("link"))
    if feed.bozo and not CLOSED.search(body):
        return Reading(articles, fault=f"it is not a whole feed ({_complaint(feed.bozo_exception)})")
    return Reading(articles)


def _complaint(error: Exception) -> str:
    """Say what a parser said, with the line where it said it."""
    if isinstance(error, SAXParseException):
        return f"{error.getMessage()} at line {error.getLineNumber()}"
    return str(error)


def _entry_time(entry: feedparser.FeedParserDict) -> datetime | None:
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    return datetime.fromtimestamp(timegm(stamp), UTC) if stamp else None


def _sitemap(body: bytes, zone: ZoneInfo, as_of: datetime) -> Reading:
    """Read a sitemap, news or plain, or an index: of that, the sitemaps within reach."""
    try:
        root = etree.fromstring(body, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return Reading(fault="it is not XML")
    fault = "" if CLOSED.search(body) else "it breaks off"
    indexed = [_entry(element, zone) for element in root.iterfind("{*}sitemap")]
    if indexed:
        fresh = newest_first((place for place in indexed if _within_reach(place, as_of)), as_of)
        return Reading(sitemaps=tuple(place.url for place in fresh[:MOST_SITEMAPS]), fault=fault)
    return Reading(tuple(_entry(element, zone) for element in root.iterfind("{*}url")), fault=fault)


def _entry(element: etree._Element, zone: ZoneInfo) -> Place:
    said = element.findtext(".//{*}publication_date") or element.findtext("{*}lastmod") or ""
    try:
        at = datetime.fromisoformat(said.strip())
    except ValueError:
        at = None
    return Place((element.findtext("{*}loc") or "").strip(), at.replace(tzinfo=at.tzinfo or zone) if at else None)


def _within_reach(place: Place, as_of: datetime) -> bool:
    return place.at is None or place.at >= as_of - SITEMAP_REACH


def _links(body: bytes, listing: Listing) -> Reading:
    """Read the links of a section page or date index, all of them where the declaration names no selector."""
    page = Selector(body=body, type="html")
    hrefs = page.css(listing.links or "a").xpath("descendant-or-self::a/@href").getall()
    return Reading(tuple(Place(href.strip()) for href in dict.fromkeys(hrefs)))
