"""Joining: articles that were found relevant become stories, one worker at a time, in the order they were first seen."""

from __future__ import annotations

from datetime import datetime

from desk.steps.opened import load_settings, opened
from processing.model import Arrival
from processing.store import Connection, stories
from processing.store.stories import Joined
from processing.stories import GROUPER, OPEN_FOR, Grouper


def join_stories(*, as_of: datetime) -> dict[str, int]:
    """Join every relevant article that has no story; gives how many were joined and how many stories began.

    Articles that have a story keep it: they are read to know what the open stories tell, and not decided again.
    """
    with opened(load_settings()) as connection:
        stories.lock(connection)
        waiting = stories.unjoined(connection, as_of)
        if not waiting:
            return {"joined": 0, "begun": 0}
        since = min(arrival.at for arrival in waiting if arrival.at is not None) - 2 * OPEN_FOR
        before = stories.joined(connection, since, as_of)
        return {"joined": len(waiting), "begun": _join(connection, before, waiting)}


def _join(connection: Connection, before: list[Joined], waiting: list[Arrival]) -> int:
    """Join what waits to the open stories; gives how many new ones that took."""
    grouper = Grouper()
    ids: dict[str, int] = {}
    for known in before:
        ids[f"story {known.story}"] = known.story
        grouper.restore(known.arrival, f"story {known.story}")
    begun = len(ids)
    for arrival in waiting:
        assert arrival.at is not None  # the store knows when each was first seen
        assignment = grouper.add(arrival)
        if assignment.story not in ids:
            ids[assignment.story] = stories.begin(connection, arrival.at)
        stories.join(
            connection,
            int(arrival.id),
            ids[assignment.story],
            at=arrival.at,
            duplicate_of=int(assignment.duplicate_of) if assignment.duplicate_of else None,
            score=assignment.score,
            by=GROUPER,
        )
    return len(ids) - begun
