"""How far a stream of articles has come, though dates may be wrong, wanting or out of order."""

from __future__ import annotations

from datetime import datetime, timedelta

BLOCK = 1000
"""Articles whose earliest date tells the time: one date in the future moves nothing, one in the past holds up one block."""

STEP = timedelta(days=1)
"""Least move that is told: what is done then costs as much as the whole window holds."""


class Clock:
    """Tells the time by the dates of the articles themselves; no date before it is to be expected."""

    def __init__(self) -> None:
        self.now: datetime | None = None
        self.last: datetime | None = None
        """The date of the last article that had one: near enough for one that has none."""
        self._block: list[datetime] = []

    def tick(self, at: datetime | None) -> bool:
        """Take in an article's date, or that it has none; true where the clock moved on."""
        if at is not None:
            self.last = at
            self._block.append(at)
        if len(self._block) < BLOCK:
            return False
        earliest = min(self._block)
        self._block.clear()
        if self.now is not None and earliest < self.now + STEP:
            return False
        self.now = earliest
        return True
