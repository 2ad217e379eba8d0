"""Finding articles: what feeds, sitemaps and section pages list, read from their bytes. No network, no state."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from lxml import etree
from parsel import Selector, css2xpath
from scrapy.utils.gz import gunzip

from crawlers.addresses import is_article
from crawlers.feeds import CLOSED, read_date, read_feed
from crawlers.places import MOST_PLACES, Place, Reading
from processing.bounds import LONG_TAG, MAX_ATTRIBUTES, overloaded, xml_parser
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
            reading = read_feed(body, ZoneInfo(outlet.timezone))
        case ListingKind.SITEMAP:
            reading = _sitemap(body, ZoneInfo(outlet.timezone), as_of)
        case _:
            reading = _links(body, listing)
    reading = _judged(reading, url, outlet, due=outlet.mode is ReadMode.PAGES and not indexed)
    if listing.kind is ListingKind.SITEMAP:
        return replace(reading, articles=tuple(place for place in reading.articles if _within_reach(place, as_of)))
    return reading


def newest_first(places: Iterable[Place], as_of: datetime) -> list[Place]:
    """Order places, newest first; one without a date counts as fresh, and the listing's order holds among equals."""
    return sorted(places, key=lambda place: place.at or as_of, reverse=True)


def changed_since(place: Place, seen: datetime | None, as_of: datetime) -> bool:
    """Tell whether a listing says that what we saw has changed since; of the future, which some tell, it knows nothing."""
    return seen is not None and place.changed is not None and seen < place.changed <= as_of


def _judged(reading: Reading, base: str, outlet: Outlet, *, due: bool) -> Reading:
    """Drop what is not an article, and find fault where nothing is there, or no article where one was `due`."""
    if reading.sitemaps:
        return replace(reading, sitemaps=tuple(filter(None, (_absolute(base, url) for url in reading.sitemaps))))
    links = [replace(place, url=url) for place in reading.articles if (url := _absolute(base, place.url))]
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


def _sitemap(body: bytes, zone: ZoneInfo, as_of: datetime) -> Reading:
    """Read a sitemap, news or plain, or an index: of that, the sitemaps within reach."""
    try:
        root = etree.fromstring(body, xml_parser())
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return Reading(fault="it is not XML")
    fault = "" if CLOSED.search(body) else "it breaks off"
    indexed = [_entry(element, zone) for element in root.iterfind("{*}sitemap")]
    if indexed:
        fresh = newest_first((place for place in indexed if _within_reach(place, as_of)), as_of)
        return Reading(sitemaps=tuple(place.url for place in fresh[:MOST_SITEMAPS]), fault=fault)
    entries = islice(root.iterfind("{*}url"), MOST_PLACES)
    return Reading(tuple(_entry(element, zone) for element in entries), fault=fault)


def _entry(element: etree._Element, zone: ZoneInfo) -> Place:
    said = (element.findtext(path) or "" for path in (".//{*}publication_date", "{*}lastmod"))
    published, changed = (read_date(date, zone) for date in said)
    return Place((element.findtext("{*}loc") or "").strip(), published or changed, changed)


def _within_reach(place: Place, as_of: datetime) -> bool:
    return place.at is None or place.at >= as_of - SITEMAP_REACH


def _links(body: bytes, listing: Listing) -> Reading:
    """Read the links of a section page or date index, all of them where the declaration names no selector."""
    if overloaded(body, large=LONG_TAG):
        return Reading(fault=f"a tag of it has more than {MAX_ATTRIBUTES} attributes")
    elements = Selector(body=body, type="html").root.xpath(css2xpath(listing.links or "a"))
    hrefs = (link.get("href", "").strip() for element in elements for link in element.iter("a"))
    found = dict.fromkeys(filter(None, islice(hrefs, 2 * MOST_PLACES)))
    return Reading(tuple(Place(href) for href in islice(found, MOST_PLACES)))
