"""Which open stories an article may belong to: a look-up by its most telling features, whose cost the window does not set."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from heapq import nlargest
from itertools import islice

from processing.stories.vectors import Vector

ASKED = 16
"""Features of an article that are looked up, the heaviest."""

KEPT = 24
"""Features of an article under which its story can be found."""

REMEMBERED = 200
"""Stories kept under one feature, those told last: this bounds the cost of a look-up whatever the window."""


class Several:
    """The stories under one feature, told last at the end, with what the feature weighs in each: a quarter of a dict's memory."""

    __slots__ = ("stories", "weights")

    def __init__(self, stories: Iterable[str], weights: Iterable[float]) -> None:
        self.stories = list(stories)
        self.weights = array("f", weights)

    def tell(self, story: str, weight: float, *, new: bool) -> None:
        """Put a story at the end with the most that the feature ever weighed in it, and drop the first if there are too many."""
        if not new and story in self.stories:
            at = self.stories.index(story)
            del self.stories[at]
            weight = max(self.weights.pop(at), weight)
        self.stories.append(story)
        self.weights.append(weight)
        if len(self.stories) > REMEMBERED:
            del self.stories[0], self.weights[0]


class Candidates:
    """Stories by feature. Most features are of one story: a pair takes a third of a table's memory."""

    def __init__(self) -> None:
        self.visited = 0
        """Entries looked at so far: what a look-up costs."""
        self._alone: dict[str, tuple[str, float]] = {}
        self._several: dict[str, Several] = {}

    def __len__(self) -> int:
        """Give how many entries are held."""
        return len(self._alone) + sum(len(several.stories) for several in self._several.values())

    def tell(self, story: str, vector: Vector, *, new: bool = False) -> None:
        """Note that a story was told with these features; one that is new need not be looked for."""
        for feature, weight in islice(vector.items(), KEPT):
            if (several := self._several.get(feature)) is not None:
                several.tell(story, weight, new=new)
            elif (alone := self._alone.setdefault(feature, (story, weight)))[0] != story:
                del self._alone[feature]
                self._several[feature] = Several((alone[0], story), (alone[1], weight))
            elif alone[1] < weight:
                self._alone[feature] = story, weight

    def near(self, vector: Vector, count: int) -> list[str]:
        """Give the stories that share the most weight with a vector, at most `count`, the nearest first."""
        shared: defaultdict[str, float] = defaultdict(float)
        for feature, weight in islice(vector.items(), ASKED):
            if (several := self._several.get(feature)) is not None:
                self.visited += len(several.stories)
                for story, other in zip(several.stories, several.weights, strict=True):
                    shared[story] += weight * other
            elif (alone := self._alone.get(feature)) is not None:
                self.visited += 1
                shared[alone[0]] += weight * alone[1]
        return [story for _, story in nlargest(count, zip(shared.values(), shared, strict=True))]

    def forget(self, closed: AbstractSet[str]) -> None:
        """Let go of stories."""
        self._alone = {feature: pair for feature, pair in self._alone.items() if pair[0] not in closed}
        for feature, several in list(self._several.items()):
            if closed.isdisjoint(several.stories):
                continue
            kept = [pair for pair in zip(several.stories, several.weights, strict=True) if pair[0] not in closed]
            if len(kept) > 1:
                self._several[feature] = Several(*zip(*kept, strict=True))
            else:
                del self._several[feature]
                self._alone.update((feature, pair) for pair in kept)
