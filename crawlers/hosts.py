"""Manners towards hosts: each is asked one thing at a time, a delay apart, and left alone when it asks for that."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

MOST_DELAY = 30.0
"""Seconds between two requests that a crawl-delay can ask for; with more, a crawl of ten minutes would bring nothing."""

MOST_WAIT = 60.0
"""Seconds that a crawl waits for one host; what a host that asks for more still owes is left for the next crawl."""

MOST_TROUBLES = 10
"""Troubles (429, 5xx, no answer) in a row after which a host is left alone."""

MOST_REFUSALS = 10
"""Refusals (401, 403, 451, challenge pages) in a row after which a host is left alone."""

STEP = 0.2
"""Seconds after which who waits for a host looks whether the crawl has been stopped."""


class HostShut(IgnoreRequest):
    """The host is left alone until the next crawl."""


class Stopped(IgnoreRequest):
    """The crawl was stopped before this was asked for."""


class Host:
    """One host, and how it is to be treated."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        """Seconds between an answer and the next request."""
        self.shut = ""
        """Why nothing more is asked of it in this crawl."""
        self._free_at = 0.0
        self._troubles = self._refusals = 0
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, stopped: Callable[[], bool]) -> AsyncIterator[Host]:
        """Wait for the host to be free, and hold it while it is asked. Raises HostShut or Stopped instead."""
        async with self._turn:
            while True:
                if stopped():
                    raise Stopped("the crawl was stopped")
                if self.shut:
                    raise HostShut(f"left for the next crawl: {self.shut}")
                if (wait := self._free_at - monotonic()) <= 0:
                    break
                await asyncio.sleep(min(wait, STEP))
            try:
                yield self
            finally:
                self._free_at = max(self._free_at, monotonic() + self.delay)

    def slow_to(self, delay: float) -> None:
        """Keep the crawl-delay of its robots.txt, within MOST_DELAY; it never makes us faster."""
        self.delay = max(self.delay, min(delay, MOST_DELAY))
        self._free_at = max(self._free_at, monotonic() + self.delay)

    def trouble(self, what: str, asked: float | None) -> None:
        """Back off: as long as the host `asked` (seconds of Retry-After), else twice as long with each trouble in a row."""
        self._troubles += 1
        pause = asked if asked is not None else min(self.delay * 2**self._troubles, MOST_WAIT)
        self._free_at = max(self._free_at, monotonic() + min(pause, MOST_WAIT))
        if pause > MOST_WAIT:
            self.shut = f"the host wants to be left alone for {pause:.0f} seconds ({what})"
        elif self._troubles >= MOST_TROUBLES:
            self.shut = f"the host failed {self._troubles} times in a row (the last time: {what})"

    def refusal(self, what: str) -> None:
        """Count an answer that refuses us; it is not asked for again, and a host that gives nothing else is left alone."""
        self._refusals += 1
        if self._refusals >= MOST_REFUSALS:
            self.shut = f"the host refused {self._refusals} requests in a row ({what})"

    def well(self) -> None:
        """Note an answer that is none of these."""
        self._troubles = self._refusals = 0


class Hosts:
    """The hosts of one crawl, by name; no more is asked of any of them once it is stopped or its time is up."""

    def __init__(self, *, delay: float, seconds: float, stopped: Callable[[], bool]) -> None:
        self._delay = delay
        self._ends_at = monotonic() + seconds
        self._stopped = stopped
        self._hosts: dict[str, Host] = {}

    def of(self, url: str) -> Host:
        """Give the host of an address."""
        return self._hosts.setdefault(urlsplit(url).hostname or "", Host(self._delay))

    def turn(self, url: str) -> AbstractAsyncContextManager[Host]:
        """Wait for the turn of an address, and hold its host meanwhile."""
        return self.of(url).turn(lambda: self._stopped() or monotonic() > self._ends_at)
