"""Where stories lie in the space of features, and which of them an article is near: one sparse look-up, no full pass."""

from __future__ import annotations

from collections import defaultdict
from math import sqrt

from processing.stories.features import Vector


class Centroids:
    """The sum of each story's article vectors, kept by feature."""

    def __init__(self) -> None:
        self._weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._squares: defaultdict[str, float] = defaultdict(float)

    def grow(self, story: str, vector: Vector) -> None:
        """Add an article's vector to a story."""
        for feature, weight in vector.items():
            stories = self._weights[feature]
            old = stories.get(story, 0.0)
            stories[story] = old + weight
            self._squares[story] += weight * (2 * old + weight)

    def near(self, vector: Vector) -> dict[str, float]:
        """Give the cosine of a vector of length 1 with every story that shares a feature with it."""
        shared: defaultdict[str, float] = defaultdict(float)
        for feature, weight in vector.items():
            for story, other in self._weights.get(feature, {}).items():
                shared[story] += weight * other
        return {story: product / sqrt(self._squares[story]) for story, product in shared.items()}
