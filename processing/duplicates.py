"""Copies: the same text under several addresses, wire copies and light edits, found by MinHash sketches."""

from __future__ import annotations

import re

from rensa import RMinHash, RMinHashLSH

PERMUTATIONS = 128
SEED = 1
BANDS = 32
"""With four rows a band, texts that share 0.5 of their shingles meet in a band with probability 0.87, at 0.7 with 1.0."""

SAME = 0.56
"""Share of common shingles (Jaccard) from which a text is a copy.

85% of a text leaves 0.84 if it is one piece, 0.72 in another's frame, 0.57 where single words were dropped all over; what
one outlet repeats in several articles on one death stays below 0.75, most of it below 0.55.
"""

SHINGLE = 2
"""Words a shingle: with three, a text of which single words were dropped is no longer known."""

WORD = re.compile(r"\w+")


class Copies:
    """The texts seen so far; `add` tells which of them a new one copies."""

    def __init__(self) -> None:
        self._index = RMinHashLSH(threshold=SAME, num_perm=PERMUTATIONS, num_bands=BANDS)
        self._sketches: list[RMinHash] = []
        self._ids: list[str] = []

    def add(self, id_: str, text: str) -> str | None:
        """Take in a text and give the id of the first one it copies; a text of under a sentence copies nothing."""
        shingles = _shingles(text)
        if len(shingles) < SHINGLE:
            return None
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(shingles)
        original = self._original(sketch)
        self._index.insert(len(self._ids), sketch)
        self._sketches.append(sketch)
        self._ids.append(id_)
        return original

    def _original(self, sketch: RMinHash) -> str | None:
        alike = (key for key in sorted(self._index.query(sketch)) if self._sketches[key].jaccard(sketch) >= SAME)
        first = next(alike, None)
        return None if first is None else self._ids[first]


def _shingles(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    return [" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)]
