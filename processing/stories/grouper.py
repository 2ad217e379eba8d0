"""Stories as they grow: each article joins the open story it is closest to, or begins one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from processing.duplicates import Copies
from processing.model import Arrival, Assignment
from processing.stories.centroids import Centroids
from processing.stories.features import Vector, Vocabulary, names, words

SAME_EVENT = 0.25
"""Likeness (cosine) from which an article joins a story told in its language; measured by benchmarks/stories.py."""

SAME_EVENT_ABROAD = 0.29
"""The same for a story told in other languages alone, by names, numbers and meanings; measured on pairs of both."""

OPEN_FOR = timedelta(days=7)
"""A story that nobody has told for this long takes no further article."""

GROUPER = "centroids-2"
"""What decided an assignment, written beside it."""


@dataclass(slots=True)
class _Told:
    """When a story was last told, and in which languages."""

    languages: set[str] = field(default_factory=set)
    last: datetime | None = None


class Grouper:
    """Joins articles to stories in the order they come. A new story's id is the id of its first article."""

    def __init__(self) -> None:
        self._vocabularies = Vocabulary(), Vocabulary()
        self._by_words, self._by_names = Centroids(), Centroids()
        self._copies = Copies()
        self._told: dict[str, _Told] = {}
        self._story_of: dict[str, str] = {}

    def add(self, arrival: Arrival) -> Assignment:
        """Decide an article's story, and whether it copies an earlier article."""
        vectors = self._vectors(arrival)
        original = self._copies.add(arrival.id, arrival.text)
        if original is None:
            story, score = self._closest(arrival, *vectors)
        else:
            story, score = self._story_of[original], 1.0
        self._grow(story, arrival, *vectors)
        return Assignment(id=arrival.id, story=story, duplicate_of=original, score=round(score, 3))

    def restore(self, arrival: Arrival, story: str) -> None:
        """Take in an article whose story was decided before."""
        self._copies.add(arrival.id, arrival.text)
        self._grow(story, arrival, *self._vectors(arrival))

    def _vectors(self, arrival: Arrival) -> tuple[Vector, Vector]:
        """Weigh the article's words, and its names, by what was seen up to it."""
        counts = words(arrival.title, arrival.text), names(arrival.title, arrival.text, arrival.entities)
        for vocabulary, counted in zip(self._vocabularies, counts, strict=True):
            vocabulary.learn(counted)
        by_words, by_names = self._vocabularies
        return by_words.weigh(counts[0]), by_names.weigh(counts[1])

    def _closest(self, arrival: Arrival, by_words: Vector, by_names: Vector) -> tuple[str, float]:
        """Give the story to join, and how like the article is to it; a new story is wholly like its first article."""
        fits = [
            (likeness - SAME_EVENT, likeness, story)
            for story, likeness in self._by_words.near(by_words).items()
            if likeness >= SAME_EVENT and self._open(story, arrival.at)
        ] + [
            (likeness - SAME_EVENT_ABROAD, likeness, story)
            for story, likeness in self._by_names.near(by_names).items()
            if likeness >= SAME_EVENT_ABROAD
            and arrival.language not in self._told[story].languages
            and self._open(story, arrival.at)
        ]
        if not fits:
            return arrival.id, 1.0
        _, likeness, story = max(fits)
        return story, likeness

    def _open(self, story: str, now: datetime | None) -> bool:
        last = self._told[story].last
        return now is None or last is None or abs(now - last) <= OPEN_FOR

    def _grow(self, story: str, arrival: Arrival, by_words: Vector, by_names: Vector) -> None:
        self._by_words.grow(story, by_words)
        self._by_names.grow(story, by_names)
        told = self._told.setdefault(story, _Told())
        told.languages.add(arrival.language)
        if arrival.at is not None:
            told.last = max(told.last or arrival.at, arrival.at)
        self._story_of[arrival.id] = story
