"""Finds the weights by which articles join stories, and says how they do on stories that they have not seen.

    python benchmarks/story_fitting.py --data ../shared/corpus/stories

Within a language the weights are found by climbing: small changes are kept while the stories that come out get better
(B-cubed F1, and pairwise precision), since a weight that is right for one article at a time lets stories grow by chain;
the invented stories teach the days, which the labelled ones have not.
Across languages they are logistic regressions over pairs of articles, and over meetings with stories told in both, of invented
stories (`own_stories_*.jsonl`) and of the labelled ones; those found on either alone are measured on the other. Prints
the weights as they stand in `processing/stories/told.py`, the figures of those found on one half of the stories
on the other, and the figures of all on all. Takes some twenty minutes; with --across half a minute, for what is across languages.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from benchmarks.stories import VERY_LARGE, arrivals, b_cubed, loaded, pairwise, same_pairs
from processing.model import Arrival
from processing.stories import OPEN_FOR, Grouper
from processing.stories.candidates import Candidates
from processing.stories.told import WEIGHTS, Features, Told, Weights
from processing.stories.vectors import Vector

START = (WEIGHTS.bias, *WEIGHTS.of)
"""Bias and weights from which the climbing begins: those in use, so that what it prints is what is left to gain."""

OWN = [Path(__file__).with_name(f"own_stories_{part}.jsonl") for part in "ab"]
"""Stories invented for this: affairs of several days in both languages, with the story of each article."""

STEPS, SEED = 60, 1
PRECISION = 0.5
"""What pairwise precision counts beside B-cubed F1."""

INVENTED = 0.25
"""What an invented set counts beside a labelled one: it alone has days to be trusted, but every story in it is easily confused."""

REGULAR = 30.0
"""The regression's C: three weights need little holding back."""

RAISED = 1.0
"""What is added to the bias of the regressions: in pairs of one affair most are of two stories, and F1 is asked for."""

FAR = 0.02
"""Share of the pairs of two affairs that the regression sees."""

NOTHING = (0.0, 0.0, 0.0)

Seen = tuple[tuple[float, ...], bool]
"""What is like, and whether the story was the right one."""


@dataclass
class Labelled:
    """Articles in order, the gold story of each, and the features of each once they were weighed."""

    coming: list[Arrival]
    gold: dict[str, str]
    seen: dict[str, Features]
    name: str = ""
    counts: float = 1.0

    def part(self, stories: set[str], name: str = "") -> Labelled:
        """Give the articles of some stories alone."""
        coming = [one for one in self.coming if self.gold[one.id] in stories]
        return Labelled(coming, {one.id: self.gold[one.id] for one in coming}, {}, name or self.name, self.counts)


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
    """Is told the right story of each article, and notes what it saw before."""

    def meetings(self, arrival: Arrival, story: str) -> tuple[Features, list[Seen]]:
        """Give an article's features, and what is like in the stories told in both languages that it meets; take it in."""
        features, found = self._features(arrival), []
        for name, told in self._near(arrival.language, features):
            apart = told.days_apart(features)
            figures = told.figures_abroad(features, arrival.language, apart)
            if figures is not None and arrival.language in told.tellings and (apart or 0) <= OPEN_FOR.days:
                found.append((figures, name == story))
        self._grow(story, arrival, features)
        return features, found


def grouped(labelled: Labelled, weights: Weights) -> dict[str, str]:
    """Group articles by weights."""
    grouper = Remembering(labelled.seen, weights)
    return {one.id: grouper.add(one).story for one in labelled.coming}


def worth(sets: list[Labelled], weights: Weights) -> float:
    """Give the mean B-cubed F1 of sets, and a share of their pairwise precision."""
    total = 0.0
    for labelled in sets:
        found, ids = grouped(labelled, weights), list(labelled.gold)
        reached = b_cubed(labelled.gold, found, ids)[2] + PRECISION * pairwise(labelled.gold, found, ids)[0]
        total += labelled.counts * reached
    return total / sum(labelled.counts for labelled in sets)


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
    return Weights(values[0], tuple(values[1:]))


