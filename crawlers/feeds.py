"""Reading feeds for the addresses they list: RSS, Atom and RDF by libxml2, within its bounds; JSON Feed by hand.

feedparser, which processing reads entries with, takes 3 s for a megabyte of tags; here any stranger's bytes come in.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import TYPE_CHECKING, Any

from lxml import etree

from crawlers.places import MOST_PLACES, Place, Reading
from processing.bounds import xml_parser

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

CLOSED = re.compile(
    rb"</(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)>\s*(?:<!--.*-->\s*)?$", re.IGNORECASE | re.DOTALL
)
"""How a whole feed or sitemap ends."""

BOM = b"\xef\xbb\xbf"


GREENWICH = re.compile(r"(?:[+-]00:?00|GMT|UTC?|Z)\s*(?:\(.*\))?$")
"""How a date ends that does mean UTC; the library gives 0 for a zone that it does not know."""

MOST_SAID = 80
"""Characters of a parser's complaint; some repeat what they complain of."""

PUBLISHED = ("pubDate", "published", "date", "issued", "created")
CHANGED = ("updated", "modified")
"""Local names of an entry's dates, in RSS, Atom and Dublin Core."""


def read_feed(body: bytes, zone: ZoneInfo) -> Reading:
    """Read a feed; one with a slip in it is read, one that breaks off is read and found fault with.

    `zone` is that of dates which name none, or one that only its readers know (`WIB`).
    """
    body = body.removeprefix(BOM).lstrip()
    if body[:1] == b"{":
        return _json_feed(body, zone)
    parser = xml_parser()
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        root = None
    entries = [] if root is None else [*root.iter("{*}item", "{*}entry")]
    articles = tuple(place for entry in entries[:MOST_PLACES] if (place := _place(entry, zone)))
    if root is not None and parser.error_log and not CLOSED.search(body):
        last = parser.error_log[-1]
        said = last.message.partition("\n")[0][:MOST_SAID]
        return Reading(articles, fault=f"it is not a whole feed ({said} at line {last.line})")
    return Reading(articles)


def _place(entry: etree._Element, zone: ZoneInfo) -> Place | None:
    """Read an entry; None where it has no address."""
    link = next(filter(None, (_address(element) for element in entry.iterfind("{*}link"))), "")
    guid = entry.find("{*}guid")
    if not link and guid is not None and guid.get("isPermaLink") != "false":
        link = (guid.text or "").strip()
    published, changed = _first_date(entry, PUBLISHED, zone), _first_date(entry, CHANGED, zone)
    return Place(link, published or changed, changed) if link else None


def _address(link: etree._Element) -> str:
    """Read a link: RSS has the address as text, Atom as `href`, and of several the alternate is meant."""
    alternate = link.get("rel", "alternate") == "alternate"
    return (link.text or "").strip() or (link.get("href", "").strip() if alternate else "")


def _first_date(entry: etree._Element, names: tuple[str, ...], zone: ZoneInfo) -> datetime | None:
    found = (read_date(entry.findtext(f"{{*}}{name}") or "", zone) for name in names)
    return next(filter(None, found), None)


def read_date(said: str, zone: ZoneInfo) -> datetime | None:
    """Read a date of RFC 3339 or RFC 5322; what names no zone that we know is in `zone`."""
    try:
        at = datetime.fromisoformat(said.strip())
        return at.replace(tzinfo=at.tzinfo or zone)
    except ValueError:
        pass
    parts = parsedate_tz(said)
    if parts is None:
        return None
    known = parts[9] or GREENWICH.search(said)
    offset = timezone(timedelta(seconds=parts[9] or 0)) if known else zone
    try:
        return datetime(*parts[:6], tzinfo=offset)
    except ValueError:
        return None


def _json_feed(body: bytes, zone: ZoneInfo) -> Reading:
    """Read a JSON Feed (jsonfeed.org, version 1 or 1.1)."""
    try:
        feed = json.loads(body)
        items = [item for item in feed["items"] if isinstance(item, dict)][:MOST_PLACES]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        return Reading(fault=f"it is not a JSON feed ({type(error).__name__})")
    return Reading(tuple(place for item in items if (place := _json_place(item, zone))))


def _json_place(item: dict[str, Any], zone: ZoneInfo) -> Place | None:
    """Read an item; None where it has no address."""
    url = str(item.get("url") or item.get("external_url") or "")
    published, changed = (read_date(str(item.get(f"date_{what}") or ""), zone) for what in ("published", "modified"))
    return Place(url, published or changed, changed) if url else None
