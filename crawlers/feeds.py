"""Reading feeds: RSS, Atom and RDF by feedparser, JSON Feed by hand."""

from __future__ import annotations

import json
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXParseException

import feedparser

from crawlers.places import MOST_PLACES, Place, Reading

CLOSED = re.compile(
    rb"</(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)>\s*(?:<!--.*-->\s*)?$", re.IGNORECASE | re.DOTALL
)
"""How a whole feed or sitemap ends."""

BOM = b"\xef\xbb\xbf"


def read_feed(body: bytes) -> Reading:
    """Read a feed; one with a slip in it is read, one that breaks off is read and found fault with."""
    if body.removeprefix(BOM).lstrip()[:1] == b"{":
        return _json_feed(body)
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    entries = [entry for entry in feed.entries if entry.get("link")]
    articles = tuple(Place(entry.link, _published(entry), _changed(entry)) for entry in entries[:MOST_PLACES])
    if feed.bozo and not CLOSED.search(body):
        return Reading(articles, fault=f"it is not a whole feed ({_complaint(feed.bozo_exception)})")
    return Reading(articles)


def _complaint(error: Exception) -> str:
    """Say what a parser said, with the line where it said it."""
    if isinstance(error, SAXParseException):
        return f"{error.getMessage()} at line {error.getLineNumber()}"
    return str(error)


def _published(entry: feedparser.FeedParserDict) -> datetime | None:
    return _instant(entry.get("published_parsed") or entry.get("updated_parsed"))


def _changed(entry: feedparser.FeedParserDict) -> datetime | None:
    """Give when an entry says it was changed; without asking first, feedparser would give the other date."""
    return _instant(entry.get("updated_parsed")) if "updated_parsed" in entry else None


def _instant(stamp: Any) -> datetime | None:
    return datetime.fromtimestamp(timegm(stamp), UTC) if stamp else None


def _json_feed(body: bytes) -> Reading:
    """Read a JSON Feed (jsonfeed.org, version 1 or 1.1)."""
    try:
        feed = json.loads(body)
        items = [item for item in feed["items"] if isinstance(item, dict)][:MOST_PLACES]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return Reading(fault=f"it is not a JSON feed ({type(error).__name__})")
    articles = (Place(str(item.get("url") or item.get("external_url") or ""), *_json_dates(item)) for item in items)
    return Reading(tuple(place for place in articles if place.url))


def _json_dates(item: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    changed = _stamp(item.get("date_modified"))
    return _stamp(item.get("date_published")) or changed, changed


def _stamp(said: Any) -> datetime | None:
    """Read a date of RFC 3339; one without a zone says nothing."""
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return at if at.tzinfo else None
