"""How much late arrival changes: `python benchmarks/late_arrival.py --data DIR` joins the Indonesian story corpus twice.

Once in order, and once a day at a time with a share of the articles coming in with the next day's, as `pantau process`
joins them. Prints the B-cubed F1 of the second against the first: 1.000 where no story differs.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from benchmarks.story_measures import b_cubed
from benchmarks.story_sets import loaded
from processing.joining import known, plan
from processing.model import Arrival, Placed
from processing.stories import OPEN_FOR, Grouper, grouped

SEED = 1
A_DAY = 100
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def arrivals(path: Path) -> list[Arrival]:
    """Read the corpus in the order of its file, A_DAY articles a day: many of its dates are wanting."""
    return [
        Arrival(
            id=str(number),
            title=row["title"],
            text=row["text"],
            at=BEGIN + number * timedelta(days=1) / A_DAY,
            language=row.get("lang") or "id",
        )
        for number, row in enumerate(loaded(path))
    ]


def in_order(given: list[Arrival]) -> dict[str, str]:
    """Join as they come."""
    return grouped(given, Grouper())


def with_late(given: list[Arrival], share: float) -> dict[str, str]:
    """Join a day at a time, a share of each day's articles with the next day's."""
    chance = random.Random(SEED)
    batches: defaultdict[object, list[Arrival]] = defaultdict(list)
    for day, ones in groupby(given, key=lambda one: one.at.date()):  # type: ignore[union-attr]
        for one in ones:
            batches[day + timedelta(days=chance.random() < share)].append(one)
    story_of: dict[str, int] = {}
    copies: dict[str, str | None] = {}
    seen: list[Arrival] = []
    for day in sorted(batches):  # type: ignore[type-var]
        first = min(one.at for one in batches[day] if one.at)
        seen = sorted([*seen, *batches[day]], key=lambda one: int(one.id))
        window = [one for one in seen if one.at and one.at >= first - 2 * OPEN_FOR]
        decided = plan([Placed(one, story_of.get(one.id), copies.get(one.id)) for one in window])
        ids = {known(story): story for story in set(story_of.values())}
        for assignment in decided.assignments:
            story_of[assignment.id] = ids.setdefault(assignment.story, int(assignment.id))
            copies[assignment.id] = assignment.duplicate_of
        copies |= decided.folds
        for kept, other, _ in decided.merges:
            story_of |= {article: kept for article, story in story_of.items() if story == other}
    return {article: str(story) for article, story in story_of.items()}


def main() -> None:
    """Print a line a share of late articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=None, help="Articles, the earliest.")
    options = parser.parse_args()
    given = arrivals(options.data / "indonesian.jsonl")[: options.limit]
    ordered = in_order(given)
    for share in (0.0, 0.1, 0.3):
        f1 = b_cubed(ordered, with_late(given, share), list(ordered))[2]
        print(f"{share:.0%} late: {f1:.3f} of {len(given)} articles", flush=True)


if __name__ == "__main__":
    main()
