"""An edition: everything a reader sees of one digest, as data; words and layout come when it is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from processing.model.card import Card, Reference
from processing.model.reading import CarrierRow, Coverage, TrendLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A digest that comes again and again: a desk's topics, language, zone and hour."""

    name: str
    """Its key, lower-case letters, digits and hyphens: it stands in addresses and in List-ID."""
    title: str
    language: str = "id"
    """Of labels and dates: `id` or `en`."""
    timezone: str = "Asia/Jakarta"
    send_at: time = time(6)
    """In `timezone`."""
    weekdays: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    """ISO: Monday is 1."""
    topics: tuple[str, ...] = ()
    """Codes that its readers asked for; empty means all."""
    watched: tuple[str, ...] = ()
    """Ids of entities (places, forces, people) that its readers watch."""
    active: bool = True
    kind: str = "desk"
    """`desk`, or `personal`: made of readers' own choices, and listed in no archive."""
    id: int = 0
    """In the store; 0 for a series not yet kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A story that is told by its title alone."""

    story: int
    headline: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An article that earlier editions of the series showed, and that its outlet has corrected or withdrawn since."""

    kind: str
    """`corrected` or `withdrawn`."""
    headline: Reference
    """As it stands now; of a withdrawn article as it stood, without a link."""
    before: str
    """The headline that readers were shown."""
    note: str = ""
    """What changed, in the article's own words."""
    story: int | None = None


class Condition(StrEnum):
    """What sort of day it was: `quiet` has no story to tell, `broken` was not read."""

    NORMAL = "normal"
    QUIET = "quiet"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One digest of a series, up to a cut-off."""

    series: Series
    cutoff: datetime
    previous_cutoff: datetime | None
    condition: Condition
    new: tuple[Card, ...]
    developing: tuple[Card, ...]
    also_seen: tuple[Mention, ...]
    new_count: int
    """New stories that were found, told or not."""
    developing_count: int
    coverage: Coverage
    trend: tuple[TrendLine, ...]
    carriers: tuple[CarrierRow, ...]
    topics: tuple[str, ...]
    """Labels of the series' topics; empty means all."""
    shown: Mapping[int, tuple[int, ...]]
    """Story to the articles of it that readers now know of."""
    main_topic: tuple[str, int] | None = None
    """The topic that is the first of most stories found, by its label, and of how many."""
    left_out: int = 0
    """Stories that were found but not told, not even by their title."""
    corrections: tuple[Correction, ...] = ()
    """What readers were told before and is not so: it stands at the top."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """The stories told, in their order."""
        return self.new + self.developing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The parts of an edition's message; `edition` is what they tell, shortened where all of it would have been too large."""

    subject: str
    text: str
    html: str
    edition: Edition
