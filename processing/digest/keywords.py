"""The key words of a story: the terms that spoke for its topic, the most telling first, each saying something of its own."""

from __future__ import annotations

from collections.abc import Iterable

from processing.digest.plain import plain
from processing.model import Match
from processing.phrases import fold

SHOWN = 3

TELLING = 0.9
"""Weight from which a term tells something: a medium one in the lead has it, a weak one (ship, killed) never."""

OVERLAP = 0.5
"""Share of the words of two terms from which they say the same."""

STEM = 5
"""Letters from which a word that opens or ends another is the same in another form."""


def keywords(evidence: Iterable[Match]) -> tuple[str, ...]:
    """Choose the terms to show: a headline's first, then the weightiest, then the longest; generic ones only in need."""
    ranked = sorted(
        evidence, key=lambda match: (match.place != "title", -match.weight, -len(match.term.split()), match.term)
    )
    telling = [match for match in ranked if match.weight >= TELLING] or ranked[:1]
    chosen: list[str] = []
    for term in (plain(match.term) for match in telling):
        if not any(_alike(term, other) for other in chosen):
            chosen.append(term)
    return tuple(chosen[:SHOWN])


def _alike(term: str, other: str) -> bool:
    """Tell whether one term holds the other, or they share half of their words, in whichever form."""
    words, others = set(fold(term).split()), set(fold(other).split())
    shared = sum(any(_one_word(word, another) for another in others) for word in words)
    return shared >= min(len(words), len(others)) or shared >= OVERLAP * (len(words) + len(others) - shared)


def _one_word(word: str, other: str) -> bool:
    """Tell whether two words are forms of one: jatuhkan and menjatuhkan, attempt and attempted."""
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= STEM and (long.startswith(short) or long.endswith(short)))
