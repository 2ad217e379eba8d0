"""Copies: the same text under several addresses, wire copies and light edits, found by MinHash sketches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

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

BRIEF = 40
"""Words under which a text is a brief: bulletins of one form differ by a number or a name, and each is a fact of its own."""

SAME_BRIEF = 0.85
"""Share from which a brief is a copy: one word changed in eleven leaves 0.69, in thirty 0.87."""

SHINGLE = 2
"""Words a shingle: with three, a text of which single words were dropped is no longer known."""

REMEMBERED = 200_000
"""Texts that are known, the last ones: 4 kB each, 0.8 GB in all (benchmarks/story_speed.py)."""

WORD = re.compile(r"\w+")


class Copies:
    """The texts seen so far; `add` tells which of them a new one copies."""

    def __init__(self) -> None:
        self._index = RMinHashLSH(threshold=SAME, num_perm=PERMUTATIONS, num_bands=BANDS)
        self._texts: dict[int, tuple[RMinHash, str, datetime | None]] = {}
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        """Give the ids of the texts that are known."""
        return (id_ for _, id_, _ in self._texts.values())

    def add(self, id_: str, text: str, at: datetime | None = None) -> str | None:
        """Take in a text and give the id of the first one it copies; a text of under a sentence copies nothing."""
        shingles = _shingles(text)
        if len(shingles) < SHINGLE:
            return None
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(shingles)
        original = self._original(sketch, SAME_BRIEF if len(shingles) < BRIEF else SAME)
        self._index.insert(self._count, sketch)
        self._texts[self._count] = sketch, id_, at
        self._count += 1
        if len(self._texts) > REMEMBERED:
            self._drop(next(iter(self._texts)))
        return original

    def forget(self, before: datetime) -> None:
        """Let go of the texts of before an instant; one without a date stays until it is the oldest of all."""
        for key in [key for key, (_, _, at) in self._texts.items() if at is not None and at < before]:
            self._drop(key)

    def _drop(self, key: int) -> None:
        self._index.remove(key)
        del self._texts[key]

    def _original(self, sketch: RMinHash, share: float) -> str | None:
        alike = (key for key in sorted(self._index.query(sketch)) if self._texts[key][0].jaccard(sketch) >= share)
        first = next(alike, None)
        return None if first is None else self._texts[first][1]


def _shingles(text: str) -> list[str]:
    words = WORD.findall(text.lower())
    return list(map(" ".join, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))
