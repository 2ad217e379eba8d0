"""Articles on several pages: finding the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

from scrapy.http import TextResponse

from processing.urls import canonical_url, untracked_url

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from scrapy.http import Response

    from processing.model import Outlet

MOST_PARTS = 20
"""Pages of one article; the longest that outlets make have about ten."""


def next_part(response: Response, outlet: Outlet, article: str, part: int, asked: AbstractSet[str]) -> str | None:
    """Find the link to an article's next page: the same article, a higher number, not asked for yet."""
    selector = outlet.rules[0].next_page if outlet.rules else None
    if not selector or not isinstance(response, TextResponse):
        return None
    links = response.css(selector).xpath("descendant-or-self::a/@href").getall()
    for url in (untracked_url(urljoin(response.url, link)) for link in links):
        if canonical_url(url) == article and url not in asked and _number(url) > part:
            return url
    return None


def _number(url: str) -> int:
    """Read the page number of an address; one that has none counts as far on."""
    number = parse_qs(urlsplit(url).query).get("page", [""])[0]
    return int(number) if number.isdecimal() else MOST_PARTS
