"""Which open stories an article may belong to: a look-up by its most telling features, whose cost the window does not set."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from heapq import nlargest

from processing.stories.features import Vector

ASKED = 16
"""Features of an article that are looked up, the heaviest."""

KEPT = 24
"""Features of an article under which its story can be found."""

REMEMBERED = 200
"""Stories kept under one feature, those told last: this bounds the cost of a look-up whatever the window."""


class Candidates:
    """Stories by feature, those told last at the end."""

    def __init__(self) -> None:
        self._told: defaultdict[str, OrderedDict[str, float]] = defaultdict(OrderedDict)

    def tell(self, story: str, vector: Vector) -> None:
        """Note that a story was told with these features."""
        for feature in heaviest(vector, KEPT):
            stories = self._told[feature]
            stories[story] = max(stories.pop(story, 0.0), vector[feature])
            if len(stories) > REMEMBERED:
                stories.popitem(last=False)

    def near(self, vector: Vector, count: int) -> list[str]:
        """Give the stories that share the most weight with a vector, at most `count`, the nearest first."""
        shared: defaultdict[str, float] = defaultdict(float)
        for feature in heaviest(vector, ASKED):
            weight = vector[feature]
            for story, other in self._told.get(feature, {}).items():
                shared[story] += weight * other
        return nlargest(count, shared, key=lambda story: (shared[story], story))


def heaviest(vector: Vector, count: int) -> list[str]:
    """Give the features of most weight, at most `count`."""
    return nlargest(count, vector, key=vector.__getitem__) if len(vector) > count else list(vector)
