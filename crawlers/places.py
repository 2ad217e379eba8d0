"""What a listing gives: places, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MOST_PLACES = 5_000
"""Places of one listing; the longest that outlets give have a thousand."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address that a listing gave, when it was published (or changed, where only that is said), and when changed."""

    url: str
    at: datetime | None = None
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one listing gave: articles, further sitemaps, and what is wrong with it (in words, or nothing)."""

    articles: tuple[Place, ...] = ()
    sitemaps: tuple[str, ...] = ()
    fault: str = ""
