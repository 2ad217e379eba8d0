"""What a crawl is asked (`Job`), what it gives back (`CrawlResult`), and the fate of each fetch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class FetchKind(StrEnum):
    """What was fetched."""

    ROBOTS = "robots"
    FEED = "feed"
    SITEMAP = "sitemap"
    INDEX = "index"
    """A section page or date index."""
    PAGE = "page"


class Fate(StrEnum):
    """What became of a fetch; every fetch ends with exactly one.

    STORED: kept (a new article, or a robots.txt, feed, sitemap or index that was read).
    REVISED: a known article with a new text.
    DUPLICATE: its article was already taken from another fetch of the run.
    UNCHANGED: 304, or a known article with the same text.
    """

    STORED = "stored"
    REVISED = "revised"
    DUPLICATE = "duplicate"
    UNCHANGED = "unchanged"
    DISALLOWED = "disallowed"
    FAILED = "failed"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


FORBIDDEN = "robots.txt forbids it"
"""The reason of a disallowed fetch where robots.txt was read; where it could not be had, the reason says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What makes the next request for an address conditional (RFC 9110)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much one crawl may take."""

    pages: int = 200
    bytes_each: int = 8_000_000
    seconds: int = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A crawl to do, handed to the spider as `job.json`."""

    outlet: str
    as_of: datetime
    warc: str
    """Path of the WARC file to write (`.warc.gz`); it stands as `.open` until the crawl ends."""
    result: str
    """Path of `result.json` to write."""
    user_agent: str
    known: frozenset[str] = frozenset()
    """Canonical addresses already in the store: not fetched again."""
    seen: dict[str, datetime] = field(default_factory=dict)
    """When those were last had; one that a listing says has changed since is asked for again, conditionally."""
    validators: dict[str, Validators] = field(default_factory=dict)
    bounds: Bounds = Bounds()
    replay: str | None = None
    """WARC file, or folder of them, that answers instead of the network."""
    private_hosts: frozenset[str] = frozenset()
    """Hosts that may be connected to though their addresses are not public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Where one WARC response record lies."""

    id: str
    """WARC-Record-ID, a URN."""
    offset: int
    length: int
    sha256: str
    """Of the payload, hexadecimal."""
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One request and what came of it. `fate` is None where processing has yet to decide."""

    url: str
    kind: FetchKind
    canonical_url: str
    status: int | None = None
    record: Record | None = None
    bytes: int = 0
    milliseconds: int = 0
    article_url: str | None = None
    """Canonical address of the article this page is part of."""
    part: int = 1
    """1 for an article's first page."""
    more: bool = False
    """The page links to a next part."""
    validators: Validators = Validators()
    fate: Fate | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a crawl cost and gave, in numbers; second tries and redirects are counted among the answers."""

    pages: dict[str, int] = field(default_factory=dict)
    """Pages by fate; `fetched` are those that processing has yet to judge."""
    answers: dict[int, int] = field(default_factory=dict)
    """Answers by HTTP status."""
    bytes: int = 0
    """Of all answers' bodies, as they came."""
    seconds: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """What a crawl gave, read from `result.json`."""

    outlet: str
    as_of: datetime
    warc: str
    finish_reason: str
    """Scrapy's; `finished` when it ran to its end."""
    fetches: tuple[Fetch, ...] = ()
    problems: tuple[str, ...] = ()
    """Sentences that make the run red: nothing found where something was due, a broken feed, an error in the spider."""
    totals: Totals = Totals()
