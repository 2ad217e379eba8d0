"""The outermost downloader middleware: nothing leaves the outlet, nothing is asked twice, each robots.txt has its row."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from crawlers.fates import fate_of
from crawlers.robots import unreadable
from processing.model import Fate, FetchKind

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawlers.ledger import Ledger

OK = 200


class LeavesOutlet(IgnoreRequest):
    """A request, or what it was redirected to, lies on a host that is not the outlet's."""


class Bookkeeping:
    """Rejects what leaves the outlet or was asked for, and enters robots.txt fetches, which Scrapy makes, in the ledger."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Bookkeeping:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Scrapy's hook before a request is sent, redirected ones included."""
        outlet = getattr(self.crawler.spider, "outlet", None)
        host = urlsplit(request.url).hostname
        if outlet and host not in outlet.hosts and not _for_robots(request):
            raise LeavesOutlet(f"it leads to {host}, which is not a host of {outlet.title}")
        if "owner" in request.meta:
            self.crawler.spider.claims.check(request)  # type: ignore[union-attr]  # the spider that named the owner

    def process_response(self, request: Request, response: Response) -> Response:
        """Scrapy's hook for an answer: redirects and retries are over by then."""
        if _for_robots(request) and self._ledger:
            lost = unreadable(response.status)
            reason = (
                "" if response.status == OK else f"HTTP {response.status}: {'nothing' if lost else 'all'} is allowed"
            )
            fate = Fate.FAILED if lost else Fate.STORED
            self._ledger.enter(FetchKind.ROBOTS, request, response, fate=fate, reason=reason)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Scrapy's hook for a request that got no answer."""
        if _for_robots(request) and self._ledger:
            fate, reason = fate_of(exception)
            self._ledger.enter(FetchKind.ROBOTS, request, fate=fate, reason=reason)

    @property
    def _ledger(self) -> Ledger | None:
        return getattr(self.crawler.spider, "ledger", None)


def _for_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))
