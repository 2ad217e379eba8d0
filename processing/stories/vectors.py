"""Sparse vectors: a dict while an article is at hand, packed while a story is open, and sums that know their length."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from math import sqrt
from sys import intern
from typing import Any, TypeAlias

Vector = dict[str, float]
"""Features with their weights, the heaviest first."""

Hashed = dict[int, float]
"""The same by hash, for what is only ever looked up: numbers lie side by side, while each string is somewhere else in memory.

To fetch sixty strings takes ten times as long as to multiply sixty weights. The hashes are of one process and go nowhere else.
"""

Keyed: TypeAlias = dict[Any, float]
"""Either of them."""

LONG = 256
"""Features from which a sum stays a dict: looking an article's up is faster then than going through them."""


class Packed:
    """A vector that is kept: features and single-precision weights side by side, in a quarter of a dict's memory."""

    __slots__ = ("_features", "_weights")

    def __init__(self, vector: Keyed) -> None:
        by_hash = isinstance(next(iter(vector), None), int)
        self._features: Sequence[Any] = array("q", vector) if by_hash else tuple(map(intern, vector))
        self._weights = array("f", vector.values())

    def __len__(self) -> int:
        """Give how many features it has."""
        return len(self._features)

    def keys(self) -> Sequence[Any]:
        """Give the features, or their hashes."""
        return self._features

    def values(self) -> array[float]:
        """Give the weights, in the order of the features."""
        return self._weights

    def items(self) -> Iterator[tuple[Any, float]]:
        """Give each feature with its weight."""
        return zip(self._features, self._weights, strict=True)


Kept: TypeAlias = Packed | Keyed
"""A vector as a story keeps it."""

NOTHING = Packed({})


def packed(vector: Keyed) -> Packed:
    """Pack a vector; the empty one is always the same."""
    return Packed(vector) if vector else NOTHING


def hashed(vector: Vector) -> Hashed:
    """Give a vector by the hashes of its features."""
    return dict(zip(map(hash, vector), vector.values(), strict=True))


class Sum:
    """A sum of vectors that knows its length."""

    __slots__ = ("_length", "weights")

    def __init__(self) -> None:
        self.weights: Kept = NOTHING
        self._length: float | None = None

    def add(self, vector: Kept) -> None:
        """Add a vector; most stories have one article ever, whose packed vector is the sum itself."""
        if not self.weights and isinstance(vector, Packed):
            self.weights = vector
        elif vector:
            total = self.weights if isinstance(self.weights, dict) else dict(self.weights.items())
            for feature, weight in vector.items():
                total[feature] = total.get(feature, 0.0) + weight
            self.weights = total if len(total) > LONG else packed(total)
        self._length = None

    @property
    def length(self) -> float:
        """The length of the sum, 1 where it is empty; measured when it is asked for."""
        if self._length is None:
            self._length = norm(self.weights)
        return self._length


def dot(one: Keyed, other: Kept) -> float:
    """Multiply the vector of an article at hand with one that is kept."""
    if isinstance(other, dict) and len(other) > len(one):
        return sum([weight * other[feature] for feature, weight in one.items() if feature in other])
    return sum([weight * one[feature] for feature, weight in other.items() if feature in one])


def norm(vector: Kept) -> float:
    """Give a vector's length, 1 for an empty one."""
    return sqrt(sum([weight * weight for weight in vector.values()])) or 1.0


def unit(vector: Vector) -> Vector:
    """Give a vector of length 1 in the same direction; the empty one stays empty."""
    length = norm(vector)
    return {feature: weight / length for feature, weight in vector.items()}


def cosine(one: Keyed, other: Kept) -> float:
    """Give the cosine of two vectors."""
    product = dot(one, other)
    return product / norm(one) / norm(other) if product else 0.0


def mean(vectors: Sequence[Kept], count: int = 0) -> Keyed:
    """Give the mean of vectors; of sums, that of the `count` vectors in them."""
    total: Keyed = {}
    for vector in vectors:
        for feature, weight in vector.items():
            total[feature] = total.get(feature, 0.0) + weight
    return {feature: weight / (count or len(vectors)) for feature, weight in total.items()}
