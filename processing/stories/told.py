"""A story as it was told so far, and how like it an article is: a handful of figures that a person can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import exp, log, log1p
from typing import NamedTuple

from processing.stories.vectors import Hashed, Packed, Sum, Vector, cosine, dot, packed

MEMBERS = 12
"""Articles of a story that a new one is held against one by one, the last ones."""

SHARED = 3
"""Meanings in common from which an article may be told abroad: two words under a headline are no event."""

UNDATED = 2
"""Days that an article without a date counts as late across languages: it may be of any day of its affair."""


class Weights(NamedTuple):
    """What makes a likelihood of figures: a bias, and a weight for each."""

    bias: float
    of: tuple[float, ...]

    def odds(self, figures: Iterable[float]) -> float:
        """Give the logarithm of the odds."""
        return self.bias + sum(weight * figure for weight, figure in zip(self.of, figures, strict=True))


def likelihood(odds: float) -> float:
    """Turn the logarithm of odds into a likelihood, 0 to 1."""
    return 1 / (1 + exp(-odds))


WEIGHTS = Weights(-6.8, (5.1, 3.7, 3.8, 4.3, 0.7, 3.3, 1.7, -1.5, -1.0, 2.0, 1.4))
"""Of `Telling.figures`. docs/decisions/0024 says how each was found; `benchmarks/story_fitting.py` climbs from here."""

WEIGHTS_ABROAD = Weights(-5.4, (15.9, 3.2, -3.3))
"""Of `Told.figures_abroad`: `benchmarks/story_fitting.py` finds them; docs/decisions/0014 says on which stories."""

WEIGHTS_BOTH = Weights(-7.3, (16.6, 3.4, -2.5))
"""Of the same where a story is told in the article's language too."""

WITHIN = 0.3
"""What the odds within a language add then: beside what happened they say little, but of a large story's next article."""


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
    """The names of title and first sentences, each with its rarity; words that a headline's capitals make names are none."""

    said: frozenset[str]
    """Every telling word of the first three hundred."""

    days: frozenset[date]
    """Those that the top names in full, and the day given with the article."""

    dated: bool
    """Whether a day was given with it; a day that is only named may be of background."""

    told: frozenset[date]
    """The days on which the first sentences put the event."""

    abroad: Vector
    """What is alike in any language: names, numbers, known entities, and meanings."""

    named: Vector
    """Of these all but the meanings: whom and what it is about."""

    meanings: Vector
    """What happened. Rarity does not count: the rare meanings are an affair's, the common ones tell its days apart."""


@dataclass(slots=True)
class Telling:
    """A story as told in one language: sums of its articles, and the last of them one by one."""

    words: Sum = field(default_factory=Sum)
    names: Sum = field(default_factory=Sum)
    rare_names: Sum = field(default_factory=Sum)
    named: Sum = field(default_factory=Sum)
    meanings: Sum = field(default_factory=Sum)
    members: list[tuple[Packed, Packed, Packed]] = field(default_factory=list)
    """Words, lead and numbers of each."""

    told: set[date] = field(default_factory=set)
    size: int = 0

    def grow(self, article: Features) -> None:
        """Take in an article."""
        words = packed(article.hashed)
        self.words.add(words)
        self.names.add(packed(article.names))
        self.named.add(packed(article.named))
        self.meanings.add(packed(article.meanings))
        self.rare_names.add(packed(article.rare_names))
        self.members = [*self.members[1 - MEMBERS :], (words, packed(article.lead), packed(article.numbers))]
        self.told |= article.told
        self.size += 1

    def figures(self, article: Features, apart: int | None) -> tuple[float, ...]:
        """Give what is like, to an article so many days after the nearest telling.

        The middle, the nearest, the mean article, the nearest lead, size, names, numbers, the rarest name that lacks, the
        days between, what happened, and the day of the event; those are 0 where one is not known.
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
            dot(article.meanings, self.meanings.weights) / self.size,
            self._same_day(article),
        )

    def _same_day(self, article: Features) -> float:
        """Tell of a day of the event: 0.5 where one is shared, -1 where both name others, which says more."""
        if not article.told or not self.told:
            return 0.0
        return -1.0 if article.told.isdisjoint(self.told) else 0.5


@dataclass(slots=True)
class Told:
    """A story in each of its languages, and what of it is alike in any; when it was told."""

    tellings: dict[str, Telling] = field(default_factory=dict)
    days: set[date] = field(default_factory=set)
    dated: bool = False
    size: int = 0

    def grow(self, article: Features, language: str) -> None:
        """Take in an article."""
        self.tellings.setdefault(language, Telling()).grow(article)
        self.days |= article.days
        self.dated |= article.dated
        self.size += 1

    def days_apart(self, article: Features) -> int | None:
        """Give the days between an article and the story's nearest telling; None where either has no date.

        A day that is only named makes no article late: it may be of background.
        """
        if not article.days.isdisjoint(self.days):
            return 0
        if not (article.dated and self.dated):
            return None
        return min([abs((a - b).days) for a in article.days for b in self.days], default=None)

    def figures_abroad(self, article: Features, language: str, apart: int | None) -> tuple[float, ...] | None:
        """Give what is like between an article of this language and tellings in others; None where there is next to nothing.

        What happened in any language and names in the others, each the mean of articles, and how late the article is.
        """
        others = [telling for other, telling in self.tellings.items() if other != language]
        if not any(sum(map(article.meanings.__contains__, one.meanings.weights.keys())) >= SHARED for one in others):
            return None
        alike = [dot(article.meanings, telling.meanings.weights) / telling.size for telling in self.tellings.values()]
        named = [dot(article.named, telling.named.weights) / telling.size for telling in others]
        return sum(alike) / len(alike), sum(named) / len(named), _late(UNDATED if apart is None else apart)


def _late(apart: int) -> float:
    """Give the logarithm of the days that pass in silence, of which the first is none."""
    return log1p(max(0, apart - 1))
