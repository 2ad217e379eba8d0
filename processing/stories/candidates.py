"""Which open stories an article may belong to: a look-up by its most telling features, whose cost the window does not set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from heapq import nlargest
from itertools import islice

from processing.stories.features import Vector

ASKED = 16
"""Features of an article that are looked up, the heaviest."""

KEPT = 24
"""Features of an article under which its story can be found."""

REMEMBERED = 200
"""Stories kept under one feature, those told last: this bounds the cost of a look-up whatever the window."""


NOBODY: Mapping[str, float] = {}


class Candidates:
    """Stories by feature, those told last at the end."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, float]] = {}

    def tell(self, story: str, vector: Vector) -> None:
        """Note that a story was told with these features."""
        for feature, weight in islice(vector.items(), KEPT):
            stories = self._told.get(feature)
            if stories is None:
                self._told[feature] = {story: weight}
            else:
                stories[story] = max(stories.pop(story, 0.0), weight)
                if len(stories) > REMEMBERED:
                    del stories[next(iter(stories))]

    def near(self, vector: Vector, count: int) -> list[str]:
        """Give the stories that share the most weight with a vector, at most `count`, the nearest first."""
        shared: defaultdict[str, float] = defaultdict(float)
        for feature, weight in islice(vector.items(), ASKED):
            for story, other in self._told.get(feature, NOBODY).items():
                shared[story] += weight * other
        return [story for _, story in nlargest(count, zip(shared.values(), shared, strict=True))]
