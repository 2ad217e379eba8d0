"""The spider that every declaration becomes: it reads the listings, then fetches the articles that are new, newest first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import parse_qsl

from scrapy import Request, Spider, signals
from w3lib.url import add_or_replace_parameters

from crawlers.capture import WarcFile
from crawlers.conditional import conditions, validators_of
from crawlers.discovery import Place, is_article, listing_url, newest_first, read_listing
from crawlers.fates import fate_of
from crawlers.jobs import bare_job, read_job, settings_for
from crawlers.ledger import Ledger
from crawlers.parts import MOST_PARTS, next_part
from processing.model import Fate, FetchKind, Listing, ListingKind, Outlet, ReadMode, Validators
from processing.urls import canonical_url, untracked_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from processing.model import Job

OK, NOT_MODIFIED = 200, 304
MOST_DEPTH = 2
"""Indexes of sitemaps within one another; outlets nest one deep."""

KINDS = {
    ListingKind.FEED: FetchKind.FEED,
    ListingKind.SITEMAP: FetchKind.SITEMAP,
    ListingKind.SECTION: FetchKind.INDEX,
    ListingKind.DATE_INDEX: FetchKind.INDEX,
}


class OutletSpider(Spider):
    """Crawls one outlet as a job asks (`-a job=job.json`) and leaves a WARC and a result."""

    outlet: ClassVar[Outlet]
    job: Job
    ledger: Ledger
    warc: WarcFile | None = None
    """Open while the spider crawls; a shell's never is."""
    asked: set[str]
    """Addresses of pages asked for."""
    taken: set[str]
    """Canonical addresses of articles whose first page came."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, job: str | None = None, **kwargs: Any) -> OutletSpider:
        """Scrapy's constructor: takes the path of the job, and makes its settings those of the crawl."""
        made = read_job(job, cls.outlet) if job else bare_job(cls.outlet)
        crawler.settings.setdict(settings_for(made, cls.outlet), priority="spider")
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.job = made
        spider.ledger = Ledger(made, cls.outlet)
        spider.asked, spider.taken = set(), set()
        crawler.signals.connect(spider.stumbled, signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Read the listings one after another, then ask for what they gave."""
        self.warc = WarcFile(self.job.warc, as_of=self.job.as_of, outlet=self.outlet.name)
        places: list[Place] = []
        for listing in self.outlet.listings:
            places += await self.read(listing, listing_url(listing, self.outlet, self.job.as_of))
        if self.outlet.mode is ReadMode.PAGES:
            for url in self.due(places):
                yield self.page_request(url)

    async def read(self, listing: Listing, url: str, depth: int = 0) -> list[Place]:
        """Fetch one listing, and the sitemaps that it indexes; give the articles it lists."""
        known = self.job.validators.get(url, Validators())
        request = Request(url, headers=conditions(known))
        try:
            response = await self.crawler.engine.download_async(request)
        except asyncio.CancelledError:
            self.list_failed(listing, request, Fate.FAILED, "the crawl was stopped")
            raise
        except Exception as error:  # noqa: BLE001  whatever a download raises is this listing's fate, and the rest goes on
            self.list_failed(listing, request, *fate_of(error))
            return []
        return await self.take(listing, response, depth)

    async def take(self, listing: Listing, response: Response, depth: int) -> list[Place]:
        """Enter a listing that answered in the ledger, and give the articles it lists."""
        final = _request_of(response)
        if response.status == NOT_MODIFIED:
            self.ledger.enter(KINDS[listing.kind], final, response, fate=Fate.UNCHANGED)
            return []
        if response.status != OK:
            self.list_failed(listing, final, Fate.FAILED, f"HTTP {response.status}", response)
            return []
        as_of, most = self.job.as_of, self.job.bounds.bytes_each
        found = read_listing(
            listing, response.url, response.body, self.outlet, as_of=as_of, most=most, indexed=depth > 0
        )
        if found.fault:
            self.list_failed(listing, final, Fate.QUARANTINED, found.fault, response)
        else:
            validators = validators_of(response)
            self.ledger.enter(KINDS[listing.kind], final, response, fate=self.fate_of_list, validators=validators)
        places = list(found.articles)
        for url in found.sitemaps if depth < MOST_DEPTH else ():
            places += await self.read(listing, url, depth + 1)
        return places

    @property
    def fate_of_list(self) -> Fate | None:
        """The fate of a list that was read: open where a feed stands for its pages, since processing reads its entries."""
        return None if self.outlet.mode is ReadMode.FEED_ONLY else Fate.STORED

    def list_failed(
        self, listing: Listing, request: Request, fate: Fate, reason: str, response: Response | None = None
    ) -> None:
        """Enter a listing that gave nothing, or not all that it should, and make the run red."""
        kind = KINDS[listing.kind]
        self.ledger.enter(kind, request, response, fate=fate, reason=reason)
        self.ledger.problem(f"the {kind} {request.url} could not be read: {reason}.")

    def due(self, places: Iterable[Place]) -> list[str]:
        """Choose the addresses to fetch: each article once, none that is known, newest first, within the bound."""
        addresses: dict[str, str] = {}
        for place in newest_first(places, self.job.as_of):
            if (article := canonical_url(place.url)) not in self.job.known:
                addresses.setdefault(article, untracked_url(place.url))
        self.ledger.left_out = max(0, len(addresses) - self.job.bounds.pages)
        return list(addresses.values())[: self.job.bounds.pages]

    def page_request(self, url: str, *, article: str | None = None, part: int = 1) -> Request:
        """Ask for an article, all of it where the outlet gives it on one page, or for one of its further pages."""
        if part == 1 and self.outlet.single_page:
            url = add_or_replace_parameters(url, dict(parse_qsl(self.outlet.single_page)))
        self.asked.add(url)
        meta = {"article": article, "part": part}
        return Request(url, callback=self.parse_page, errback=self.page_failed, dont_filter=True, meta=meta)

    def parse_page(self, response: Response) -> Iterable[Request]:
        """Enter a page in the ledger, and ask for the article's next one."""
        article, part = response.meta["article"] or canonical_url(response.url), response.meta["part"]
        fate, reason = self.first_fate(response, article, part)
        if fate is not None:
            self.enter_page(_request_of(response), response, fate=fate, reason=reason)
            return
        self.taken.add(article)
        following = next_part(response, self.outlet, article, part, self.asked)
        self.enter_page(_request_of(response), response, article_url=article, more=following is not None)
        if following and part < MOST_PARTS:
            yield self.page_request(following, article=article, part=part + 1)

    def first_fate(self, response: Response, article: str, part: int) -> tuple[Fate | None, str]:
        """Settle what needs no reading; the rest is left to processing (None)."""
        if response.status == NOT_MODIFIED:
            return Fate.UNCHANGED, ""
        if response.status != OK:
            return Fate.FAILED, f"HTTP {response.status}"
        if not is_article(response.url, self.outlet):
            return Fate.REJECTED, f"it leads to {response.url}, which is not the address of an article"
        if part == 1 and article in self.taken:
            return Fate.DUPLICATE, f"the run has {article} already"
        return None, ""

    def page_failed(self, failure: Failure) -> None:
        """Enter a page that got no answer, or was refused."""
        fate, reason = fate_of(cast("BaseException", failure.value))
        self.enter_page(failure.request, fate=fate, reason=reason)  # type: ignore[attr-defined]  # Scrapy puts it there

    def enter_page(self, request: Request, response: Response | None = None, **facts: Any) -> None:
        """Write the row of a page."""
        self.ledger.enter(FetchKind.PAGE, request, response, part=request.meta["part"], **facts)

    def stumbled(self, failure: Failure, response: Response | None) -> None:
        """Scrapy's signal of an error in the spider itself."""
        reason = f"{type(failure.value).__name__}: {failure.value}"
        if response is not None:
            self.enter_page(_request_of(response), response, fate=Fate.QUARANTINED, reason=reason)
        self.ledger.problem(f"the spider stumbled: {reason}.")

    def closed(self, reason: str) -> None:
        """Scrapy's last call: close the archive and write the result."""
        if self.warc:
            self.warc.close()
            self.ledger.write(reason)


def _request_of(response: Response) -> Request:
    """Give the request that a response answers, the last of its redirects; Scrapy sets it before anyone sees it."""
    return cast("Request", response.request)
