"""The spider that every declaration becomes: it reads the listings, then fetches the articles that are new, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import parse_qsl

from scrapy import Request, Spider, signals
from w3lib.url import add_or_replace_parameters

from crawlers.addresses import is_article
from crawlers.answers import no_page
from crawlers.capture import WarcFile
from crawlers.claims import Claims
from crawlers.conditional import conditions, not_modified, validators_of
from crawlers.discovery import Place, changed_since, newest_first
from crawlers.fates import fate_of
from crawlers.hosts import Hosts, Stopped
from crawlers.jobs import bare_job, read_job, settings_for
from crawlers.ledger import Ledger
from crawlers.listings import Listings, request_of
from crawlers.parts import MOST_PARTS, next_part
from processing.model import Fate, FetchKind, Outlet, ReadMode, Validators
from processing.urls import canonical_url, untracked_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from processing.model import Job

MOST_AGAIN = 20
"""Known articles that are asked for again in one crawl: some outlets call every article changed."""


class OutletSpider(Spider):
    """Crawls one outlet as a job asks (`-a job=job.json`) and leaves a WARC and a result."""

    outlet: ClassVar[Outlet]
    job: Job
    ledger: Ledger
    claims: Claims
    hosts: Hosts | None = None
    """Live crawls have manners; a shell, by hand, and a replay, of which nobody hears, have none."""
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
        crawler.settings.setdict(settings_for(made), priority="spider")
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.job = made
        spider.ledger = Ledger(made, cls.outlet)
        spider.claims = Claims(made.known)
        spider.asked, spider.taken = set(), set()
        crawler.signals.connect(spider.stumbled, signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Read the listings, then ask for what they gave."""
        self.warc = WarcFile(self.job.warc, as_of=self.job.as_of, outlet=self.outlet.name)
        if not self.job.replay:
            delay, seconds = self.outlet.delay, self.job.bounds.seconds
            self.hosts = Hosts(delay=delay, seconds=seconds, stopped=lambda: not self.crawler.crawling)
        places = await Listings(self).read_all()
        if self.outlet.mode is ReadMode.PAGES:
            for url in self.due(places):
                yield self.page_request(url)

    def due(self, places: Iterable[Place]) -> list[str]:
        """Choose the addresses to fetch: each article once, newest first, within the bound; last the known that changed."""
        fresh: dict[str, str] = {}
        changed: dict[str, str] = {}
        for place in newest_first(places, self.job.as_of):
            article = canonical_url(place.url)
            if article not in self.job.known:
                fresh.setdefault(article, untracked_url(place.url))
            elif changed_since(place, self.job.seen.get(article), self.job.as_of):
                changed.setdefault(article, untracked_url(place.url))
        chosen = [*fresh.values(), *list(changed.values())[:MOST_AGAIN]][: self.job.bounds.pages]
        self.ledger.left_out = len(fresh) + len(changed) - len(chosen)
        return chosen

    def page_request(self, url: str) -> Request:
        """Ask for an article, all of it where the outlet gives it on one page; for a known one, if it has changed."""
        owner = canonical_url(url)
        if self.outlet.single_page:
            url = add_or_replace_parameters(url, dict(parse_qsl(self.outlet.single_page)))
        known = self.job.validators.get(url, Validators()) if owner in self.job.known else Validators()
        return self.part_request(url, {"owner": owner, "article": None, "part": 1}, conditions(known))

    def part_request(self, url: str, meta: dict[str, Any], headers: dict[str, str] | None = None) -> Request:
        """Ask for one page of an article."""
        self.asked.add(url)
        return Request(url, self.parse_page, errback=self.page_failed, headers=headers, meta=meta, dont_filter=True)

    def parse_page(self, response: Response) -> Iterable[Request]:
        """Enter a page in the ledger, and ask for the article's next one."""
        article, part = response.meta["article"] or canonical_url(response.url), response.meta["part"]
        fate, reason = self.first_fate(response, article, part)
        if fate is not None:
            self.enter_page(request_of(response), response, fate=fate, reason=reason)
            return
        self.taken.add(article)
        following = next_part(response, self.outlet, article, part, self.asked)
        facts = {"article_url": article, "more": following is not None, "validators": validators_of(response)}
        self.enter_page(request_of(response), response, **facts)
        if following and part < MOST_PARTS:
            yield self.part_request(following, {"owner": response.meta["owner"], "article": article, "part": part + 1})

    def first_fate(self, response: Response, article: str, part: int) -> tuple[Fate | None, str]:
        """Settle what needs no reading; the rest is left to processing (None)."""
        if not_modified(response):
            return Fate.UNCHANGED, ""
        if refused := no_page(response):
            return refused
        if not is_article(response.url, self.outlet):
            return Fate.REJECTED, f"it leads to {response.url}, which is not the address of an article"
        if part == 1 and article in self.taken:
            return Fate.DUPLICATE, f"the run has {article} already"
        return None, ""

    def page_failed(self, failure: Failure) -> None:
        """Enter a page that got no answer, or was refused; one that was never asked for, since the crawl ends, is not."""
        if failure.check(Stopped) and "receipt" not in failure.request.meta:  # type: ignore[attr-defined]
            return
        fate, reason = fate_of(cast("BaseException", failure.value))
        self.enter_page(failure.request, fate=fate, reason=reason)  # type: ignore[attr-defined]  # Scrapy puts it there

    def enter_page(self, request: Request, response: Response | None = None, **facts: Any) -> None:
        """Write the row of a page."""
        self.ledger.enter(FetchKind.PAGE, request, response, part=request.meta["part"], **facts)

    def stumbled(self, failure: Failure, response: Response | None) -> None:
        """Scrapy's signal of an error in the spider itself."""
        reason = f"{type(failure.value).__name__}: {failure.value}"
        if response is not None:
            self.enter_page(request_of(response), response, fate=Fate.QUARANTINED, reason=reason)
        self.ledger.problem(f"the spider stumbled: {reason}.")

    def closed(self, reason: str) -> None:
        """Scrapy's last call: close the archive and write the result."""
        if self.warc:
            self.warc.close()
            self.ledger.write(reason)
