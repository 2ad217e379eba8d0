"""Climbs to weights by which articles join stories within a language, and says how they do on stories that they have not seen.

    python benchmarks/story_fitting.py --data ../shared/corpus/stories [--steps 250]

Small changes are kept while the stories that come out get better (B-cubed F1, and pairwise precision), since a weight that
is right for one article at a time lets stories grow by chain; the invented stories teach the days, which the labelled ones
have not. Climbs three times: on either half of the stories, measured on the other, and on all. Prints each change that is
kept, so that a run that is stopped has told what it found, and the weights as they stand in `processing/stories/weights.py` with
their figures. A step of all three takes four to five seconds on one core: 250 are done in some twenty minutes.
The weights across languages are found by `benchmarks/story_fitting_abroad.py`.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.story_measures import b_cubed, pairwise
from benchmarks.story_sets import INVENTED, Labelled, ecbplus, indonesian, invented
from processing.model import Arrival
from processing.stories import Grouper, grouped
from processing.stories.candidates import Candidates
from processing.stories.vectors import Vector
from processing.stories.weighing import Scales, Weighed
from processing.stories.weights import ODDS, WEIGHTS, Weights

START = (WEIGHTS.bias, *WEIGHTS.of)
"""Bias and weights from which the climbing begins: those in use, so that what it prints is what is left to gain."""

STEPS, SEED = 250, 1
AT_ONCE = 0.4
"""How often two weights are changed at once."""

STEADIER = 0.85
"""What is left of a weight's reach when it was changed either way in vain."""

PRECISION = 0.5
"""What pairwise precision counts beside B-cubed F1."""

COUNTS_INVENTED = 0.25
"""What an invented set counts beside a labelled one: it alone has days to be trusted, but every story in it is easily confused."""


@dataclass(frozen=True)
class Lesson:
    """A set that weights are found or measured on, and the features of its articles once they were weighed."""

    of: Labelled
    counts: float = 1.0
    seen: dict[str, Weighed] = field(default_factory=dict)

    def grouped(self, weights: Weights) -> dict[str, str]:
        """Give the story of each article by weights."""
        return grouped(self.of.coming, Within(self.seen, weights))

    def worth(self, weights: Weights) -> float:
        """Give the B-cubed F1 by weights, and a share of the pairwise precision."""
        gold, found = self.of.gold, self.grouped(weights)
        return b_cubed(gold, found, list(gold))[2] + PRECISION * pairwise(gold, found, list(gold))[0]


class Nowhere(Candidates):
    """No stories of other languages: these sets have one."""

    def tell(self, story: str, vector: Vector) -> None:
        """Forget it."""

    def near(self, vector: Vector, count: int) -> list[str]:  # noqa: ARG002 - as its parent
        """Give none."""
        return []


class Remembering(Scales):
    """Weighs an article once, however often it is grouped: what it is compared by does not depend on the weights."""

    def __init__(self, seen: dict[str, Weighed]) -> None:
        super().__init__()
        self._seen = seen

    def weigh(self, arrival: Arrival) -> Weighed:
        """Give what was found the first time."""
        if arrival.id not in self._seen:
            self._seen[arrival.id] = super().weigh(arrival)
        return self._seen[arrival.id]


class Within(Grouper):
    """Groups articles of one language by some weights."""

    def __init__(self, seen: dict[str, Weighed], weights: Weights = WEIGHTS) -> None:
        super().__init__(ODDS._replace(within=weights))
        self._scales = Remembering(seen)
        self._by_names = Nowhere()


def worth(lessons: list[Lesson], weights: Weights) -> float:
    """Give the mean worth of sets, each as much as it counts."""
    return sum(one.counts * one.worth(weights) for one in lessons) / sum(one.counts for one in lessons)


def climbed(lessons: list[Lesson], steps: int, say: Callable[[str], object]) -> Weights:
    """Find weights by keeping small changes that are worth it, of so many tried; each kept one is said."""
    chance = random.Random(SEED)
    best, most = list(START), worth(lessons, _weights(START))
    reach = [0.25 * max(1.0, abs(value)) for value in best]
    say(f"step 0 of {steps}: worth {most:.4f}")
    for step in range(1, steps + 1):
        at = chance.randrange(len(best))
        for way in chance.sample((1, -1), 2):
            tried = _changed(best, at, way, reach, chance)
            if (value := worth(lessons, _weights(tried))) > most:
                most, best = value, tried
                say(f"step {step} of {steps}: worth {most:.4f} by {_weights(best)}")
                break
        else:
            reach[at] *= STEADIER
    return _weights(best)


def _changed(best: list[float], at: int, way: int, reach: list[float], chance: random.Random) -> list[float]:
    """Change one weight, and now and then another with it."""
    tried = list(best)
    tried[at] += way * reach[at] * chance.uniform(0.5, 1.5)
    if chance.random() < AT_ONCE:
        other = chance.randrange(len(best))
        tried[other] += chance.choice((1, -1)) * reach[other]
    return tried


def _weights(values: list[float] | tuple[float, ...]) -> Weights:
    """Give weights of two decimals, so that what is measured is what is printed."""
    bias, *of = (round(value, 2) for value in values)
    return Weights(bias, tuple(of))


def halves(stories: list[str]) -> tuple[set[str], set[str]]:
    """Part the stories of a set, the largest first, one here and one there, so that both halves are alike."""
    names = [name for name, _ in sorted(Counter(stories).items(), key=lambda item: (-item[1], item[0]))]
    return set(names[::2]), set(names[1::2])


def topics(stories: list[str]) -> tuple[set[str], set[str]]:
    """Part the stories of ECB+ by topic: the two that are easily confused stay together."""
    one = {name for name in stories if int(name.split("ecb")[0]) % 2}
    return one, set(stories) - one


def said(lessons: list[Lesson], weights: Weights) -> str:
    """Give the figures of each set."""
    lines = []
    for one in lessons:
        gold, found = one.of.gold, one.grouped(weights)
        b, p = b_cubed(gold, found, list(gold)), pairwise(gold, found, list(gold))
        lines.append(f"  {one.of.name:<32} B-cubed {b[0]:.3f} {b[1]:.3f} {b[2]:.3f}  pairwise precision {p[0]:.3f}")
    return "\n".join(lines)


def lessons_of(folder: Path) -> tuple[list[list[Lesson]], list[Lesson]]:
    """Give the sets by halves, and whole."""
    ecb, (usual, every) = ecbplus(folder), indonesian(folder)
    own = [[Lesson(labelled, COUNTS_INVENTED) for labelled in invented(path)] for path in INVENTED]
    parts = zip(topics(list(ecb.gold.values())), halves(list(every.gold.values())), own, strict=True)
    split = [
        [Lesson(ecb.part(one, ecb.name)), *(Lesson(all_.part(two, all_.name)) for all_ in (every, usual)), *some]
        for one, two, some in parts
    ]
    return split, [Lesson(ecb), Lesson(every), Lesson(usual), *own[0], *own[1]]


def main() -> None:
    """Print weights and figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=STEPS, help="Changes that each of the three climbs tries.")
    options = parser.parse_args()

    def say(line: str) -> None:
        print(line, flush=True)

    split, everything = lessons_of(options.data)
    for here, there in ((0, 1), (1, 0)):
        weights = climbed(split[here], options.steps, say)
        say(f"half {here + 1}: {weights}\n on half {here + 1}\n{said(split[here], weights)}")
        say(f" on the other half, unseen\n{said(split[there], weights)}")
    weights = climbed(everything, options.steps, say)
    say(f"all: {weights}\n{said(everything, weights)}")


if __name__ == "__main__":
    main()
