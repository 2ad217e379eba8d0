"""What the articles that wait do to the stories: which story each joins, which it copies, and which stories are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from processing.model import Assignment, Placed
from processing.stories import Grouper

KNOWN = "story "
"""Begins the name, while joining, of a story that the store knows; a new one is named by its first article."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write down. Stories are named by `known`, or by the id of their first article where they are new."""

    assignments: tuple[Assignment, ...]
    """Of what waited, in the order of arrival."""
    merges: tuple[tuple[int, int], ...]
    """Known stories that are one, as an article shows that came late."""
    folds: Mapping[str, str | None]
    """Which article those copy from now on whose first telling came late."""


def known(story: int) -> str:
    """Name a story of the store."""
    return f"{KNOWN}{story}"


def plan(placed: Sequence[Placed]) -> Plan:
    """Decide the story of each article that waits, all given in the order of arrival; what has a story keeps it.

    A late article (one before which others were decided) joins as all do. Where all articles, decided anew in the order
    in which they arrived, would have put whole stories together by it, these are named for merging.
    """
    grouper = Grouper()
    for one in placed:
        if one.story is not None:
            grouper.restore(one.arrival, known(one.story))
    assignments = [grouper.add(one.arrival) for one in placed if one.story is None]
    story_of = {one.arrival.id: known(one.story) for one in placed if one.story is not None}
    story_of |= {assignment.id: assignment.story for assignment in assignments}
    renamed, merges = _one(_alike(placed, story_of))
    firsts = _firsts(placed, assignments)
    return Plan(
        assignments=tuple(
            Assignment(
                id=given.id,
                story=renamed.get(given.story, given.story),
                duplicate_of=firsts.get(given.id, given.duplicate_of),
                score=given.score,
            )
            for given in assignments
        ),
        merges=merges,
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
    """Give the stories that late articles would have made one, had all come in order: such as are in it whole.

    None, where texts were let go: by their leads alone 11 stories of the Indonesian story corpus would be merged with others
    when 59 of its 585 articles come late, by the whole texts none (tests/processing/test_joining.py).
    """
    late = _late(placed)
    if not late or not all(one.whole for one in placed):
        return []
    grouper = Grouper()
    in_order = {one.arrival.id: grouper.add(one.arrival).story for one in placed}
    replayed: defaultdict[str, set[str]] = defaultdict(set)
    for article, story in story_of.items():
        replayed[story].add(in_order[article])
    return [
        [story for story, wholes in replayed.items() if wholes == {whole}]
        for whole in dict.fromkeys(in_order[article] for article in late)
    ]


def _one(alike: Iterable[Sequence[str]]) -> tuple[dict[str, str], tuple[tuple[int, int], ...]]:
    """Part stories that are one into new ones, which take the name of the first, and known ones, which are merged."""
    renamed: dict[str, str] = {}
    merges: list[tuple[int, int]] = []
    for stories in alike:
        stored = [story for story in stories if story.startswith(KNOWN)]
        first = (stored or list(stories) or [""])[0]
        renamed |= {story: first for story in stories if story not in stored}
        merges += [(_number(first), _number(other)) for other in stored[1:]]
    return renamed, tuple(merges)


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
