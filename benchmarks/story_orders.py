"""How much what comes out hangs on the order in which articles come.

    python benchmarks/story_orders.py --data ../shared/corpus/stories [--by-blocks 40 --by-date 40]

Prints precision, recall and F1 of "same" pairs across languages over ten orders of their articles, or so many: six by blocks of
the file, shuffled, and four by date, articles of one day shuffled. An article without a date comes with the one before it in
the file. F1 of orders of one kind has a standard deviation of .05, so more orders tell a small change better.
Then the pairwise F1 of late arrival against arrival in order, on those of these articles that have a date.
"""

from __future__ import annotations

import argparse
import random
from datetime import timedelta
from pathlib import Path

from benchmarks.story_measures import Score, mean_score, pairwise, same_pairs
from benchmarks.story_sets import crosslingual, loaded
from processing.model import Arrival
from processing.stories import Grouper, grouped

BLOCK = 10
"""Articles that stay together in the orders by blocks: an affair has nine in the mean, so most are cut."""

BY_BLOCKS, BY_DATE = 6, 4
"""Orders of either kind."""

LATE, SHUFFLES = (6, 24), 5
"""Hours within which articles come late, and how often that is tried."""


def by_blocks(coming: list[Arrival], seed: int) -> list[Arrival]:
    """Shuffle blocks of articles; within one they stay in order."""
    blocks = [coming[at : at + BLOCK] for at in range(0, len(coming), BLOCK)]
    random.Random(seed).shuffle(blocks)
    return [one for block in blocks for one in block]


def by_date(coming: list[Arrival], seed: int) -> list[Arrival]:
    """Put articles in order of date, those of one day in an order by chance."""
    chance = random.Random(seed)
    last = next(one.at for one in coming if one.at is not None)
    keyed = []
    for one in coming:
        last = one.at or last
        keyed.append((last.date(), chance.random(), one))
    return [one for *_, one in sorted(keyed, key=lambda key: key[:2])]


def across(data: Path, blocks: int = BY_BLOCKS, dates: int = BY_DATE) -> dict[str, list[Score]]:
    """Give the scores of pairs across languages over so many orders of either kind."""
    coming, pairs = crosslingual(data).coming, loaded(data / "crosslingual_pairs.jsonl")
    orders = {
        "by blocks": [by_blocks(coming, seed) for seed in range(blocks)],
        "by date": [by_date(coming, seed) for seed in range(dates)],
    }
    return {kind: [same_pairs(pairs, grouped(order, Grouper())) for order in made] for kind, made in orders.items()}


def lateness(data: Path, hours: int) -> tuple[float, float]:
    """Give the pairwise F1 of late arrival against arrival in order, mean and least over shuffles within so many hours."""
    coming = [(one.at, one) for one in crosslingual(data).coming if one.at is not None]
    chance = random.Random(hours)
    spread = {one.id: timedelta(hours=chance.random() * 24) for _, one in coming}
    order = sorted(coming, key=lambda dated: (dated[0] + spread[dated[1].id], dated[1].id))
    ids = [one.id for _, one in coming]
    true = grouped((one for _, one in order), Grouper())
    agreed = []
    for _ in range(SHUFFLES):
        late = {one.id: timedelta(hours=chance.random() * hours) for _, one in coming}
        shuffled = sorted(coming, key=lambda dated: (dated[0] + spread[dated[1].id] + late[dated[1].id], dated[1].id))
        agreed.append(pairwise(true, grouped((one for _, one in shuffled), Grouper()), ids)[2])
    return sum(agreed) / len(agreed), min(agreed)


def said(kind: str, found: list[Score]) -> str:
    """Tell mean, least and most of some orders."""
    precision, recall, f1 = mean_score(found)
    each = sorted(score[2] for score in found)
    return (
        f"pairs across languages, {len(found)} orders {kind}: precision {precision:.3f}, recall {recall:.3f},"
        f" F1 {f1:.3f} in the mean, {each[0]:.3f} to {each[-1]:.3f}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--by-blocks", type=int, default=BY_BLOCKS, help="Orders by shuffled blocks, at least 1.")
    parser.add_argument("--by-date", type=int, default=BY_DATE, help="Orders by date, at least 1.")
    options = parser.parse_args()
    folder, found = options.data, across(options.data, max(1, options.by_blocks), max(1, options.by_date))
    for kind, scores in {**found, "of both kinds": [*found["by blocks"], *found["by date"]]}.items():
        print(said(kind, scores), flush=True)
    for hours in LATE:
        mean, least = lateness(folder, hours)
        print(f"up to {hours} h late: pairwise F1 against arrival in order {mean:.3f}, least {least:.3f}", flush=True)


if __name__ == "__main__":
    main()
