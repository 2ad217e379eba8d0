"""An outlet's declaration: where its articles are listed, how a page of it is read, and who owns it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Ownership(StrEnum):
    """Who stands behind an outlet; state media are marked in the digest."""

    STATE = "state"
    PUBLIC = "public"
    PRIVATE = "private"


class ReadMode(StrEnum):
    """How an outlet may be read: its pages, or its feed alone where it refuses scripts."""

    PAGES = "pages"
    FEED_ONLY = "feed_only"


class ListingKind(StrEnum):
    """What sort of document lists an outlet's articles."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    DATE_INDEX = "date_index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One address that lists articles. `url` of a date index may hold strftime codes (`%Y-%m-%d`)."""

    url: str
    kind: ListingKind
    section: str | None = None
    links: str | None = None
    """CSS of the article links, for a section page or date index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """How one layout of an outlet's page is read.

    Fields are CSS selectors, tried in order; the first that finds text wins.
    """

    body: tuple[str, ...]
    """Containers whose paragraphs are the text (or the paragraphs themselves, when the selector matches several)."""
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    """Visible dates, or `meta[...]` elements; read in the outlet's time zone where they carry none."""
    byline: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    """Elements inside the body that are not the article."""
    drop: tuple[str, ...] = ()
    """Regular expressions (ignoring case, `re.search`) of paragraphs that are not the article."""
    cut_from: tuple[str, ...] = ()
    """Regular expressions of the paragraph at which the article has ended."""
    next_page: str | None = None
    """CSS of the link to the article's next page."""
    until: dt.date | None = None
    """The last day this layout was in use; None for today's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How well a declaration is known: read on the live site, or only from others' documents, and when."""

    verified: bool
    checked: dt.date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One outlet, declared. `name` is its key (`kontan`), `title` what people call it (`Kontan`)."""

    name: str
    title: str
    country: str
    """ISO 3166-1 alpha-2."""
    languages: tuple[str, ...]
    """BCP 47 primary tags, the usual one first."""
    group: str
    """The publisher's group: sister papers count as one newsroom."""
    ownership: Ownership
    timezone: str
    """IANA name; the zone of dates that carry none."""
    hosts: tuple[str, ...]
    """Host names that belong to the outlet; links elsewhere are never followed."""
    listings: tuple[Listing, ...]
    article: str
    """Regular expression that an article's address matches (`re.match` on the whole address)."""
    evidence: Evidence
    exclude: tuple[str, ...] = ()
    """Regular expressions (`re.search`) of addresses that are not articles we read."""
    rules: tuple[PageRules, ...] = ()
    """Page layouts, today's first."""
    dateline: str | None = None
    """Regular expression of what opens the first paragraph; group `place` is the dateline."""
    mode: ReadMode = ReadMode.PAGES
    feed_only_because: str | None = None
    """Why the pages of an outlet of mode FEED_ONLY are left alone."""
    single_page: str | None = None
    """Query (`page=all`) that gives a multi-page article in one."""
    zulu_is_local: bool = False
    """The outlet marks its local time with a `Z`."""
    delay: float = 2.0
    """Seconds between two requests to one host."""
    switched_off: str | None = None
    """Why the outlet is not read unless its operator has permission."""
    ai_refused: str | None = None
    """Why its text is shown to no language model: what its robots.txt or terms say, where that is known to be a refusal."""
