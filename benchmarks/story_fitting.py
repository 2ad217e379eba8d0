"""Finds the weights by which articles join stories, and says how they do on stories that they have not seen.

    python benchmarks/story_fitting.py --data ../shared/corpus/stories

Within a language the weights are found by climbing: small changes are kept while the stories that come out get better
(B-cubed F1, and pairwise precision), since a weight that is right for one article at a time lets stories grow by chain.
Across languages there are too few first meetings for that, so they are a logistic regression over these. Prints
the weights as they stand in `processing/stories/told.py`, the figures of those found on one half of the stories (or on all
affairs but one) on the other, and the figures of all on all. Takes some ten minutes.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import LeaveOneGroupOut

from benchmarks.stories import VERY_LARGE, arrivals, b_cubed, loaded, pairwise
from processing.model import Arrival
from processing.stories import Grouper
from processing.stories.candidates import Candidates
from processing.stories.told import WEIGHTS, Features, Weights
from processing.stories.vectors import Vector

START = (-5.9, 5.1, 3.2, 4.0, 4.0, 0.8, 3.9, 1.4, -1.8)
"""Bias and weights from which the climbing begins: near those of likelihood-1, and some for the lead."""

STEPS, SEED = 60, 1
PRECISION = 0.5
"""What pairwise precision counts beside B-cubed F1."""

REGULAR = 30.0
"""The regression's C: three weights need little holding back."""


@dataclass
class Labelled:
    """Articles in order, the gold story of each, and the features of each once they were weighed."""

    coming: list[Arrival]
    gold: dict[str, str]
    seen: dict[str, Features]

    def part(self, stories: set[str]) -> Labelled:
        """Give the articles of some stories alone."""
        coming = [one for one in self.coming if self.gold[one.id] in stories]
        return Labelled(coming, {one.id: self.gold[one.id] for one in coming}, {})


class Nowhere(Candidates):
    """No stories of other languages: these sets have one."""

    def tell(self, story: str, vector: Vector) -> None:
        """Forget it."""

    def near(self, vector: Vector, count: int) -> list[str]:  # noqa: ARG002 - as its parent
        """Give none."""
        return []


class Remembering(Grouper):
    """Weighs an article once, however often it is grouped: what it is compared by does not depend on the weights."""

    def __init__(self, seen: dict[str, Features], weights: Weights = WEIGHTS) -> None:
        super().__init__(weights)
        self._seen = seen
        self._by_names = Nowhere()

    def _features(self, arrival: Arrival) -> Features:
        if arrival.id not in self._seen:
            self._seen[arrival.id] = super()._features(arrival)
        return self._seen[arrival.id]


class Taught(Grouper):
    """Is told the right story of each article, and notes what it saw before: figures, and whether they were of that story."""

    def meetings(self, arrival: Arrival, story: str) -> list[tuple[tuple[float, ...], bool]]:
        """Give the figures of the stories of another language that an article might join, and take it in."""
        features = self._features(arrival)
        found = [(figures, name == story) for name, figures in self._met_abroad(arrival.language, features)]
        self._grow(story, arrival, features)
        return found


def grouped(labelled: Labelled, weights: Weights) -> dict[str, str]:
    """Group articles by weights."""
    grouper = Remembering(labelled.seen, weights)
    return {one.id: grouper.add(one).story for one in labelled.coming}


def worth(sets: list[Labelled], weights: Weights) -> float:
    """Give the mean B-cubed F1 of sets, and a share of their pairwise precision."""
    total = 0.0
    for labelled in sets:
        found, ids = grouped(labelled, weights), list(labelled.gold)
        total += b_cubed(labelled.gold, found, ids)[2] + PRECISION * pairwise(labelled.gold, found, ids)[0]
    return total / len(sets)


def climbed(sets: list[Labelled]) -> Weights:
    """Find weights by keeping small changes that are worth it."""
    chance = random.Random(SEED)
    best = list(START)
    reach = [0.25 * max(1.0, abs(value)) for value in best]
    most = worth(sets, _weights(best))
    for _ in range(STEPS):
        at = chance.randrange(len(best))
        for way in chance.sample((1, -1), 2):
            tried = list(best)
            tried[at] += way * reach[at] * chance.uniform(0.5, 1.5)
            if chance.random() < 0.4:  # noqa: PLR2004 - now and then two at once
                other = chance.randrange(len(best))
                tried[other] += chance.choice((1, -1)) * reach[other]
            value = worth(sets, _weights(tried))
            if value > most:
                most, best = value, tried
                break
        else:
            reach[at] *= 0.85
    return _weights([round(value, 2) for value in best])


