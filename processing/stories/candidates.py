"""Which open stories an article may belong to: a look-up by its most telling features, whose cost the window does not set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from heapq import nlargest
from itertools import islice

from processing.stories.redirects import Redirects
from processing.stories.vectors import Vector

ASKED = 16
"""Features of an article that are looked up, the heaviest."""

KEPT = 24
"""Features of an article under which its story can be found."""

REMEMBERED = 200
"""Stories kept under one feature, those told last: this bounds the cost of a look-up whatever the window."""


class Candidates:
    """Stories by feature, those told last at the end. Most features are of one story: a pair takes a third of a table's memory."""

    def __init__(self) -> None:
        self.visited = 0
        """Entries looked at so far: what a look-up costs."""
        self._alone: dict[str, tuple[str, float]] = {}
        self._several: dict[str, dict[str, float]] = {}
        self._now = Redirects()

    def __len__(self) -> int:
        """Give how many entries are held."""
        return len(self._alone) + sum(map(len, self._several.values()))

    def tell(self, story: str, vector: Vector) -> None:
        """Note that a story was told with these features."""
        for feature, weight in islice(vector.items(), KEPT):
            stories = self._several.get(feature)
            if stories is not None:
                stories[story] = max(stories.pop(story, 0.0), weight)
                if len(stories) > REMEMBERED:
                    del stories[next(iter(stories))]
                continue
            other, before = self._alone.get(feature, (story, 0.0))
            if other == story:
                self._alone[feature] = story, max(before, weight)
            else:
                del self._alone[feature]
                self._several[feature] = {other: before, story: weight}

    def near(self, vector: Vector, count: int) -> list[str]:
        """Give the stories that share the most weight with a vector, at most `count`, the nearest first."""
        shared: defaultdict[str, float] = defaultdict(float)
        for feature, weight in islice(vector.items(), ASKED):
            for story, other in self._under(feature):
                shared[story] += weight * other
        for story in sorted(self._now.moved(shared.keys())):
            shared[self._now[story]] += shared.pop(story)
        return [story for _, story in nlargest(count, zip(shared.values(), shared, strict=True))]

    def lead(self, other: str, story: str) -> None:
        """Let what is found under one story lead to another, of which it is part from now on."""
        self._now.lead((other,), story)

    def forget(self, closed: AbstractSet[str]) -> None:
        """Let go of stories, and of what leads to them."""
        closed = closed | self._now.forget(closed)
        self._alone = {feature: pair for feature, pair in self._alone.items() if pair[0] not in closed}
        for feature, stories in list(self._several.items()):
            if not closed.isdisjoint(stories):
                kept = {story: weight for story, weight in stories.items() if story not in closed}
                if len(kept) > 1:
                    self._several[feature] = kept
                else:
                    del self._several[feature]
                    self._alone.update((feature, pair) for pair in kept.items())

    def _under(self, feature: str) -> Iterable[tuple[str, float]]:
        stories = self._several.get(feature)
        found: Iterable[tuple[str, float]]
        if stories is not None:
            found, seen = stories.items(), len(stories)
        else:
            found = (self._alone[feature],) if feature in self._alone else ()
            seen = len(found)
        self.visited += seen
        return found
