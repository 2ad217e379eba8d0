"""The key words of a story: the terms that spoke for its topic, the most telling first, each saying something of its own."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from processing.digest.plain import plain
from processing.model import Match
from processing.phrases import fold

SHOWN = 3

TELLING = 0.9
"""Weight from which a term tells something: a medium one in the lead has it, a weak one (ship, killed) never."""

OVERLAP = 0.5
"""Share of the shorter term's words from which two say much the same: percobaan kudeta, upaya kudeta."""

ROOT = 5
"""Letters of a word from which one that ends or begins so is another form of it: menjatuhkan, jatuhkan; attempted, attempt."""


def keywords(evidence: Iterable[Match], named: AbstractSet[str] = frozenset()) -> tuple[str, ...]:
    """Choose the terms to show: a headline's first, then the weightiest, then the longest; generic ones only in need.

    Left out are those in `named`: folded names that readers see beside the key words.
    """
    ranked = sorted(
        evidence, key=lambda match: (match.place != "title", -match.weight, -len(match.term.split()), match.term)
    )
    telling = [match for match in ranked if match.weight >= TELLING] or ranked[:1]
    chosen: list[str] = []
    for term in (plain(match.term) for match in telling):
        if fold(term) not in named and not any(_alike(term, other) for other in chosen):
            chosen.append(term)
    return tuple(chosen[:SHOWN])


def _alike(term: str, other: str) -> bool:
    """Tell whether two terms share half of the shorter one's words."""
    words, others = set(fold(term).split()), set(fold(other).split())
    shared = {word for word in words if any(_one_root(word, another) for another in others)}
    return len(shared) >= OVERLAP * min(len(words), len(others))


def _one_root(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) >= ROOT and (long.endswith(short) or long.startswith(short)))
