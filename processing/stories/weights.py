"""What is like, weighed: how likely an article tells a story, and how likely two stories are one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from math import exp
from typing import NamedTuple

from processing.stories.told import Told
from processing.stories.weighing import Features

OPEN_FOR = timedelta(days=7)
"""A story that nobody has told for this long takes no further article."""


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
"""Of `Told.figures_abroad`: `benchmarks/story_fitting_abroad.py` finds them; docs/decisions/0014 says on which stories."""

WEIGHTS_BOTH = Weights(-7.3, (16.6, 3.4, -2.5))
"""Of the same where a story is told in the article's language too."""

WITHIN = 0.2
"""What the odds within a language add then: beside what happened they say little, but hold large stories together."""


class Odds(NamedTuple):
    """The logarithms of the odds that an article tells a story, by which languages it was told in."""

    within: Weights = WEIGHTS
    abroad: Weights = WEIGHTS_ABROAD
    both: Weights = WEIGHTS_BOTH

    def of_article(self, told: Told, article: Features, language: str) -> float | None:
        """Weigh an article against a story; None where nothing can be said, or nobody told the story for too long."""
        apart = told.days_apart(article)
        if apart is not None and apart > OPEN_FOR.days:
            return None
        figures = told.figures_abroad(article, language, apart)
        own = told.tellings.get(language)
        if own is None:
            return None if figures is None else self.abroad.odds(figures)
        within = self.within.odds(own.figures(article, apart))
        return within if figures is None else self.both.odds(figures) + WITHIN * within

    def of_story(self, told: Told, other: Told) -> float | None:
        """Weigh a story against a larger one as if its mean article came now; of its languages the mean by articles."""
        weighed = [
            (odds, telling.size)
            for language, telling in other.tellings.items()
            if (odds := self.of_article(told, other.mean(language), language)) is not None
        ]
        articles = sum(size for _, size in weighed)
        return sum(odds * size for odds, size in weighed) / articles if articles else None


ODDS = Odds()