def _weights(values: list[float]) -> Weights:
    return Weights(values[0], (*values[1:], WEIGHTS.of[-1]))


def halves(stories: list[str]) -> tuple[set[str], set[str]]:
    """Part the stories of a set, the largest first, one here and one there, so that both halves are alike."""
    names = [name for name, _ in sorted(Counter(stories).items(), key=lambda item: (-item[1], item[0]))]
    return set(names[::2]), set(names[1::2])


def topics(stories: list[str]) -> tuple[set[str], set[str]]:
    """Part the stories of ECB+ by topic: the two that are easily confused stay together."""
    one = {name for name in stories if int(name.split("ecb")[0]) % 2}
    return one, set(stories) - one


def said(sets: list[Labelled], weights: Weights) -> str:
    """Give the figures of each set."""
    lines = []
    for name, labelled in zip(("ecb+", "indonesian, the very large too", "indonesian"), sets, strict=True):
        found, ids = grouped(labelled, weights), list(labelled.gold)
        b, p = b_cubed(labelled.gold, found, ids), pairwise(labelled.gold, found, ids)
        lines.append(f"  {name:<32} B-cubed {b[0]:.3f} {b[1]:.3f} {b[2]:.3f}  pairwise precision {p[0]:.3f}")
    return "\n".join(lines)


def first_meetings(labelled: Labelled) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give figures, whether the story was the right one, and the article's affair, in order of arrival."""
    grouper = Taught()
    rows = [
        (*figures_and_right, labelled.gold[one.id].split("/")[0])
        for one in labelled.coming
        for figures_and_right in grouper.meetings(one, labelled.gold[one.id])
    ]
    return np.array([row[0] for row in rows]), np.array([row[1] for row in rows]), np.array([row[2] for row in rows])


def across(labelled: Labelled) -> str:
    """Regress first meetings across languages: the weights, and how likely the unseen affairs' are told right."""
    figures, right, affairs = first_meetings(labelled)

    def fitted(rows: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=REGULAR, max_iter=5000).fit(figures[rows], right[rows])

    blind = np.zeros(len(right))
    for seen, unseen in LeaveOneGroupOut().split(figures, right, affairs):
        blind[unseen] = fitted(seen).predict_proba(figures[unseen])[:, 1]
    whole = fitted(np.arange(len(right)))
    lines = [f"across languages: bias {whole.intercept_[0]:.2f}, weights {np.round(whole.coef_[0], 2).tolist()}"]
    lines.append(
        f"  {len(right)} first meetings, {right.sum()} of one story; joined from a likelihood, each affair unseen:"
    )
    for least in (0.2, 0.3, 0.4, 0.5):
        joined = blind >= least
        lines.append(f"  {least}: {joined.sum()} joined, {(joined & right).sum()} of them rightly")
    return "\n".join(lines)


def main() -> None:
    """Print weights and figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data

    def labelled(name: str, language: str, *, dated: bool = False) -> Labelled:
        rows = loaded(folder / f"{name}.jsonl")
        return Labelled(arrivals(rows, language, dated=dated), {row["id"]: row["story"] for row in rows}, {})

    ecb, indonesian = labelled("ecbplus", "en"), labelled("indonesian", "id")
    usual = indonesian.part(set(indonesian.gold.values()) - VERY_LARGE)
    parts = zip(topics(list(ecb.gold.values())), halves(list(indonesian.gold.values())), strict=True)
    split = [[ecb.part(one), indonesian.part(two), usual.part(two)] for one, two in parts]
    sys.stdout.write(f"{across(labelled('crosslingual', '', dated=True))}\n")
    for here, there in ((0, 1), (1, 0)):
        weights = climbed(split[here])
        sys.stdout.write(f"half {here + 1}: {weights}\n on half {here + 1}\n{said(split[here], weights)}\n")
        sys.stdout.write(f" on the other half, unseen\n{said(split[there], weights)}\n")
        sys.stdout.flush()
    everything = [ecb, indonesian, usual]
    weights = climbed(everything)
    sys.stdout.write(f"all: {weights}\n{said(everything, weights)}\n")


if __name__ == "__main__":
    main()
