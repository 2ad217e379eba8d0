"""A story as an edition tells it: headline, extracts, reasons, and who carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An article as a reader is sent to it. All text is plain, the link is https or None."""

    title: str
    url: str | None
    outlet: str
    """As people call it."""
    language: str
    state_media: bool = False


class Wording(StrEnum):
    """Whose words an extract is in."""

    OWN = "own"
    """The article's."""
    SHORTENED = "shortened"
    """A language model's, in the article's language; checked against the article's."""
    TRANSLATED = "translated"
    """A language model's, in the readers' language; checked against the article's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """At most two sentences of an article: in its own words, unless `wording` says otherwise."""

    text: str
    source: Reference
    wording: Wording = Wording.OWN
    model: str = ""
    """The language model that worded it; empty of the article's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a story is here: `key` names the sentence, `values` fill it, `points` is what it adds to the weight."""

    key: str
    points: float
    values: Mapping[str, str | int] = field(default_factory=dict)


class Standing(StrEnum):
    """What a story is to the readers of a series."""

    NEW = "new"
    DEVELOPING = "developing"
    QUIET = "quiet"
    """Nothing new since the last edition, or nobody has told of it for three days: no edition tells it."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A newsroom whose report several outlets pass on: they count as one."""

    source: str
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One story as an edition tells it."""

    story: int
    standing: Standing
    headline: Reference
    summary: tuple[Extract, ...]
    """Of a new story its lead; of a developing story only what is new."""
    weight: int
    """1 to 5, the sum of the reasons' points."""
    reasons: tuple[Reason, ...]
    """All that the weight is made of."""
    topics: tuple[str, ...]
    """Labels, strongest first."""
    entities: tuple[str, ...]
    """Labels, most named first."""
    first_seen_at: datetime
    first_outlet: str
    origin: str | None
    """The source (Reuters) that all of its articles point to."""
    carriers: tuple[Reference, ...]
    """One article an outlet, oldest first."""
    newsrooms: int
    """Independent ones."""
    articles: int
    added: int
    """Articles that no earlier edition counted."""
    day: int
    """1 on the local day it was first seen."""
    outside: bool = False
    """Outside the series' topics, here for its weight."""
    keywords: tuple[str, ...] = ()
    """The terms that told its topic best."""
    folded: Folded | None = None
    """The newsroom that most outlets only pass on."""
