"""What the articles that wait do to the stories: which story each joins, which it copies, and which stories are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import NamedTuple

from processing.model import Assignment, Placed
from processing.stories import Grouper, Redirects, grouped

KNOWN = "story "
"""Begins the name, while joining, of a story that the store knows; a new one is named by its first article."""

LATE = "an article that came late tells that they are one"
TOGETHER = "what their articles tell is one event"
"""Why joining merges stories."""


class Merge(NamedTuple):
    """Known stories that are one, and why."""

    story: int
    other: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write down. Stories are named by `known`, or by the id of their first article where they are new."""

    assignments: tuple[Assignment, ...]
    """Of what waited, in the order of arrival."""
    merges: tuple[Merge, ...]
    folds: Mapping[str, str | None]
    """Which article those copy from now on whose first telling came late."""


def known(story: int) -> str:
    """Name a story of the store."""
    return f"{KNOWN}{story}"


def plan(placed: Sequence[Placed], apart: Iterable[tuple[int, int]] = ()) -> Plan:
    """Decide the story of each article that waits, all given in the order of arrival; what has a story keeps it.

    Stories that prove to be one as they grow are named for merging, but for those that a person has parted. A late article
    (one before which others were decided) joins as all do; where all articles, decided anew in the order in which they
    arrived, would have put whole stories together by it, these are named for merging too. None are, where texts were let go:
    by their leads alone 8 stories of the Indonesian story corpus would be merged with others when 59 of its 585 articles come
    late, by the whole texts none (tests/processing/test_joining.py).
    """
    parted, whole = {frozenset(map(known, pair)) for pair in apart}, all(one.whole for one in placed)
    grouper = Grouper(apart=parted, merging=whole)
    for one in placed:
        if one.story is not None:
            grouper.restore(one.arrival, known(one.story))
    assignments = [grouper.add(one.arrival) for one in placed if one.story is None]
    names = Redirects()
    merges: list[Merge] = []
    for given in assignments:
        merges += _unite([given.story, *given.merged], names, parted, TOGETHER)
    story_of = {one.arrival.id: known(one.story) for one in placed if one.story is not None}
    story_of |= {given.id: given.story for given in assignments}
    story_of = {article: names[story] for article, story in story_of.items()}
    for alike in _alike(placed, story_of) if whole else ():
        merges += _unite(alike, names, parted, LATE)
    firsts = _firsts(placed, assignments)
    return Plan(
        assignments=tuple(
            replace(given, story=names[given.story], duplicate_of=firsts.get(given.id, given.duplicate_of), merged=())
            for given in assignments
        ),
        merges=tuple(merges),
        folds={
            one.arrival.id: firsts[one.arrival.id]
            for one in placed
            if one.story is not None and firsts.get(one.arrival.id, one.duplicate_of) != one.duplicate_of
        },
    )


def _late(placed: Sequence[Placed]) -> list[str]:
    """Give the ids of what waits before something that was decided already."""
    last = max((place for place, one in enumerate(placed) if one.story is not None), default=-1)
    return [one.arrival.id for one in placed[: last + 1] if one.story is None]


def _alike(placed: Sequence[Placed], story_of: Mapping[str, str]) -> list[list[str]]:
    """Give the stories that late articles would have made one, had all come in order: such as are in it whole."""
    late = _late(placed)
    if not late:
        return []
    in_order = grouped((one.arrival for one in placed), Grouper())
    replayed: defaultdict[str, set[str]] = defaultdict(set)
    for article, story in story_of.items():
        replayed[story].add(in_order[article])
    return [
        [story for story, wholes in replayed.items() if wholes == {whole}]
        for whole in dict.fromkeys(in_order[article] for article in late)
    ]


def _unite(
    stories: Iterable[str], names: Redirects, parted: AbstractSet[AbstractSet[str]], reason: str
) -> Iterator[Merge]:
    """Give all of some stories one name, that of the first known one, and name the other known ones for merging."""
    now = list(dict.fromkeys(names[story] for story in stories))
    first = next((story for story in now if story.startswith(KNOWN)), now[0] if now else "")
    for other in now:
        if other != first and not names.parted(parted, first, other):
            names.lead((other,), first)
            if other.startswith(KNOWN):
                yield Merge(_number(first), _number(other), reason)


def _number(story: str) -> int:
    return int(story.removeprefix(KNOWN))


def _firsts(placed: Sequence[Placed], assignments: Iterable[Assignment]) -> dict[str, str | None]:
    """Fold the copies of each text that just came under the one that arrived first; None for that one itself."""
    copied = {one.arrival.id: one.duplicate_of for one in placed if one.story is not None}
    copied |= {assignment.id: assignment.duplicate_of for assignment in assignments}
    place = {one.arrival.id: number for number, one in enumerate(placed)}
    families: defaultdict[str, set[str]] = defaultdict(set)
    for article in copied:
        families[_root(article, copied)] |= {article, _root(article, copied)}
    news = {assignment.id for assignment in assignments}
    firsts: dict[str, str | None] = {}
    for family in families.values():
        if len(family) > 1 and family & news:
            first = min(family, key=lambda article: place.get(article, -1))
            firsts |= {article: None if article == first else first for article in family}
    return firsts


def _root(article: str, copied: Mapping[str, str | None]) -> str:
    seen = {article}
    while (original := copied.get(article)) is not None and original not in seen:
        article = original
        seen.add(article)
    return article
