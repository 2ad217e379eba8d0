"""Articles on several pages, in an archive: which pages belong together, and which are half an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import etree, html

from desk.backfill.found import Found
from processing.bounds import overloaded
from processing.urls import canonical_url

_NUMBERED = re.compile(rb"[?&;]page=(?:\d|all)", re.IGNORECASE)
"""What a page has in it that links to another of its article; nineteen of twenty have none, and are not read for it."""


def number_of(url: str) -> int:
    """Give which page of its article an address shows; 1 where it does not say, or shows all."""
    told = parse_qs(urlsplit(url).query).get("page", [""])[0]
    return max(1, int(told)) if told.isdecimal() and len(told) < 4 else 1  # noqa: PLR2004


def next_number(url: str, article: str, content: bytes) -> int | None:
    """Give the number of the next page that a page of an article links to, None where it links to none.

    Looks at all links, not by the declaration's rule: an archive has layouts that the rule never knew.
    """
    if "page=all" in url or not _NUMBERED.search(content) or overloaded(content):
        return None
    try:
        links = html.fromstring(content).iterfind(".//a[@href]")
        numbers = {number for link in links if (number := _further(url, article, link.get("href")))}
    except etree.LxmlError:
        return None
    return min((number for number in numbers if number > number_of(url)), default=None)


def _further(url: str, article: str, href: str) -> int | None:
    try:
        target = urljoin(url, href.strip())
        return number_of(target) if canonical_url(target) == article else None
    except ValueError:
        return None


def whole(found: Iterable[Found]) -> list[list[Found]]:
    """Give the articles whose pages are all there, each visit by itself: its pages in order, the first visit first.

    A further page is that of the same visit, which is the next that came of its number, else the last.
    """
    by_article = sorted(found, key=lambda one: (one.outlet, one.article, one.record.fetched_at, one.record.offset))
    visits = [
        visit
        for _, group in groupby(by_article, key=lambda one: (one.outlet, one.article))
        for visit in _visits(list(group))
    ]
    return sorted(visits, key=lambda visit: (visit[0].record.fetched_at, visit[0].record.offset))


def _visits(pages: Sequence[Found]) -> Iterable[list[Found]]:
    further = [page for page in pages if page.number > 1]
    for first in pages:
        if first.number > 1:
            continue
        visit = [first]
        while (number := visit[-1].next_number) is not None:
            able = [page for page in further if page.number == number]
            later = [page for page in able if page.record.fetched_at >= first.record.fetched_at]
            if not able:
                break
            visit.append((later or able[::-1])[0])
            further.remove(visit[-1])
        else:
            yield visit
