"""Finds the weights by which articles join stories of another language, and says how they do on those they have not seen.

    python benchmarks/story_fitting_abroad.py --data ../shared/corpus/stories

They are logistic regressions over pairs of articles, and over meetings with stories told in both languages, of invented
stories (`own_stories_*.jsonl`) and of the labelled ones; those found on either alone are measured on the other. Prints
the weights as they stand in `processing/stories/weights.py`. Takes half a minute.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from benchmarks.story_measures import affair, pairs_of, same_pairs
from benchmarks.story_sets import Labelled, crosslingual, invented_together, loaded
from processing.model import Arrival
from processing.stories import OPEN_FOR, Grouper, grouped
from processing.stories.told import Told
from processing.stories.weighing import Features
from processing.stories.weights import ODDS, Weights

SEED = 1

REGULAR = 30.0
"""The regression's C: three weights need little holding back."""

RAISED = 1.0
"""What is added to the bias of the regressions: in pairs of one affair most are of two stories, and F1 is asked for."""

FAR = 0.02
"""Share of the pairs of two affairs that the regression sees."""

NOTHING = (0.0, 0.0, 0.0)

Seen = tuple[tuple[float, ...], bool]
"""What is like, and whether the story was the right one."""


class Taught(Grouper):
    """Is told the right story of each article, and notes what it saw before."""

    def meetings(self, arrival: Arrival, story: str) -> tuple[Features, list[Seen]]:
        """Give an article's features, and what is like in the stories told in both languages that it meets; take it in."""
        weighed, found = self._scales.weigh(arrival), []
        features = weighed.features
        for name, told in self._near(arrival.language, weighed):
            apart = told.days_apart(features)
            figures = told.figures_abroad(features, arrival.language, apart)
            if figures is not None and arrival.language in told.tellings and (apart or 0) <= OPEN_FOR.days:
                found.append((figures, name == story))
        self._grow(story, arrival, weighed)
        return features, found


def seen_abroad(labelled: Labelled) -> tuple[list[Seen], list[Seen]]:
    """Give what is like in pairs of articles of two languages, and in meetings with stories that are told in both."""
    grouper, chance = Taught(), random.Random(SEED)
    pairs: list[Seen] = []
    meetings: list[Seen] = []
    before: list[tuple[Arrival, Told]] = []
    for one in labelled.coming:
        features, met = grouper.meetings(one, labelled.gold[one.id])
        meetings += met
        for other, told in before:
            near = affair(labelled.gold[one.id]) == affair(labelled.gold[other.id]) or chance.random() < FAR
            if near and other.language != one.language:
                figures = told.figures_abroad(features, one.language, told.days_apart(features))
                pairs.append((figures or NOTHING, labelled.gold[one.id] == labelled.gold[other.id]))
        told = Told()
        told.grow(features, one.language)
        before.append((one, told))
    return pairs, meetings


def regressed(seen: list[Seen]) -> LogisticRegression:
    """Regress what is right on what is like."""
    return LogisticRegression(C=REGULAR, max_iter=5000).fit(
        [figures for figures, _ in seen], [right for _, right in seen]
    )


def raised(model: LogisticRegression) -> Weights:
    """Give a regression's weights, its bias raised as that of the weights in use."""
    return Weights(round(float(model.intercept_[0]) + RAISED, 2), tuple(np.round(model.coef_[0], 2).tolist()))


def across(own: Labelled, labelled: Labelled, judged: list[dict[str, Any]]) -> Iterator[str]:
    """Regress what is like across languages on own stories, on the labelled ones, and on both; measure each on either."""
    here, there = seen_abroad(own), seen_abroad(labelled)
    for name, (pairs, meetings) in (
        ("own stories", here),
        ("labelled stories", there),
        ("both", (here[0] + there[0], here[1] + there[1])),
    ):
        first, both = regressed(pairs), regressed(meetings)
        yield f"across languages, found on {name}: {raised(first)} of {len(pairs)} pairs, {raised(both)} of {len(meetings)} meetings"
        for other, seen in (("own", here[0]), ("labelled", there[0])):
            likely = first.decision_function([figures for figures, _ in seen])
            yield f"  average precision on {other} pairs {average_precision_score([right for _, right in seen], likely):.3f}"
        for other, stories in (("own", own), ("labelled", labelled)):
            found = grouped(stories.coming, Grouper(ODDS._replace(abroad=raised(first), both=raised(both))))
            precision, recall, f1 = same_pairs(judged if stories is labelled else pairs_of(own), found)
            yield f"  {other} pairs by the stories that come out: {precision:.3f} {recall:.3f} {f1:.3f}"


def main() -> None:
    """Print weights and figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    for line in across(invented_together(), crosslingual(folder), loaded(folder / "crosslingual_pairs.jsonl")):
        print(line, flush=True)


if __name__ == "__main__":
    main()
