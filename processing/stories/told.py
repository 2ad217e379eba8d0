"""A story as it was told so far, and how like it an article is: a handful of figures that a person can read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from math import exp, log, sqrt

from processing.stories.features import Vector

MEMBERS = 12
"""Articles of a story that a new one is held against one by one, the last ones."""

BIAS = -5.6
WEIGHTS = (4.8, 4.1, 4.0, 0.5, 3.9, 1.85, -1.4)
"""Of the seven figures of `Told.figures`: rounded means of two logistic regressions, each over half of the labelled stories."""


@dataclass(slots=True)
class Features:
    """What of one article is compared."""

    words: Vector
    names: Vector
    abroad: Vector
    rare_names: Vector
    """The names of title and first sentences, each with its rarity."""

    said: frozenset[str]
    """Every telling word of the first three hundred."""

    days: frozenset[date]


@dataclass(slots=True)
class Told:
    """The sums of a story's vectors, its last members, when it was told and in which languages."""

    words: Vector = field(default_factory=dict)
    names: Vector = field(default_factory=dict)
    abroad: Vector = field(default_factory=dict)
    rare_names: Vector = field(default_factory=dict)
    members: list[tuple[Vector, Vector]] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    days: set[date] = field(default_factory=set)
    size: int = 0
    lengths: tuple[float, float] | None = None
    """Of the sums of words and of names, measured when they are asked for."""

    def grow(self, features: Features, language: str) -> None:
        """Take in an article."""
        if not self.size:  # most stories have one article ever: its vectors are the sums
            self.words, self.names = features.words, features.names
            self.abroad, self.rare_names = features.abroad, features.rare_names
        else:
            if self.size == 1:
                self.words, self.names = dict(self.words), dict(self.names)
                self.abroad, self.rare_names = dict(self.abroad), dict(self.rare_names)
            add(self.words, features.words)
            add(self.names, features.names)
            add(self.abroad, features.abroad)
            add(self.rare_names, features.rare_names)
        self.members = [*self.members[1 - MEMBERS :], (features.words, _numbers(features.names))]
        self.languages[language] += 1
        self.days |= features.days
        self.size += 1
        self.lengths = None

    def figures(self, article: Features) -> tuple[float, ...]:
        """Give what is like: the middle, the nearest, the mean article, size, names, numbers, and the rarest name that lacks."""
        product = dot(article.words, self.words)
        self.lengths = self.lengths or (norm(self.words), norm(self.names))
        words, names = self.lengths
        numbers = _numbers(article.names)
        said = article.said
        lacking = max([weight for name, weight in self.rare_names.items() if name not in said], default=0.0)
        return (
            product / words,
            product if self.size == 1 else max(dot(article.words, member) for member, _ in self.members),
            product / self.size,
            log(self.size),
            dot(article.names, self.names) / names,
            max(cosine(numbers, others) for _, others in self.members) if numbers else 0.0,
            lacking / self.size / 6,
        )

    def likelihood(self, article: Features) -> float:
        """Give the likelihood, 0 to 1, that an article tells this story."""
        score = BIAS + sum(w * x for w, x in zip(WEIGHTS, self.figures(article), strict=True))
        return 1 / (1 + exp(-score))

    def days_apart(self, article: Features) -> int | None:
        """Give the days between an article and the story's nearest telling; None where either has no date."""
        return min((abs((a - b).days) for a in article.days for b in self.days), default=None)


def dot(one: Vector, other: Vector) -> float:
    """Multiply two sparse vectors."""
    if len(one) > len(other):
        one, other = other, one
    return sum([weight * other[key] for key, weight in one.items() if key in other])


def add(sums: Vector, vector: Vector) -> None:
    """Add a vector to sums."""
    for feature, weight in vector.items():
        sums[feature] = sums.get(feature, 0.0) + weight


def norm(vector: Vector) -> float:
    """Give a vector's length, 1 for an empty one."""
    return sqrt(sum([weight * weight for weight in vector.values()])) or 1.0


def cosine(one: Vector, other: Vector) -> float:
    """Give the cosine of two vectors."""
    product = dot(one, other)
    return product / norm(one) / norm(other) if product else 0.0


def _numbers(names: Vector) -> Vector:
    return {name: weight for name, weight in names.items() if name[0].isdigit()}
