"""What may be chosen on a form, by name, and how a form's texts become a choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from processing.digest.words import LANGUAGES
from processing.entities import label_in
from processing.entities.countries import countries
from processing.entities.entries import entries
from processing.phrases import fold
from processing.store.readers import Choice
from processing.topics.taxonomy import taxonomy

INDONESIA = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
"""WIB, WITA and WIT: first among the zones."""

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
OFFERED = ("place", "force")
"""Kinds of entities that the field for watched names suggests; it takes those of any kind."""

WATCHED_AT_MOST = 200
SUGGESTED = 3

_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)")


class Wrong(Exception):
    """A field that cannot be taken as it is: the label that says why, and what fills it."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A choice as it was typed."""

    language: str
    timezone: str
    send_at: str
    weekdays: Sequence[int]
    topics: Sequence[str]
    watched: Sequence[str] = ()
    """Ids of entities watched already, that stay."""
    added: str = ""
    """Names of more, parted by commas."""
    desks: Sequence[str] = ()

    @classmethod
    def of(cls, choice: Choice) -> Draft:
        """Write a choice as the form shows it."""
        return cls(
            language=choice.language,
            timezone=choice.timezone,
            send_at=f"{choice.send_at:%H:%M}",
            weekdays=choice.weekdays,
            topics=choice.topics,
            watched=choice.watched,
            desks=choice.desks,
        )

    def read(self, desks: Iterable[str] = ()) -> Choice:
        """Give the choice that is meant, of these desks; raises Wrong for the first field that cannot be taken."""
        known = self.language in LANGUAGES and self.timezone in available_timezones()
        if not known or not set(self.desks) <= set(desks):
            raise Wrong("wrong_other")
        days = tuple(sorted({day for day in self.weekdays if day in range(1, 8)}))
        if not days:
            raise Wrong("wrong_days")
        watched = dict.fromkeys(
            [*(id_ for id_ in self.watched if label_in("en", id_)), *_ids(self.added, self.language)]
        )
        if len(watched) > WATCHED_AT_MOST:
            raise Wrong("wrong_many", most=WATCHED_AT_MOST)
        return Choice(
            language=self.language,
            timezone=self.timezone,
            send_at=clock(self.send_at),
            weekdays=days,
            topics=tuple(code for code in taxonomy().topics if code in self.topics),
            watched=tuple(watched),
            desks=tuple(self.desks),
        )


def clock(text: str) -> time:
    """Read an hour and minute; raises Wrong where it is none."""
    match = _CLOCK.fullmatch(text.strip())
    try:
        return time(int(match[1]), int(match[2])) if match else time.fromisoformat("")
    except ValueError:
        raise Wrong("wrong_time", text=text[:20]) from None


@cache
def zones() -> Mapping[str, Sequence[str]]:
    """Give the time zones that are offered, by region; Indonesia's stand apart, first."""
    others = sorted(available_timezones() - set(INDONESIA))
    return {region: [zone for zone in others if zone.startswith(f"{region}/")] for region in REGIONS}


@cache
def offered(language: str) -> Sequence[str]:
    """Give the names of places and forces that are suggested, in a language, sorted."""
    return sorted({entry.labels[language] for entry in entries() if entry.kind in OFFERED}, key=str.casefold)


def _ids(names: str, language: str) -> Iterable[str]:
    """Find each name in the gazetteer; raises Wrong for one that it does not have, with those that are like it."""
    for name in (part.strip() for part in names.split(",")):
        if not name:
            continue
        id_ = _known().get(fold(name).casefold())
        if id_ is None:
            near = get_close_matches(fold(name).casefold(), _known(), SUGGESTED)
            like = list(dict.fromkeys(label_in(language, _known()[one]) or one for one in near))
            raise Wrong("wrong_watched_like" if like else "wrong_watched", name=name[:60], like=", ".join(like))
        yield id_


@cache
def _known() -> Mapping[str, str]:
    """Give the id of each name that the gazetteer has, in either language; of several with one name the first."""
    found: dict[str, str] = {}
    for entry in (*countries(), *entries()):
        for name in (*entry.labels.values(), *(name for _, name in entry.names)):
            found.setdefault(fold(name).casefold(), entry.id)
    return found
