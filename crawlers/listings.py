"""Reading an outlet's listings: those of one host after another, those of several hosts side by side."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy import Request

from crawlers.answers import OK, challenge
from crawlers.conditional import conditions, not_modified, validators_of
from crawlers.discovery import Reading, listing_url, read_listing
from crawlers.fates import fate_of
from processing.model import Fate, FetchKind, ListingKind, ReadMode, Validators

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawlers.discovery import Place
    from crawlers.spiders.outlet import OutletSpider
    from processing.model import Listing

MOST_DEPTH = 2
"""Indexes of sitemaps within one another; outlets nest one deep."""

MOST_SITEMAPS = 30
"""Sitemaps that one crawl reads because an index names them."""

KINDS = {
    ListingKind.FEED: FetchKind.FEED,
    ListingKind.SITEMAP: FetchKind.SITEMAP,
    ListingKind.SECTION: FetchKind.INDEX,
    ListingKind.DATE_INDEX: FetchKind.INDEX,
}


class Listings:
    """The listings of one crawl; each address is read once, whatever names it."""

    def __init__(self, spider: OutletSpider) -> None:
        self.spider = spider
        self.job, self.outlet, self.ledger = spider.job, spider.outlet, spider.ledger
        self._read: set[str] = set()
        self._indexed = 0

    async def read_all(self) -> list[Place]:
        """Give the articles that the outlet's listings name, in the order in which they are declared."""
        hosts: dict[str | None, list[tuple[Listing, str]]] = {}
        for listing in self.outlet.listings:
            url = listing_url(listing, self.outlet, self.job.as_of)
            hosts.setdefault(urlsplit(url).hostname, []).append((listing, url))
        found = await asyncio.gather(*map(self._read_host, hosts.values()))
        by_listing = {listing: places for host in found for listing, places in host}
        return [place for listing in self.outlet.listings for place in by_listing[listing]]

    async def _read_host(self, listings: list[tuple[Listing, str]]) -> list[tuple[Listing, list[Place]]]:
        return [(listing, await self.read(listing, url)) for listing, url in listings]

    async def read(self, listing: Listing, url: str, depth: int = 0) -> list[Place]:
        """Fetch one listing, and the sitemaps that it indexes; give the articles it lists."""
        if url in self._read:
            return []
        self._read.add(url)
        request = Request(url, headers=conditions(self.job.validators.get(url, Validators())))
        try:
            response = await self.spider.crawler.engine.download_async(request)
        except asyncio.CancelledError:
            self.failed(listing, request, Fate.FAILED, "the crawl was stopped")
            raise
        except Exception as error:  # noqa: BLE001  whatever a download raises is this listing's fate, and the rest goes on
            self.failed(listing, request, *fate_of(error))
            return []
        return await self.take(listing, response, depth)

    async def take(self, listing: Listing, response: Response, depth: int) -> list[Place]:
        """Enter a listing that answered in the ledger, and give the articles it lists."""
        final = request_of(response)
        if not_modified(response):
            self.ledger.enter(KINDS[listing.kind], final, response, fate=Fate.UNCHANGED)
            return []
        if (guard := challenge(response)) or response.status != OK:
            reason = f"HTTP {response.status}{guard and f', a challenge page ({guard})'}"
            self.failed(listing, final, Fate.FAILED, reason, response)
            return []
        found = self.reading(listing, response, depth)
        if found.fault:
            self.failed(listing, final, Fate.QUARANTINED, found.fault, response)
        else:
            validators = validators_of(response)
            self.ledger.enter(KINDS[listing.kind], final, response, fate=self.fate_of_list, validators=validators)
        places = list(found.articles)
        for url in found.sitemaps:
            if self._indexed < MOST_SITEMAPS:
                self._indexed += 1
                places += await self.read(listing, url, depth + 1)
        return places

    def reading(self, listing: Listing, response: Response, depth: int) -> Reading:
        """Read what a listing says; one that no reader can take is found fault with, and costs the rest nothing."""
        as_of, most, url = self.job.as_of, self.job.bounds.bytes_each, response.url
        try:
            found = read_listing(listing, url, response.body, self.outlet, as_of=as_of, most=most, indexed=depth > 0)
        except Exception as error:  # noqa: BLE001  a parser's slip on a hostile listing is that listing's fate
            return Reading(fault=f"it cannot be read ({type(error).__name__}: {error})")
        if found.sitemaps and depth >= MOST_DEPTH:
            return Reading(fault=f"it is an index within an index, more than {MOST_DEPTH} deep")
        return found

    @property
    def fate_of_list(self) -> Fate | None:
        """The fate of a list that was read: open where a feed stands for its pages, since processing reads its entries."""
        return None if self.outlet.mode is ReadMode.FEED_ONLY else Fate.STORED

    def failed(
        self, listing: Listing, request: Request, fate: Fate, reason: str, response: Response | None = None
    ) -> None:
        """Enter a listing that gave nothing, or not all that it should, and make the run red."""
        kind = KINDS[listing.kind]
        self.ledger.enter(kind, request, response, fate=fate, reason=reason)
        self.ledger.problem(f"the {kind} {request.url} could not be read: {reason}.")


def request_of(response: Response) -> Request:
    """Give the request that a response answers, the last of its redirects; Scrapy sets it before anyone sees it."""
    return cast("Request", response.request)
