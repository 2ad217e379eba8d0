"""Which articles to ask an operator about: the most instructive first, and a share drawn at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import cycle
from typing import Any

from processing.judging import judge
from processing.store import Connection, texts
from processing.topics import relevance, taxonomy

LOOK_BACK = timedelta(days=90)
"""How far back stored articles are looked through; of those whose text was let go before, none is."""
RANDOM_OF = 4
"""One article in four is set aside for drawing at random."""
TURNS = ("near", "thin", "near", "random")
"""What is asked for in turn: a score near the threshold, a topic with few labels, any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that may be asked about; `topics` are those the judge found, of the first level."""

    id: str
    url: str
    outlet: str
    lang: str
    seen_at: datetime | None
    score: float
    topics: tuple[str, ...]
    event_group: str
    chosen: bool = False
    """Whether the operator named it, so that it stands for nothing but itself."""

    @property
    def draw(self) -> int:
        """A number that is the same every day and depends on nothing but the id."""
        return int.from_bytes(sha256(self.id.encode()).digest()[:8])

    @property
    def random(self) -> bool:
        """Whether it is of those that are drawn at random alone, so that they stand for all: told before anybody looks."""
        return not self.chosen and self.draw % RANDOM_OF == 0


def stored_candidates(connection: Connection, *, as_of: datetime) -> list[Candidate]:
    """Give the stored articles of the last 90 days; an event is a story."""
    return [
        Candidate(
            id=row.url,
            url=row.url,
            outlet=row.outlet,
            lang=row.language,
            seen_at=row.seen_at,
            score=row.score,
            topics=_families(row.topics),
            event_group=f"story-{row.story}" if row.story is not None else row.url,
        )
        for row in texts.judged(connection, since=as_of - LOOK_BACK, as_of=as_of)
    ]


def given_candidate(line: Mapping[str, Any]) -> Candidate:
    """Judge a line in the form of `pantau judge`; its event is that which it names."""
    lang = str(line.get("lang") or "")
    verdict = judge(line["title"], line["text"], languages=(lang,) if lang else ())
    id_ = str(line["id"])
    return Candidate(
        id=id_,
        url=str(line.get("url") or ""),
        outlet=str(line.get("outlet") or line.get("source") or ""),
        lang=lang or verdict.language,
        seen_at=None,
        score=verdict.score,
        topics=_families(tag.topic for tag in verdict.topics),
        event_group=str(line.get("event_group") or id_),
    )


def _families(codes: Iterable[str]) -> tuple[str, ...]:
    """Give the topics of the first level that these belong to; one that the taxonomy has lost is none."""
    rules = taxonomy()
    return tuple(dict.fromkeys(rules.family(code) for code in codes if code in rules.topics))


def to_ask(candidates: Sequence[Candidate], labelled: Mapping[str, int], *, count: int) -> list[Candidate]:
    """Give the articles to ask about, in order; `labelled` are the labels there are of each topic.

    The turns go round; where one has nothing left the next is taken. What is set aside for chance is drawn by chance alone.
    """
    threshold = relevance().threshold
    near = sorted((one for one in candidates if not one.random), key=lambda one: (abs(one.score - threshold), one.draw))
    chance = sorted((one for one in candidates if one.random), key=lambda one: one.draw)
    counts = Counter(labelled)
    asked: dict[str, Candidate] = {}
    for turn in cycle(TURNS):
        queue = chance if turn == "random" else near
        left = [one for one in queue if one.id not in asked]
        if left:
            one = _thinnest(left, counts) if turn == "thin" else left[0]
            asked[one.id] = one
            counts.update(one.topics)
        if len(asked) >= min(count, len(candidates)):
            return list(asked.values())
    raise AssertionError("a cycle has no end")  # pragma: no cover


def _thinnest(left: Sequence[Candidate], counts: Counter[str]) -> Candidate:
    """Give the article one of whose topics has the fewest labels, the surest first; one without topics is the last choice."""
    with_topics = [one for one in left if one.topics]
    return min(
        with_topics or left[:1],
        key=lambda one: (min((counts[topic] for topic in one.topics), default=0), -one.score, one.draw),
    )
