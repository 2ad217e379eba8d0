"""Stories as they grow: each article joins the open story it most likely tells, or begins one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from processing.duplicates import Copies
from processing.model import Arrival, Assignment
from processing.stories.background import background
from processing.stories.candidates import Candidates
from processing.stories.clock import Clock
from processing.stories.days import named_days, told_days
from processing.stories.features import (
    ACTIONS,
    STOP_WORDS,
    Vocabulary,
    abroad,
    happened,
    lasting_names,
    lead,
    names,
    split,
    words,
)
from processing.stories.told import WEIGHTS, WEIGHTS_ABROAD, WEIGHTS_BOTH, WITHIN, Features, Told, Weights, likelihood
from processing.stories.vectors import hashed, unit

SAME_EVENT = 0.5
"""Likelihood from which an article joins a story."""

OPEN_FOR = timedelta(days=7)
"""A story that nobody has told for this long takes no further article."""

KEPT_FOR = 2 * OPEN_FOR
"""A story or text is forgotten after so long. Until then an article with a wrong date can join by the day that its text names."""

LOOKED_AT = 6
"""Candidates that are scored, the nearest first."""

SENTENCES, SAID = 40, 300
"""Words at the top whose names count as what an article is about, and words within which a story's names are looked for."""

EVENT = 55
"""Words at the top within which the day of the event is told; 40 lose an eighth of these days, 100 take in those of background."""

GROUPER = "likelihood-3"
"""What decided an assignment, written beside it."""


class Grouper:
    """Joins articles to stories in the order they come. A new story's id is the id of its first article."""

    def __init__(
        self, weights: Weights = WEIGHTS, abroad: Weights = WEIGHTS_ABROAD, both: Weights = WEIGHTS_BOTH
    ) -> None:
        self._weights, self._weights_abroad, self._weights_both = weights, abroad, both
        common = background()
        self._vocabularies = defaultdict(Vocabulary, {language: Vocabulary(*common[language]) for language in common})
        self._abroad = Vocabulary()
        self._by_words, self._by_names = Candidates(), Candidates()
        self._copies = Copies()
        self._told: dict[str, Told] = {}
        self._told_at: dict[str, datetime] = {}
        self._story_of: dict[str, str] = {}
        self._clock = Clock()

    def add(self, arrival: Arrival) -> Assignment:
        """Decide an article's story, and whether it copies an earlier article."""
        if self._clock.tick(arrival.at):
            self._release()
        features = self._features(arrival)
        original = self._copies.add(arrival.id, arrival.text, self._at(arrival))
        if original is None:
            story, score = self._closest(arrival, features)
        else:
            story, score = self._story_of[original], 1.0
        self._grow(story, arrival, features)
        return Assignment(id=arrival.id, story=story, duplicate_of=original, score=round(score, 3))

    def restore(self, arrival: Arrival, story: str) -> None:
        """Take in an article whose story was decided before. Nothing is forgotten: earlier articles may yet be added."""
        self._copies.add(arrival.id, arrival.text, self._at(arrival))
        self._grow(story, arrival, self._features(arrival))

    @property
    def visited(self) -> int:
        """How many entries were looked at so far to find stories."""
        return self._by_words.visited + self._by_names.visited

    def held(self) -> dict[str, int]:
        """Count what is in memory."""
        entries = len(self._by_words) + len(self._by_names)
        return {"stories": len(self._told), "texts": len(self._story_of), "entries": entries}

    def _features(self, arrival: Arrival) -> Features:
        """Weigh what the article says by what was seen up to it."""
        said, vocabulary = lead(arrival.text, SAID), self._vocabularies[arrival.language]
        days, top = named_days(lead(said))
        first = lead(top, SENTENCES)
        rare = lasting_names(arrival.title, first, said)
        counted, named = words(arrival.title, top), names(arrival.title, top)
        vocabulary.learn(counted)
        anywhere = abroad(arrival.title, top, named, arrival.language, arrival.entities)
        self._abroad.learn(anywhere)
        given = arrival.at.date() if arrival.at is not None else None
        if given is not None:
            days.add(given)
        weighed, alike = vocabulary.weigh(named), self._abroad.weigh(anywhere)
        said_top = vocabulary.weigh(counted)
        return Features(
            words=said_top,
            hashed=hashed(said_top),
            lead=hashed(vocabulary.weigh(words(arrival.title, first))),
            names=weighed,
            numbers={name: weight for name, weight in weighed.items() if name[0].isdigit()},
            rare_names=dict(zip(rare, vocabulary.rarities(rare), strict=True)),
            said=frozenset(split(arrival.title) + split(said)) - STOP_WORDS,
            days=frozenset(days),
            dated=given is not None,
            told=told_days(f"{arrival.title}. {lead(said, EVENT)}", given),
            abroad=alike,
            named=unit({feature: weight for feature, weight in alike.items() if not feature.startswith(ACTIONS)}),
            meanings=happened(anywhere),
        )

    def _closest(self, arrival: Arrival, features: Features) -> tuple[str, float]:
        """Give the story to join, and how likely it is; a new story is wholly like its first article."""
        fits = []
        for story, told in self._near(arrival.language, features):
            apart = told.days_apart(features)
            if _open(apart) and (odds := self._odds(told, features, arrival.language, apart)) is not None:
                fits.append((likelihood(odds), story))
        best, story = max(fits, default=(0.0, ""))
        return (story, best) if best >= SAME_EVENT else (arrival.id, 1.0)

    def _near(self, language: str, features: Features) -> Iterator[tuple[str, Told]]:
        """Give the stories that share words in a language, and those told in others that share names and meanings."""
        by_words = self._by_words.near(features.words, LOOKED_AT)
        for story in by_words:
            if (told := self._told.get(story)) is not None and language in told.tellings:
                yield story, told
        for story in self._by_names.near(features.abroad, LOOKED_AT):
            if (told := self._told.get(story)) is None or told.tellings.keys() == {language}:
                continue
            if language not in told.tellings or story not in by_words:
                yield story, told

    def _odds(self, told: Told, features: Features, language: str, apart: int | None) -> float | None:
        """Weigh what is like in an article's own language and in others; None where nothing can be said."""
        own, figures = told.tellings.get(language), told.figures_abroad(features, language, apart)
        if own is None:
            return None if figures is None else self._weights_abroad.odds(figures)
        within = self._weights.odds(own.figures(features, apart))
        return within if figures is None else self._weights_both.odds(figures) + WITHIN * within

    def _grow(self, story: str, arrival: Arrival, features: Features) -> None:
        told = self._told.setdefault(story, Told())
        told.grow(features, arrival.language)
        self._by_words.tell(story, features.words)
        self._by_names.tell(story, features.abroad)
        self._story_of[arrival.id] = story
        if at := self._at(arrival):
            self._told_at[story] = max(at, self._told_at.get(story, at))

    def _at(self, arrival: Arrival) -> datetime | None:
        return arrival.at or self._clock.last

    def _release(self) -> None:
        """Forget the stories that were told and the texts that came too long ago to matter to what comes."""
        assert self._clock.now is not None
        before = self._clock.now - KEPT_FOR
        closed = {story for story, at in self._told_at.items() if at < before}
        for story in closed:
            del self._told[story], self._told_at[story]
        self._by_words.forget(closed)
        self._by_names.forget(closed)
        self._copies.forget(before)
        self._story_of = {id_: self._story_of[id_] for id_ in self._copies}


def _open(apart: int | None) -> bool:
    return apart is None or apart <= OPEN_FOR.days
