"""What an article's words, names and meanings weigh by what was seen up to it: what of it is compared with stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from processing.model import Arrival
from processing.stories.background import background
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
from processing.stories.vectors import Hashed, Vector, hashed, unit

SENTENCES, SAID = 40, 300
"""Words at the top whose names count as what an article is about, and words within which a story's names are looked for."""

EVENT = 55
"""Words at the top within which the day of the event is told; 40 lose an eighth of these days, 100 take in those of background."""


@dataclass(slots=True)
class Features:
    """What of one article is compared, or of a story's mean article."""

    hashed: Hashed
    """The words, weighed by rarity."""

    lead: Hashed
    """The words of the title and the first sentences."""

    names: Vector
    numbers: Vector
    rare_names: Hashed
    """The names of title and first sentences, each with its rarity; words that a headline's capitals make names are none."""

    said: AbstractSet[int]
    """Every telling word of the first three hundred, by hash."""

    days: AbstractSet[date]
    """Those that the top names in full, and the day given with the article."""

    dated: bool
    """Whether a day was given with it; a day that is only named may be of background."""

    told: AbstractSet[date]
    """The days on which the first sentences put the event."""

    named: Vector
    """What is alike in any language but for meanings: names, numbers and known entities, whom and what it is about."""

    meanings: Vector
    """What happened. Rarity does not count: the rare meanings are an affair's, the common ones tell its days apart."""


@dataclass(slots=True)
class Weighed:
    """An article as it came: what of it is compared, and by what its story can be found, the heaviest first."""

    features: Features
    words: Vector
    abroad: Vector
    """What is alike in any language."""


class Scales:
    """Weighs articles in the order they come: what is rare is learnt on the way."""

    def __init__(self) -> None:
        common = background()
        self._vocabularies = defaultdict(Vocabulary, {language: Vocabulary(*common[language]) for language in common})
        self._abroad = Vocabulary()

    def weigh(self, arrival: Arrival) -> Weighed:
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
        weighed, alike, said_top = vocabulary.weigh(named), self._abroad.weigh(anywhere), vocabulary.weigh(counted)
        features = Features(
            hashed=hashed(said_top),
            lead=hashed(vocabulary.weigh(words(arrival.title, first))),
            names=weighed,
            numbers={name: weight for name, weight in weighed.items() if name[0].isdigit()},
            rare_names=dict(zip(map(hash, rare), vocabulary.rarities(rare), strict=True)),
            said=frozenset(map(hash, set(split(arrival.title) + split(said)) - STOP_WORDS)),
            days=days,
            dated=given is not None,
            told=told_days(f"{arrival.title}. {lead(said, EVENT)}", given),
            named=unit({feature: weight for feature, weight in alike.items() if not feature.startswith(ACTIONS)}),
            meanings=happened(anywhere),
        )
        return Weighed(features, said_top, alike)