def invented(path: Path) -> list[Labelled]:
    """Read invented stories, those of each language alone, with their dates."""
    rows = loaded(path)
    sets = {language: [row for row in rows if row["lang"] == language] for language in ("id", "en")}
    return [
        Labelled(
            arrivals(some, dated=True),
            {row["id"]: row["story"] for row in some},
            {},
            f"{path.stem}, {language}",
            INVENTED,
        )
        for language, some in sets.items()
    ]


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
    for labelled in sets:
        found, ids = grouped(labelled, weights), list(labelled.gold)
        b, p = b_cubed(labelled.gold, found, ids), pairwise(labelled.gold, found, ids)
        lines.append(f"  {labelled.name:<32} B-cubed {b[0]:.3f} {b[1]:.3f} {b[2]:.3f}  pairwise precision {p[0]:.3f}")
    return "\n".join(lines)


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


def affair(story: str) -> str:
    """Give the affair of a story."""
    return story.partition("/")[0]


def regressed(seen: list[Seen]) -> LogisticRegression:
    """Regress what is right on what is like."""
    return LogisticRegression(C=REGULAR, max_iter=5000).fit(
        [figures for figures, _ in seen], [right for _, right in seen]
    )


def raised(model: LogisticRegression) -> Weights:
    """Give a regression's weights, its bias raised as that of the weights in use."""
    return Weights(round(float(model.intercept_[0]) + RAISED, 2), tuple(np.round(model.coef_[0], 2).tolist()))


def across(own: Labelled, labelled: Labelled, folder: Path) -> Iterator[str]:
    """Regress what is like across languages on own stories, on the labelled ones, and on both; measure each on the labelled."""
    here, there = seen_abroad(own), seen_abroad(labelled)
    judged = loaded(folder / "crosslingual_pairs.jsonl")
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
            grouper = Grouper(WEIGHTS, raised(first), raised(both))
            found = {one.id: grouper.add(one).story for one in stories.coming}
            precision, recall, f1 = same_pairs(judged if stories is labelled else pairs_of(own), found)
            yield f"  {other} pairs by the stories that come out: {precision:.3f} {recall:.3f} {f1:.3f}"


def pairs_of(labelled: Labelled) -> list[dict[str, str]]:
    """Give all pairs across languages within an affair, labelled as the labelled ones are."""
    gold = labelled.gold
    indonesian, english = ([one.id for one in labelled.coming if one.language == language] for language in ("id", "en"))
    return [
        {"id_a": a, "id_b": b, "label": "same" if gold[a] == gold[b] else "related", "border": "False"}
        for a in indonesian
        for b in english
        if affair(gold[a]) == affair(gold[b])
    ]


def main() -> None:
    """Print weights and figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--across", action="store_true", help="Find the weights across languages alone.")
    options = parser.parse_args()
    folder = options.data

    def labelled(name: str, language: str, *, dated: bool = False) -> Labelled:
        rows = loaded(folder / f"{name}.jsonl")
        return Labelled(arrivals(rows, language, dated=dated), {row["id"]: row["story"] for row in rows}, {}, name)

    rows = [row for path in OWN for row in loaded(path)]
    own = Labelled(arrivals(rows, dated=True), {row["id"]: row["story"] for row in rows}, {})
    for line in across(own, labelled("crosslingual", "", dated=True), folder):
        sys.stdout.write(f"{line}\n")
    if options.across:
        return
    ecb, indonesian = labelled("ecbplus", "en"), labelled("indonesian", "id")
    usual = indonesian.part(set(indonesian.gold.values()) - VERY_LARGE, "indonesian, not the very large")
    parts = zip(topics(list(ecb.gold.values())), halves(list(indonesian.gold.values())), OWN, strict=True)
    split = [[ecb.part(one), indonesian.part(two), usual.part(two), *invented(path)] for one, two, path in parts]
    for here, there in ((0, 1), (1, 0)):
        weights = climbed(split[here])
        sys.stdout.write(f"half {here + 1}: {weights}\n on half {here + 1}\n{said(split[here], weights)}\n")
        sys.stdout.write(f" on the other half, unseen\n{said(split[there], weights)}\n")
        sys.stdout.flush()
    everything = [ecb, indonesian, usual, *invented(OWN[0]), *invented(OWN[1])]
    weights = climbed(everything)
    sys.stdout.write(f"all: {weights}\n{said(everything, weights)}\n")


if __name__ == "__main__":
    main()
