"""A story: one event, as many outlets tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processing.model.card import Extract, Reason, Reference, Standing
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
    merged: tuple[str, ...] = ()
    """Stories that are one with it from now on, as the article shows."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article in its place in the order of arrival; one that waits to be joined has no story yet."""

    arrival: Arrival
    story: int | None = None
    duplicate_of: str | None = None
    """The id of the article that it was found to copy."""
    whole: bool = True
    """Whether its text is there; of one that was let go, the lead is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """One article of a story, with all that an edition needs to tell of it."""

    article_id: int
    url: str
    outlet: str
    outlet_title: str
    group: str
    country: str
    """Where its outlet sits, ISO 3166-1."""
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
    past: tuple[StoryArticle, ...] = ()
    """Articles that earlier editions have shown and that were found irrelevant since: they count for nothing, but are known."""

    @property
    def first_seen_at(self) -> datetime:
        """When its first article was seen."""
        return self.articles[0].first_seen_at

    @property
    def last_seen_at(self) -> datetime:
        """When its latest article was seen."""
        return max(article.first_seen_at for article in self.articles)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """One newsroom that reported for itself, with all articles that lead back to it."""

    name: str
    articles: tuple[StoryArticle, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Whose articles these are, the first first."""
        return tuple(dict.fromkeys(article.outlet_title for article in self.articles))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """Where a story stands for the readers of a series at an instant: all that decides whether and where it is told."""

    story: Story
    standing: Standing
    news: tuple[Extract, ...]
    """Of a developing one what is new, in sentences; empty of any other."""
    newsrooms: tuple[Newsroom, ...]
    outlets: int
    topics: tuple[str, ...]
    """With their parents, strongest first."""
    strength: float
    """How surely it is of its topic, in 0 to 1."""
    reasons: tuple[Reason, ...]
    """The weightiest first; their points are its weight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """All that is said of a story to the readers of a series at an instant."""

    story: Story
    standing: Standing
    headline: Reference
    """Of its best article; of a developing one, of the article with what is most new."""
    told: StoryArticle
    """Its best article: in the readers' language, its own reporting, the earliest."""
    news: tuple[Extract, ...]
    """Of a developing one what is new, in sentences; empty of any other."""
    fresh: tuple[StoryArticle, ...]
    """Its articles that no edition of the series has shown."""
    newsrooms: tuple[Newsroom, ...]
    origin: str | None
    """The source that all of its articles point to."""
    topics: tuple[str, ...]
    """Labels, strongest first."""
    entities: tuple[Entity, ...]
    """Most named first."""
    keywords: tuple[str, ...]
    """The terms that told its topic best."""
    reasons: tuple[Reason, ...]
    """The weightiest first; their points are its weight."""
