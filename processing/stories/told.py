"""A story as it was told so far, and how like it an article is: a handful of figures that a person can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import exp, log, log1p
from typing import NamedTuple

from processing.stories.vectors import Hashed, Packed, Sum, Vector, cosine, dot, norm, packed

MEMBERS = 12
"""Articles of a story that a new one is held against one by one, the last ones."""

UNDATED = 5
"""Days that an article without a date counts as late across languages: it may be of any day of its affair."""


class Weights(NamedTuple):
    """What makes a likelihood of figures: a bias, and a weight for each."""

    bias: float
    of: tuple[float, ...]

    def likelihood(self, figures: Iterable[float]) -> float:
        """Give the likelihood, 0 to 1."""
        return 1 / (1 + exp(-self.bias - sum(weight * figure for weight, figure in zip(self.of, figures, strict=True))))


WEIGHTS = Weights(-5.7, (5.1, 3.7, 3.8, 4.3, 0.7, 3.3, 1.7, -1.5, -2.0))
"""Of `Telling.figures`: `benchmarks/story_fitting.py` finds all but the last, docs/decisions/0014 says how they were rounded."""

WEIGHTS_ABROAD = Weights(-5.3, (8.9, 8.2, -1.7))
"""Of `Telling.figures_abroad`: found there too, the bias raised by 1, so that what is likely from 0.27 joins."""


@dataclass(slots=True)
class Features:
    """What of one article is compared."""

    words: Vector
    hashed: Hashed
    """The words again, as stories keep them."""

    lead: Hashed
    """The words of the title and the first sentences."""

    names: Vector
    numbers: Vector
    rare_names: Vector
    """The names of title and first sentences, each with its rarity."""

    said: frozenset[str]
    """Every telling word of the first three hundred."""

    days: frozenset[date]
    """Those that the top names in full, and the day given with the article."""

    abroad: Vector
    """What is alike in any language: names, numbers, known entities, and meanings."""

    meanings: Vector
    """Of these the meanings alone: what happened, not to whom."""


@dataclass(slots=True)
class Telling:
    """A story as told in one language: sums of its articles, and the last of them one by one."""

    words: Sum = field(default_factory=Sum)
    names: Sum = field(default_factory=Sum)
    rare_names: Sum = field(default_factory=Sum)
    abroad: Sum = field(default_factory=Sum)
    meanings: Sum = field(default_factory=Sum)
    members: list[tuple[Packed, Packed, Packed]] = field(default_factory=list)
    """Words, lead and numbers of each."""

    size: int = 0

    def grow(self, article: Features) -> None:
        """Take in an article."""
        words = packed(article.hashed)
        self.words.add(words)
        self.names.add(packed(article.names))
        self.abroad.add(packed(article.abroad))
        self.meanings.add(packed(article.meanings))
        self.rare_names.add(packed(article.rare_names))
        self.members = [*self.members[1 - MEMBERS :], (words, packed(article.lead), packed(article.numbers))]
        self.size += 1

    def figures(self, article: Features, apart: int | None) -> tuple[float, ...]:
        """Give what is like, to an article so many days after the nearest telling.

        The middle, the nearest, the mean article, the nearest lead, size, names, numbers, the rarest name that lacks, and
        the days between; those are 0 where one is not known.
        """
        product = dot(article.hashed, self.words.weights)
        numbers, said = article.numbers, article.said
        lacking = max([weight for name, weight in self.rare_names.weights.items() if name not in said], default=0.0)
        return (
            product / self.words.length,
            product if self.size == 1 else max([dot(article.hashed, words) for words, _, _ in self.members]),
            product / self.size,
            max([dot(article.lead, first) for _, first, _ in self.members]),
            log(self.size),
            dot(article.names, self.names.weights) / self.names.length,
            max([cosine(numbers, others) for _, _, others in self.members]) if numbers else 0.0,
            lacking / self.size / 6,
            _late(apart or 0),
        )

    def figures_abroad(self, article: Features, apart: int | None) -> tuple[float, ...]:
        """Give, to an article of another language, how like all that is told is, how like what happened is, and how late it is."""
        return (
            dot(article.abroad, self.abroad.weights) / self.abroad.length,
            dot(article.meanings, self.meanings.weights) / self.meanings.length / norm(article.meanings),
            _late(UNDATED if apart is None else apart),
        )


@dataclass(slots=True)
class Told:
    """A story in each of its languages, and what of it is alike in any; when it was told."""

    tellings: dict[str, Telling] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    size: int = 0

    def grow(self, article: Features, language: str) -> None:
        """Take in an article."""
        self.tellings.setdefault(language, Telling()).grow(article)
        self.days |= article.days
        self.size += 1

    def days_apart(self, article: Features) -> int | None:
        """Give the days between an article and the story's nearest telling; None where either has no date."""
        if not article.days.isdisjoint(self.days):
            return 0
        return min([abs((a - b).days) for a in article.days for b in self.days], default=None)


def _late(apart: int) -> float:
    """Give the logarithm of the days that pass in silence, of which the first is none."""
    return log1p(max(0, apart - 1))
