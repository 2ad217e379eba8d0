"""What a page shows its readers around the text, where structured data is silent: byline and date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from processing.cleaning.names import names_of
from processing.cleaning.text import tidy
from processing.extraction.blocks import Layout
from processing.extraction.dates import read_date

BYLINES = (
    "[itemprop='author'] [itemprop='name'], [itemprop~='author']",
    "[rel~='author']",
    "[class*='byline' i], [class*='by-line' i]",
    "[class*='author-name' i], [class*='author__name' i], [class*='authorname' i], [class*='article-author' i]",
    "[class*='penulis' i], [class*='reporter' i], [class~='author' i]",
)
"""Tried in order; the first element that holds names wins."""
LONGEST_BYLINE = 120

DATES = (
    "[itemprop='datePublished']",
    "article time[datetime], main time[datetime], header time[datetime]",
    "time[datetime]",
    "[class*='publish' i], [class*='date' i], [class*='time' i], [class*='tanggal' i], [class*='waktu' i]",
)
LONGEST_DATE = 100
MOST_HEADLINES = 3
ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")

NAME = re.compile(
    r"^(?:[^\W\d_a-z][\w'’.-]*|d[aeiu]|de[lr]?|v[ao]n|bin|binti|al|el|la|le)(?:\s+(?:[^\W\d_a-z][\w'’.-]*|d[aeiu]|de[lr]?|v[ao]n|bin|binti|al|el|la|le)){1,4}$"
)
"""Two to five words, capitals and particles."""


def shown_authors(tree: LexborHTMLParser, sites: Iterable[str]) -> tuple[str, ...]:
    """Give the names in the page's byline, the site's own left out; empty where no byline can be told."""
    for selector in BYLINES:
        for node in tree.css(selector)[:8]:
            text = tidy(node.text(separator=" "))
            if not 0 < len(text) <= LONGEST_BYLINE:
                continue
            if names := tuple(name for name in names_of([text], not_these=sites) if NAME.match(name)):
                return names
    return ()


def shown_date(
    tree: LexborHTMLParser, layout: Layout, title: str, url: str, zone: tzinfo, as_of: datetime
) -> datetime | None:
    """Give the time that the page shows by its headline, else in an element made for dates, else the day in its address."""
    for text in _near(layout, title):
        moment = read_date(text, zone)
        if moment and moment <= as_of:
            return moment
    for selector in DATES:
        for node in tree.css(selector)[:12]:
            moment = read_date(value_of(node), zone)
            if moment and moment <= as_of:
                return moment
    if day := ADDRESS_DATE.search(url):
        return read_date("-".join(day.groups()), zone)
    return None


def _near(layout: Layout, title: str) -> Iterator[str]:
    """Give the short blocks around the headline's last appearance above text: those below it, then those just above."""
    blocks = layout.blocks if title else []
    places = [block.index for block in blocks if block.text == title]
    for place in places[: -1 - MOST_HEADLINES : -1]:
        around = blocks[place + 1 : place + 13] + blocks[max(0, place - 4) : place]
        yield from (block.text for block in around if len(block.text) < LONGEST_DATE)


def value_of(node: LexborNode) -> str:
    """Give what an element says: its `content`, its `datetime` (`time` at TASS), or its text when that is short."""
    attributes = node.attributes
    stated = attributes.get("content") or attributes.get("datetime") or attributes.get("time")
    return tidy(stated or node.text(separator=" "))[:300]
