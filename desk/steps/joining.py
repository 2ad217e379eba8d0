"""Joining: articles that were found relevant become stories, one worker at a time, in the order they were first seen."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from desk.steps.opened import load_settings, opened
from processing.joining import known, plan
from processing.model import Assignment, Placed
from processing.store import Connection, stories, story_changes
from processing.stories import GROUPER, OPEN_FOR

BEFORE = AFTER = 2 * OPEN_FOR
"""How far around the first article that waits others are read: a story open then, and all that it was open with."""


def join_stories(*, as_of: datetime) -> dict[str, int]:
    """Join every relevant article that has no story; counts those joined, stories begun, and stories found to be one.

    Articles that have a story keep it: they are read to know what the open stories tell, and not decided again. What waits
    is taken a window at a time, so that old articles that come in late cost no more memory than new ones.
    """
    counts = Counter(joined=0, begun=0, merged=0)
    with opened(load_settings()) as connection:
        stories.lock(connection)
        while first := stories.waits_since(connection, as_of):
            placed = stories.placed(connection, first - BEFORE, min(first + AFTER, as_of), as_of)
            decided = plan(placed, story_changes.parted(connection))
            counts["joined"] += len(decided.assignments)
            counts["begun"] += _join(connection, placed, decided.assignments)
            for article, original in decided.folds.items():
                stories.fold(connection, int(article), int(original) if original else None)
            for story, other, reason in decided.merges:
                story_changes.merge(connection, (story, other), at=as_of, reason=reason)
            counts["merged"] += len(decided.merges)
    return dict(counts)


def _join(connection: Connection, placed: list[Placed], assignments: tuple[Assignment, ...]) -> int:
    """Write down what was decided; gives how many stories began."""
    ids = {known(one.story): one.story for one in placed if one.story is not None}
    seen = {one.arrival.id: one.arrival.at for one in placed}
    begun = 0
    for assignment in assignments:
        at = seen[assignment.id]
        assert at is not None  # the store knows when each was first seen
        if assignment.story not in ids:
            ids[assignment.story] = stories.begin(connection, at)
            begun += 1
        stories.join(
            connection,
            int(assignment.id),
            ids[assignment.story],
            at=at,
            duplicate_of=int(assignment.duplicate_of) if assignment.duplicate_of else None,
            score=assignment.score,
            by=GROUPER,
        )
    return begun
