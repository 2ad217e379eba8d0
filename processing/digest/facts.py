"""What the articles of a story say together, whoever reads it: found once, for all series that are due at a cut-off."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from processing.digest.newsrooms import newsrooms
from processing.digest.officials import official_source
from processing.model import Entity, Newsroom, Story, StoryArticle

ENTITIES = 4
"""Names that readers are shown of a story."""


class StoryFacts:
    """What is found in a story's articles when it is first asked for, and kept."""

    def __init__(self, articles: tuple[StoryArticle, ...]) -> None:
        self.articles = articles
        self._officials: dict[str, str | None] = {}
        self._heard: dict[int, tuple[str, ...]] = {}

    @cached_property
    def newsrooms(self) -> tuple[Newsroom, ...]:
        """Its independent newsrooms, the one with most articles first."""
        return newsrooms(self.articles)

    @cached_property
    def outlets(self) -> int:
        """How many outlets tell it."""
        return len({article.outlet for article in self.articles})

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Its topics with their parents, those of most articles and the highest scores first."""
        said: Counter[str] = Counter()
        for article in self.articles:
            for tag in article.topics:
                said[tag.topic] += round(1000 * tag.score)  # whole numbers: the sum must not depend on the order
                if tag.parent:
                    said[tag.parent] += round(999 * tag.score)
        return tuple(sorted(said, key=lambda topic: (-said[topic], topic)))

    @cached_property
    def strength(self) -> float:
        """How surely it is of its topic, in 0 to 1: it orders stories of one weight."""
        return max((tag.score for article in self.articles for tag in article.topics), default=0.0)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """What it names, in most articles and headlines first; one Entity for each id."""
        first: dict[str, Entity] = {}
        said: Counter[str] = Counter()
        for article in self.articles:
            for entity in article.entities:
                first.setdefault(entity.id, entity)
                said[entity.id] += min(entity.mentions, 5) + 5 * entity.in_title
        return tuple(first[id_] for id_ in sorted(first, key=lambda id_: (-said[id_], id_)))

    def official(self, language: str) -> str | None:
        """Name the official body that speaks in most of its articles for readers of a language; None where none does."""
        if language not in self._officials:
            self._officials[language] = official_source(self.articles, language, self._heard)
        return self._officials[language]


class Facts:
    """The facts of stories, each story's kept for as long as it has the same articles."""

    def __init__(self) -> None:
        self._of: dict[int, StoryFacts] = {}

    def of(self, story: Story) -> StoryFacts:
        """Give a story's facts."""
        known = self._of.get(story.id)
        if known is None or known.articles is not story.articles:
            known = self._of[story.id] = StoryFacts(story.articles)
        return known
