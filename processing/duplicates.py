"""Copies: the same text under several addresses, wire copies and light edits.

MinHash sketches find the few texts that may be the original; their words decide (`wording`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from rensa import RMinHash, RMinHashLSH

from processing.wording import Wording, copied, wording

PERMUTATIONS, BANDS = 84, 28
"""Three rows a band: texts that share 0.57 of their shingles meet in a band with probability 0.997, at 0.47 with 0.95.

With four rows, and as much memory, 4% of the texts of which 15% of the words were replaced are never looked at.
"""

NEAR = 0.3
"""Share of common shingles (Jaccard, estimated to 0.05) from which words are compared; of 834 copies the least like has 0.40."""

LOOKED_AT = 200
"""Texts that are compared word by word, the nearest: an outlet may fill in one form a thousand times. Each takes 0.03 ms."""

SEED = 1

SHINGLE = 2
"""Words a shingle: with three, a text of which single words were dropped is no longer known."""

REMEMBERED = 200_000
"""Texts that are known, the last ones: 4 kB each, 0.8 GB in all (benchmarks/story_speed.py)."""

WORD = re.compile(r"\w+")


class _Known(NamedTuple):
    id: str
    at: datetime | None
    sketch: RMinHash
    wording: Wording


class Copies:
    """The texts seen so far; `add` tells which of them a new one copies."""

    def __init__(self) -> None:
        self._index = RMinHashLSH(threshold=NEAR, num_perm=PERMUTATIONS, num_bands=BANDS)
        self._texts: dict[int, _Known] = {}
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        """Give the ids of the texts that are known."""
        return (known.id for known in self._texts.values())

    def add(self, id_: str, text: str, at: datetime | None = None) -> str | None:
        """Take in a text and give the id of the first one it copies; a text of under a sentence copies nothing."""
        words = WORD.findall(text.lower())
        shingles = list(map(" ".join, zip(*(words[start:] for start in range(SHINGLE)), strict=False)))
        if len(shingles) < SHINGLE:
            return None
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(shingles)
        new = _Known(id_, at, sketch, wording(words))
        original = self._original(new)
        self._index.insert(self._count, sketch)
        self._texts[self._count] = new
        self._count += 1
        if len(self._texts) > REMEMBERED:
            self._drop(next(iter(self._texts)))
        return original

    def forget(self, before: datetime) -> None:
        """Let go of the texts of before an instant; one without a date stays until it is the oldest of all."""
        for key in [key for key, known in self._texts.items() if known.at is not None and known.at < before]:
            self._drop(key)

    def _drop(self, key: int) -> None:
        self._index.remove(key)
        del self._texts[key]

    def _original(self, new: _Known) -> str | None:
        likeness = {key: self._texts[key].sketch.jaccard(new.sketch) for key in self._index.query(new.sketch)}
        near = (key for key in likeness if likeness[key] >= NEAR)
        nearest = sorted(near, key=lambda key: (-likeness[key], key))[:LOOKED_AT]
        found = (self._texts[key] for key in sorted(nearest))
        return next((known.id for known in found if copied(new.wording, known.wording)), None)
