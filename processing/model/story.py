"""A story: one event, as many outlets tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processing.model.judgement import Attribution, Entity, TopicTag


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article as it comes to be joined to a story; ids are strings here, whatever they are in the store."""

    id: str
    title: str
    text: str
    at: datetime | None
    outlet: str = ""
    language: str = ""
    entities: tuple[str, ...] = ()
    """Entity ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The story that an article was joined to; `duplicate_of` is the id of the article it copies."""

    id: str
    story: str
    duplicate_of: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """One article of a story, with all that an edition needs to tell of it."""

    article_id: int
    url: str
    outlet: str
    outlet_title: str
    group: str
    state_media: bool
    title: str
    paragraphs: tuple[str, ...]
    language: str
    first_seen_at: datetime
    published_at: datetime | None
    duplicate_of: int | None
    score: float
    topics: tuple[TopicTag, ...]
    entities: tuple[Entity, ...]
    sources: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story with its articles, oldest first."""

    id: int
    articles: tuple[StoryArticle, ...]
    shown: frozenset[int] = frozenset()
    """Ids of its articles that earlier editions of the series have shown; empty for a new story."""

    @property
    def first_seen_at(self) -> datetime:
        """When its first article was seen."""
        return self.articles[0].first_seen_at

    @property
    def last_seen_at(self) -> datetime:
        """When its latest article was seen."""
        return max(article.first_seen_at for article in self.articles)
