"""Stories as they grow: each article joins the open story it most likely tells, or begins one."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from processing.duplicates import Copies
from processing.model import Arrival, Assignment
from processing.stories.background import background
from processing.stories.candidates import Candidates
from processing.stories.days import named_days
from processing.stories.features import ACTIONS, Vocabulary, abroad, lead, names, tokens, words
from processing.stories.told import WEIGHTS, WEIGHTS_ABROAD, Features, Told, Weights

SAME_EVENT = 0.5
"""Likelihood from which an article joins a story."""

SHARED_ABROAD = 3
"""Names, numbers and meanings in common that such a join needs: one place under two spellings is no event."""

OPEN_FOR = timedelta(days=7)
"""A story that nobody has told for this long takes no further article."""

LOOKED_AT = 6
"""Candidates that are scored, the nearest first."""

SENTENCES, SAID = 40, 300
"""Words at the top whose names count as what an article is about, and words within which a story's names are looked for."""

GROUPER = "likelihood-2"
"""What decided an assignment, written beside it."""


class Grouper:
    """Joins articles to stories in the order they come. A new story's id is the id of its first article."""

    def __init__(self, weights: Weights = WEIGHTS, weights_abroad: Weights = WEIGHTS_ABROAD) -> None:
        self._weights, self._weights_abroad = weights, weights_abroad
        common = background()
        self._vocabularies = defaultdict(Vocabulary, {language: Vocabulary(*common[language]) for language in common})
        self._abroad = Vocabulary()
        self._by_words, self._by_names = Candidates(), Candidates()
        self._copies = Copies()
        self._told: dict[str, Told] = {}
        self._story_of: dict[str, str] = {}

    def add(self, arrival: Arrival) -> Assignment:
        """Decide an article's story, and whether it copies an earlier article."""
        features = self._features(arrival)
        original = self._copies.add(arrival.id, arrival.text)
        if original is None:
            story, score = self._closest(arrival, features)
        else:
            story, score = self._story_of[original], 1.0
        self._grow(story, arrival, features)
        return Assignment(id=arrival.id, story=story, duplicate_of=original, score=round(score, 3))

    def restore(self, arrival: Arrival, story: str) -> None:
        """Take in an article whose story was decided before."""
        self._copies.add(arrival.id, arrival.text)
        self._grow(story, arrival, self._features(arrival))

    def _features(self, arrival: Arrival) -> Features:
        """Weigh what the article says by what was seen up to it."""
        vocabulary = self._vocabularies[arrival.language]
        days, top = named_days(lead(arrival.text))
        first = lead(top, SENTENCES)
        counted, named = words(arrival.title, top), names(arrival.title, top)
        vocabulary.learn(counted)
        anywhere = abroad(arrival.title, top, named, arrival.language)
        anywhere.update(f"entity:{entity}" for entity in arrival.entities)
        self._abroad.learn(anywhere)
        named_first = names(arrival.title, first)
        if arrival.at is not None:
            days.add(arrival.at.date())
        weighed, weighed_abroad = vocabulary.weigh(named), self._abroad.weigh(anywhere)
        return Features(
            words=vocabulary.weigh(counted),
            lead=vocabulary.weigh(words(arrival.title, first)),
            names=weighed,
            numbers={name: weight for name, weight in weighed.items() if name[0].isdigit()},
            rare_names={name: vocabulary.rarity(name) for name in named_first},
            said=frozenset(tokens(f"{arrival.title} {lead(arrival.text, SAID)}")),
            days=frozenset(days),
            abroad=weighed_abroad,
            meanings={key: weight for key, weight in weighed_abroad.items() if key.startswith(ACTIONS)},
        )

    def _closest(self, arrival: Arrival, features: Features) -> tuple[str, float]:
        """Give the story to join, and how likely it is; a new story is wholly like its first article."""
        fits = []
        for story in self._by_words.near(features.words, LOOKED_AT):
            told = self._told.get(story)
            if told is not None and arrival.language in told.tellings and self._open(told, features):
                telling = told.tellings[arrival.language]
                fits.append((self._weights.likelihood(telling.figures(features, told.days_apart(features))), story))
        for story in self._by_names.near(features.abroad, LOOKED_AT):
            told = self._told.get(story)
            if told is None or arrival.language in told.tellings or not self._open(told, features):
                continue
            for telling in told.tellings.values():
                if len(features.abroad.keys() & telling.abroad.weights.keys()) >= SHARED_ABROAD:
                    figures = telling.figures_abroad(features, told.days_apart(features))
                    fits.append((self._weights_abroad.likelihood(figures), story))
        likelihood, story = max(fits, default=(0.0, ""))
        return (story, likelihood) if likelihood >= SAME_EVENT else (arrival.id, 1.0)

    def _open(self, told: Told, features: Features) -> bool:
        apart = told.days_apart(features)
        return apart is None or apart <= OPEN_FOR.days

    def _grow(self, story: str, arrival: Arrival, features: Features) -> None:
        told = self._told.setdefault(story, Told())
        told.grow(features, arrival.language)
        self._by_words.tell(story, features.words)
        self._by_names.tell(story, features.abroad)
        self._story_of[arrival.id] = story
