"""What was read for an edition, from whom, and what the figures of the day say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ProblemKind(StrEnum):
    """What ails an outlet."""

    FAILED = "failed"
    """Its crawl ran into problems or broke off."""
    STOPPED = "stopped"
    """It was read, and by its own history should have published long ago."""
    SILENT = "silent"
    """It was read and gave no article, and there is no history to tell whether that is usual."""
    UNREAD = "unread"
    """No crawl of it came in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletProblem:
    """An outlet that is not well; `usual` is its mean of articles a day where history tells."""

    outlet: str
    kind: ProblemKind
    articles: int = 0
    usual: float | None = None
    since: datetime | None = None
    """Of one that has stopped: when its last article was published."""
    sentences: tuple[str, ...] = ()
    """What the crawl said, for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was read for an edition, and from whom."""

    articles: int
    outlets: int
    healthy: int
    problems: tuple[OutletProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """Articles on a topic in the 24 hours before the cut-off; `usual` is the mean of the seven days before."""

    topic: str
    """Its label."""
    articles: int
    usual: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierRow:
    """How many articles an outlet has on each of an edition's first stories, in their order."""

    outlet: str
    state_media: bool
    counts: tuple[int, ...]
