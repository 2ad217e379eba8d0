"""Stories as they grow: each article joins the open story it most likely tells, or begins one; two that prove one are merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime

from processing.duplicates import Copies
from processing.model import Arrival, Assignment
from processing.stories.candidates import Candidates
from processing.stories.clock import Clock
from processing.stories.redirects import Redirects
from processing.stories.told import Told
from processing.stories.weighing import Scales, Weighed
from processing.stories.weights import ODDS, OPEN_FOR, Odds, likelihood

SAME_EVENT = 0.5
"""Likelihood from which an article joins a story."""

ONE_ABROAD, ONE_ALONE, ONE_OF_SEVERAL = 0.65, 0.8, 0.94
"""Likelihood from which two stories are one: across languages; within one where the smaller has one article, and several.

They had their reasons to begin apart, and the larger both are, the more wrong pairs a wrong merge makes.
"""

WORTH_A_LOOK = 0.05
"""Likelihood that an article tells a second story, from which that one is held against the story it joined."""

KEPT_FOR = 2 * OPEN_FOR
"""A story or text is forgotten after so long. Until then an article with a wrong date can join by the day that its text names."""

LOOKED_AT = 6
"""Candidates that are scored, the nearest first."""

GROUPER = "likelihood-4"
"""What decided an assignment, written beside it."""


class Grouper:
    """Joins articles to stories in the order they come. A new story's id is the id of its first article.

    `apart` names pairs of stories that a person has parted: they are never found to be one. Without `merging` none are.
    """

    def __init__(self, odds: Odds = ODDS, *, apart: Iterable[AbstractSet[str]] = (), merging: bool = True) -> None:
        self._odds = odds
        self._merging = merging
        self._apart = tuple(apart)
        self._scales = Scales()
        self._by_words, self._by_names = Candidates(), Candidates()
        self._copies = Copies()
        self._told: dict[str, Told] = {}
        self._told_at: dict[str, datetime] = {}
        self._story_of: dict[str, str] = {}
        self._now = Redirects()
        self._clock = Clock()

    def add(self, arrival: Arrival) -> Assignment:
        """Decide an article's story, whether it copies an earlier article, and which stories it shows to be one with its own."""
        if self._clock.tick(arrival.at):
            self._release()
        weighed = self._scales.weigh(arrival)
        original = self._copies.add(arrival.id, arrival.text, self._at(arrival))
        if original is not None:
            story = self._now[self._story_of[original]]
            self._grow(story, arrival, weighed)
            return Assignment(id=arrival.id, story=story, duplicate_of=original)
        likely = self._likely(arrival.language, weighed)
        score, story = next(iter(likely), (0.0, ""))
        if score < SAME_EVENT:
            score, story = 1.0, arrival.id
        self._grow(story, arrival, weighed)
        merged = self._merge(story, [other for score, other in likely if score >= WORTH_A_LOOK and other != story])
        return Assignment(id=arrival.id, story=self._now[story], score=round(score, 3), merged=merged)

    def restore(self, arrival: Arrival, story: str) -> None:
        """Take in an article whose story was decided before. Nothing is forgotten: earlier articles may yet be added."""
        self._copies.add(arrival.id, arrival.text, self._at(arrival))
        self._grow(story, arrival, self._scales.weigh(arrival))

    @property
    def visited(self) -> int:
        """How many entries were looked at so far to find stories."""
        return self._by_words.visited + self._by_names.visited

    def held(self) -> dict[str, int]:
        """Count what is in memory."""
        entries = len(self._by_words) + len(self._by_names)
        return {"stories": len(self._told), "texts": len(self._story_of), "entries": entries}

    def _likely(self, language: str, weighed: Weighed) -> list[tuple[float, str]]:
        """Give the open stories near an article, each with how likely it tells them, the likeliest first."""
        found = []
        for story, told in self._near(language, weighed):
            if (odds := self._odds.of_article(told, weighed.features, language)) is not None:
                found.append((likelihood(odds), story))
        return sorted(found, reverse=True)

    def _near(self, language: str, weighed: Weighed) -> Iterator[tuple[str, Told]]:
        """Give the stories that share words in a language, and those told in others that share names and meanings."""
        by_words = self._by_words.near(weighed.words, LOOKED_AT)
        for story in by_words:
            if (told := self._told.get(story)) is not None and language in told.tellings:
                yield story, told
        for story in self._by_names.near(weighed.abroad, LOOKED_AT):
            if (told := self._told.get(story)) is None or told.tellings.keys() == {language}:
                continue
            if language not in told.tellings or story not in by_words:
                yield story, told

    def _merge(self, story: str, others: Iterable[str]) -> tuple[str, ...]:
        """Make a story that just grew one with those that prove to be it; gives the ids that lead elsewhere from now on."""
        gone = []
        for other in others:
            larger, smaller = sorted((story, other), key=lambda id_: self._told[id_].size, reverse=True)
            if self._one(larger, smaller):
                self._told[larger].absorb(self._told.pop(smaller))
                self._lead(smaller, larger)
                gone.append(smaller)
                story = larger
        return tuple(gone)

    def _one(self, larger: str, smaller: str) -> bool:
        """Tell whether two stories are one."""
        if not self._merging or self._now.parted(self._apart, larger, smaller):
            return False
        told, other = self._told[larger], self._told[smaller]
        odds = self._odds.of_story(told, other)
        if len(told.tellings.keys() | other.tellings.keys()) > 1:
            least = ONE_ABROAD
        else:
            least = ONE_ALONE if other.size == 1 else ONE_OF_SEVERAL
        return odds is not None and likelihood(odds) >= least

    def _lead(self, other: str, story: str) -> None:
        self._now.lead((other,), story)
        self._by_words.lead(other, story)
        self._by_names.lead(other, story)
        if at := self._told_at.pop(other, None):
            self._told_at[story] = max(at, self._told_at.get(story, at))

    def _grow(self, story: str, arrival: Arrival, weighed: Weighed) -> None:
        told = self._told.setdefault(story, Told())
        told.grow(weighed.features, arrival.language)
        self._by_words.tell(story, weighed.words)
        self._by_names.tell(story, weighed.abroad)
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
        self._story_of = {id_: self._now[self._story_of[id_]] for id_ in self._copies}
        self._now.forget(closed)


def grouped(coming: Iterable[Arrival], grouper: Grouper) -> dict[str, str]:
    """Give the story of each article by its id, when all have come in this order."""
    found, now = {}, Redirects()
    for arrival in coming:
        given = grouper.add(arrival)
        found[arrival.id] = given.story
        now.lead(given.merged, given.story)
    return {id_: now[story] for id_, story in found.items()}
