"""robots.txt as RFC 9309 has it: where it cannot be had, nothing is asked for; its crawl-delay is kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.misc import build_from_crawler

from crawlers.fates import RobotsUnread, fate_of
from crawlers.replay import NotArchived

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

OK = 200
TOO_MANY = 429
SERVER_ERROR = 500
MOST_BYTES = 500 * 1024
"""How much of a robots.txt is read: what RFC 9309 asks for at least."""


class Unread:
    """Stands where Scrapy has the parser of a robots.txt that was read."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:  # noqa: ARG002  Scrapy's
        """Allow nothing, and say why."""
        raise RobotsUnread(f"robots.txt could not be read ({self.reason}), so nothing is asked for")


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, but strict where a robots.txt fails, lenient where there is none, and slow where it says so.

    Scrapy 2.19 lets through what waits for a robots.txt as the third or later (its Deferred gives its result to one
    waiter alone), so who reads it, and who waits, is settled here.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._read: dict[str, RobotParser | Unread | None] = {}
        self._turns: dict[str, asyncio.Lock] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Give the robots.txt of a request's host, read once; None allows all."""
        parts = urlsplit(request.url)
        async with self._turns.setdefault(parts.netloc, asyncio.Lock()):
            if parts.netloc not in self._read:
                self._read[parts.netloc] = await self._fetched(f"{parts.scheme}://{parts.netloc}/robots.txt")
        return cast("RobotParser | None", self._read[parts.netloc])

    async def _fetched(self, url: str) -> RobotParser | Unread | None:
        """Ask for a robots.txt; a replay whose archive has none asks nobody, and allows all."""
        request = Request(url, NO_CALLBACK, priority=self.DOWNLOAD_PRIORITY, meta={"dont_obey_robotstxt": True})
        try:
            response = await self.crawler.engine.download_async(request)
            return self._parsed(response, url)
        except NotArchived:
            return None
        except Exception as error:  # noqa: BLE001  whatever goes wrong: what cannot be read forbids all
            return Unread(fate_of(error)[1])

    def _parsed(self, response: Response, url: str) -> RobotParser | Unread:
        if unreadable(response.status):
            return Unread(f"HTTP {response.status}")
        body = response.body[:MOST_BYTES] if response.status == OK else b""
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, body)
        hosts = getattr(self.crawler.spider, "hosts", None)
        if hosts and (delay := parser.crawl_delay(self._robotstxt_useragent or "")):
            hosts.of(url).slow_to(delay)
        return parser


def unreadable(status: int) -> bool:
    """Tell the answers that leave open what robots.txt says; any other but 200 says that there is none."""
    return status >= SERVER_ERROR or status == TOO_MANY
