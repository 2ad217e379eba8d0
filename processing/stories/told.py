"""A story as it was told so far, and how like it an article is: a handful of figures that a person can read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from math import log, log1p

from processing.stories.vectors import Packed, Sum, cosine, dot, mean, packed
from processing.stories.weighing import Features

MEMBERS = 12
"""Articles of a story that a new one is held against one by one, the last ones."""

SETTLED = 2
"""Articles up to which a story's size says nothing: from there on the larger it is, the less its mean tells of each."""

SHARED = 3
"""Meanings in common from which an article may be told abroad: two words under a headline are no event."""

UNDATED = 2
"""Days that an article without a date counts as late across languages: it may be of any day of its affair."""


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

    def absorb(self, other: Telling) -> None:
        """Take in all articles of another story."""
        self.words.add(other.words.weights)
        self.names.add(other.names.weights)
        self.named.add(other.named.weights)
        self.meanings.add(other.meanings.weights)
        self.rare_names.add(other.rare_names.weights)
        self.members = [*self.members, *other.members][-MEMBERS:]
        self.told |= other.told
        self.size += other.size

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
            log(max(1.0, self.size / SETTLED)),
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
        return -1.0 if self.told.isdisjoint(article.told) else 0.5


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

    def absorb(self, other: Told) -> None:
        """Take in a story that was found to be one with this."""
        for language, telling in other.tellings.items():
            self.tellings.setdefault(language, Telling()).absorb(telling)
        self.days |= other.days
        self.dated |= other.dated
        self.size += other.size

    def mean(self, language: str) -> Features:
        """Give the mean article of a language, to be held against another story.

        Of a single article it is that one, but for the words that were said: only the heaviest are kept.
        """
        telling = self.tellings[language]
        _, leads, numbers = zip(*telling.members, strict=True)
        return Features(
            hashed=mean([telling.words.weights], telling.size),
            lead=mean(leads),
            names=mean([telling.names.weights], telling.size),
            numbers=mean(numbers),
            rare_names=mean([telling.rare_names.weights], telling.size),
            said=frozenset(chain(telling.words.weights.keys(), telling.rare_names.weights.keys())),
            days=self.days,
            dated=self.dated,
            told=telling.told,
            named=mean([telling.named.weights], telling.size),
            meanings=mean([telling.meanings.weights], telling.size),
        )

    def days_apart(self, article: Features) -> int | None:
        """Give the days between an article and the story's nearest telling; None where either has no date.

        A day that is only named makes no article late: it may be of background.
        """
        if not self.days.isdisjoint(article.days):
            return 0
        if not (article.dated and self.dated):
            return None
        return min([abs((a - b).days) for a in article.days for b in self.days], default=None)

    def figures_abroad(self, article: Features, language: str, apart: int | None) -> tuple[float, ...] | None:
        """Give what is like between an article of this language and tellings in others; None where there is next to nothing.

        What happened in any language and names in the others, each the mean of articles, and how late the article is.
        """
        others = [telling for other, telling in self.tellings.items() if other != language]
        if not any(_in_common(article.meanings, one.meanings.weights.keys()) >= SHARED for one in others):
            return None
        alike = [dot(article.meanings, telling.meanings.weights) / telling.size for telling in self.tellings.values()]
        named = [dot(article.named, telling.named.weights) / telling.size for telling in others]
        return sum(alike) / len(alike), sum(named) / len(named), _late(UNDATED if apart is None else apart)


def _in_common(these: dict[str, float], those: Iterable[str]) -> int:
    return sum(map(these.__contains__, those))


def _late(apart: int) -> float:
    """Give the logarithm of the days that pass in silence, of which the first is none."""
    return log1p(max(0, apart - 1))
