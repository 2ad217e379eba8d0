"""Find a taxonomy's terms in an article in one pass, and weigh each by where it stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from processing.model.judgement import Match
from processing.phrases import SUFFIXES, VOCABULARIES, Phrases, fold, vocabulary
from processing.topics.taxonomy import taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processing.topics.taxonomy import Term

PLACES: Final = {"title": 1.0, "lead": 0.6, "body": 0.15}
"""What a term counts for in each place; it counts once a place, however often it stands there."""
STRENGTHS: Final = {"strong": 3.0, "medium": 1.5, "weak": 0.5, "against": 1.0, "decisive": 3.0}
LEAD_PARAGRAPHS: Final = 2
LEAD_SHORTEST: Final = 300
LEAD_LONGEST: Final = 500
"""Characters: some sources begin with a caption, some give the whole article as one paragraph."""
READ: Final = 6000
"""Characters of an article that are read for topics; what it is about stands earlier."""

_Meaning = tuple[str, str, str]
"""(code of a topic, of an unrelated subject, or nothing; class of the term; the term as the taxonomy writes it)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each topic, and what speaks for subjects that are not ours: the weightiest first."""

    topics: dict[str, tuple[Match, ...]]
    unrelated: dict[str, tuple[Match, ...]]


def evidence_in(title: str, text: str, language: str) -> Evidence:
    """Return the terms that title and text hold (a line a paragraph), weighed by class and place."""
    whole = f"{title}\n{text[:READ]}"
    phrases, meanings = _searcher(vocabulary(language))
    lead = len(title) + 1 + _lead_length(text)
    places: dict[_Meaning, set[str]] = defaultdict(set)
    for hit in phrases.find(whole):
        place = "title" if hit.start < len(title) else "lead" if hit.start < lead else "body"
        places[meanings[hit.index]].add(place)
    ours, others = taxonomy().topics, taxonomy().unrelated
    speaks = any(strength in {"strong", "medium"} for _, strength, _ in places)
    return Evidence(
        _weighed(row for row in places.items() if row[0][0] in ours and (speaks or row[0][1] != "weak")),
        _weighed(row for row in places.items() if row[0][0] in others),
    )


def _lead_length(text: str) -> int:
    """Return where the lead ends: after two paragraphs (empty lines are none) and LEAD_SHORTEST, at most LEAD_LONGEST."""
    end = paragraphs = 0
    for line in text[:LEAD_LONGEST].splitlines(keepends=True):
        if paragraphs >= LEAD_PARAGRAPHS and end >= LEAD_SHORTEST:
            break
        end += len(line)
        paragraphs += bool(line.strip())
    return end


def _weighed(found: Iterable[tuple[_Meaning, set[str]]]) -> dict[str, tuple[Match, ...]]:
    """Make matches, by subject: each names the best place of its term and weighs what all its places add up to."""
    matches: dict[str, list[Match]] = defaultdict(list)
    for (code, strength, term), places in found:
        weight = STRENGTHS[strength] * sum(PLACES[place] for place in places)
        best = next(place for place in PLACES if place in places)
        matches[code].append(Match(term=term, place=best, weight=round(weight, 2)))
    return {code: tuple(sorted(rows, key=lambda match: (-match.weight, match.term))) for code, rows in matches.items()}


@lru_cache(maxsize=3)
def _searcher(words: str) -> tuple[Phrases, tuple[_Meaning, ...]]:
    """Return all terms of a vocabulary, ready for searching, with what each means; a term stands once a subject."""
    rules = taxonomy()
    rows: list[tuple[str, Term]] = [(topic.code, term) for topic in rules.topics.values() for term in topic.terms]
    rows += [(code, term) for code, terms in rules.unrelated.items() for term in terms]
    rows += [("", term) for term in rules.not_meant]
    once = {
        (code, fold(term.text)): (code, term.strength, term.text)
        for code, term in reversed(rows)
        if term.language in VOCABULARIES[words]
    }
    meanings = tuple(once.values())
    return Phrases([text for _, _, text in meanings], suffixes=SUFFIXES[words]), meanings
