"""Which stories an edition tells, and in what order: by what readers asked for, by weight, and each newsroom in its turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from processing.digest.ranking import points, strength, weight
from processing.model import Series, Standing, Standpoint, Story

NEW_ALWAYS = 3
NEW_AT_MOST = 5
NEW_WEIGHT = 3
"""Weight from which a fourth and a fifth new story are told."""

DEVELOPING_AT_MOST = 10


class Choice(NamedTuple):
    """Stories in their order: those told, and those that pass by."""

    told: list[Standpoint]
    passing: list[Standpoint]


def is_outside(story: Story, series: Series) -> bool:
    """Tell whether a story is outside what the readers of a series asked for."""
    asked = set(series.topics)
    return bool(asked) and not any(
        tag.topic in asked or tag.parent in asked for article in story.articles for tag in article.topics
    )


def in_order(stories: Sequence[Standpoint], series: Series) -> list[Standpoint]:
    """Put what readers asked for before the rest, then order by weight; of one weight, each newsroom's first leads its second.

    A story is a newsroom's own where nobody else reported it. So an outlet of three articles a day is heard beside one of
    three hundred, and no story weighs less or more for it. Of equals, that of more points, more outlets and surer words leads.
    """
    before: Counter[str] = Counter()
    turns: dict[int, int] = {}
    for one in sorted(stories, key=lambda one: _rank(one, series)):
        turns[one.story.id] = 0
        if len(one.newsrooms) == 1:
            turns[one.story.id] = before[one.newsrooms[0].name]
            before[one.newsrooms[0].name] += 1
    return sorted(stories, key=lambda one: (*_tier(one, series), turns[one.story.id], *_rank(one, series)))


def choose(ranked: Sequence[Standpoint], series: Series) -> Choice:
    """Part the stories in order into those told and those passing by; of those outside the topics one is told."""
    outside = [one for one in ranked if is_outside(one.story, series)]
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


def _tier(one: Standpoint, series: Series) -> tuple[bool, int]:
    return is_outside(one.story, series), -weight(one.reasons)


def _rank(one: Standpoint, series: Series) -> tuple[Any, ...]:
    return (
        *_tier(one, series),
        -points(one.reasons),
        -len({article.outlet for article in one.story.articles}),
        -strength(one.story.articles),
        one.story.first_seen_at,
        one.story.id,
    )
