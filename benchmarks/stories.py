"""How well articles are joined to stories, beside online TF-IDF and MinHash in the same run.

    python benchmarks/stories.py --data ../shared/corpus/stories

Reads `indonesian.jsonl`, `ecbplus.jsonl` and `crosslingual*.jsonl` of a folder of that form, in file order. Prints B-cubed
and pairwise precision, recall and F1 within a language and in both, without dates and with, those of the invented stories, and
those of pairs across languages. Other orders: `benchmarks/story_orders.py`; copies: `benchmarks/story_copies.py`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.story_baselines import LIKE, MinHash, OnlineTfidf
from benchmarks.story_measures import Score, by_story, mean_score, pairs_of, same_pairs, scores
from benchmarks.story_sets import (
    INVENTED,
    crosslingual,
    ecbplus,
    indonesian,
    invented,
    invented_together,
    loaded,
)
from processing.model import Arrival
from processing.stories import Grouper, grouped

Grouping = Callable[[list[Arrival]], dict[str, str]]
"""Gives the story of each article by its id, when they have come in this order."""


def methods() -> dict[str, Grouping]:
    """Give what is measured."""
    tfidf = {f"online TF-IDF from {like:.2f}": partial(_one_by_one, partial(OnlineTfidf, like)) for like in LIKE}
    return {"pantau": pantau, **tfidf, "MinHash": partial(_one_by_one, MinHash)}


def pantau(coming: list[Arrival]) -> dict[str, str]:
    """Group articles as we do."""
    return grouped(coming, Grouper())


def _one_by_one(made: Callable[[], OnlineTfidf | MinHash], coming: list[Arrival]) -> dict[str, str]:
    add = made().add
    return {arrival.id: add(arrival) for arrival in coming}


def measure(data: Path) -> dict[str, Score]:
    """Measure every set by every method; the keys name method, set, articles and measure."""
    figures: dict[str, Score] = {}
    usual, every = indonesian(data)
    for labelled in (ecbplus(data), every, usual, crosslingual(data)):
        for method, group in methods().items():
            found = scores(labelled.gold, group(labelled.coming))
            figures |= {f"{method}: {labelled.name}, {which}": score for which, score in found.items()}
    return figures | with_dates(data) | of_invented() | across(data)


def with_dates(data: Path) -> dict[str, Score]:
    """Measure the Indonesian articles with their dates, which the other methods do not look at."""
    return {
        f"pantau: {labelled.name}, {which}": score
        for labelled in reversed(indonesian(data, dated=True))
        for which, score in scores(labelled.gold, pantau(labelled.coming)).items()
    }


def of_invented() -> dict[str, Score]:
    """Measure the invented stories: means of two languages in two files, and all pairs across languages within an affair."""
    sets, together = [labelled for path in INVENTED for labelled in invented(path)], invented_together()
    figures, pairs = {}, pairs_of(together)
    for method, group in methods().items():
        found = [scores(labelled.gold, group(labelled.coming)) for labelled in sets]
        for which in found[0]:
            figures[f"{method}: invented, mean of {len(sets)}, {which}"] = mean_score([each[which] for each in found])
    for method, group in methods().items():
        figures[f"{method}: invented, pairs across languages"] = same_pairs(pairs, group(together.coming))
    return figures


def across(data: Path) -> dict[str, Score]:
    """Measure pairs of Indonesian and English articles, with the dates that they have."""
    labelled, pairs = crosslingual(data), loaded(data / "crosslingual_pairs.jsonl")
    figures = {}
    for method, group in methods().items():
        found = group(labelled.coming)
        figures[f"{method}: pairs across languages"] = same_pairs(pairs, found)
        mean = by_story(pairs, found, labelled.gold)
        figures[f"{method}: the same, mean recall of a story"] = (0.0, mean, 0.0)
    return figures


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    began = time.process_time()
    lines = [f"{'':<80} precision  recall     F1"]
    lines += [f"{what:<80}    {p:.3f}   {r:.3f}  {f1:.3f}" for what, (p, r, f1) in measure(folder).items()]
    lines.append(f"{time.process_time() - began:.1f} CPU s, judging included")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
