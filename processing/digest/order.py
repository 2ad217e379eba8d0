"""Which stories an edition tells, and in what order: by what readers asked for, by weight, and each newsroom in its turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from processing.digest.ranking import points, weight
from processing.model import Series, Standing, Standpoint

NEW_ALWAYS = 3
NEW_AT_MOST = 5
NEW_WEIGHT = 3
"""Weight from which a fourth and a fifth new story are told."""

DEVELOPING_AT_MOST = 10


class Choice(NamedTuple):
    """Stories in their order: those told, and those that pass by."""

    told: list[Standpoint]
    passing: list[Standpoint]


def is_outside(topics: Sequence[str], series: Series) -> bool:
    """Tell whether a story of these topics and parents of topics is outside what the readers of a series asked for."""
    return bool(series.topics) and not any(topic in series.topics for topic in topics)


def in_order(stories: Sequence[Standpoint], series: Series) -> list[Standpoint]:
    """Put what readers asked for before the rest, then order by weight; of one weight, each newsroom's first leads its second.

    A story is a newsroom's own where nobody else reported it. So an outlet of three articles a day is heard beside one of
    three hundred, and no story weighs less or more for it. Of equals, that of more points, more outlets and surer words leads.
    """
    ranks = {one.story.id: _rank(one, series) for one in stories}
    before: Counter[str] = Counter()
    turns: dict[int, int] = {}
    for one in sorted(stories, key=lambda one: ranks[one.story.id]):
        turns[one.story.id] = 0
        if len(one.newsrooms) == 1:
            turns[one.story.id] = before[one.newsrooms[0].name]
            before[one.newsrooms[0].name] += 1

    def place(one: Standpoint) -> tuple[Any, ...]:
        tier, rank = ranks[one.story.id]
        return tier, turns[one.story.id], rank

    return sorted(stories, key=place)


def choose(ranked: Sequence[Standpoint], series: Series) -> Choice:
    """Part the stories in order into those told and those passing by; of those outside the topics one is told."""
    outside = [one for one in ranked if is_outside(one.topics, series)]
    skipped = {one.story.id for one in outside[1:]}
    eligible = [one for one in ranked if one.story.id not in skipped]
    new = [one for one in eligible if one.standing is Standing.NEW]
    told = new[:NEW_ALWAYS]
    told += [one for one in new[NEW_ALWAYS:NEW_AT_MOST] if weight(one.reasons) >= NEW_WEIGHT]
    if (foremost := new[-1:]) and outside[:1] == foremost and foremost[0] is not told[-1]:
        told[NEW_AT_MOST - 1 :] = foremost
    told += [one for one in eligible if one.standing is Standing.DEVELOPING][:DEVELOPING_AT_MOST]
    named = {one.story.id for one in told}
    return Choice(told, [one for one in ranked if one.story.id not in named])


def _rank(one: Standpoint, series: Series) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Give what sorts stories: by what was asked for and weight, and those of one weight."""
    tier = is_outside(one.topics, series), -weight(one.reasons)
    return tier, (-points(one.reasons), -one.outlets, -one.strength, one.story.first_seen_at, one.story.id)
