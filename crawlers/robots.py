"""robots.txt as RFC 9309 has it: where it cannot be had, nothing is asked for; its crawl-delay is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser

from crawlers.fates import RobotsUnread, fate_of
from crawlers.replay import NotArchived

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawlers.hosts import Hosts

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
    """Scrapy's middleware, but strict where a robots.txt fails, lenient where there is none, and slow where it says so."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if unreadable(response.status):
            self._settle(netloc, f"HTTP {response.status}")
            return
        body = response.body[:MOST_BYTES] if response.status == OK else b""
        await super()._parse_robots(response.replace(body=body), netloc, request)
        parser, hosts = self._parsers[netloc], self._hosts
        if hosts and isinstance(parser, RobotParser) and (delay := parser.crawl_delay(self._robotstxt_useragent or "")):
            hosts.of(request.url).slow_to(delay)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """Take all to be forbidden; but a replay, whose archive has no robots.txt, asks nobody."""
        if isinstance(exc, NotArchived):
            super()._robots_error(exc, netloc)
        else:
            self._settle(netloc, fate_of(exc)[1])

    def _settle(self, netloc: str, reason: str) -> None:
        waiting, unread = self._parsers[netloc], cast("RobotParser", Unread(reason))
        self._parsers[netloc] = unread
        waiting.callback(unread)  # type: ignore[union-attr]  # the Deferred that Scrapy put there

    @property
    def _hosts(self) -> Hosts | None:
        return getattr(self.crawler.spider, "hosts", None)


def unreadable(status: int) -> bool:
    """Tell the answers that leave open what robots.txt says; any other but 200 says that there is none."""
    return status >= SERVER_ERROR or status == TOO_MANY
