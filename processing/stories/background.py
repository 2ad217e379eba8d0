"""How common words are in the news of a language, so that the first articles of a day are weighed as well as the last."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "common_words.txt"
"""A language and its number of articles, then lines of a count and the words found in that many of them (four or more).

Counted on `corpus/articles` without the articles of `corpus/stories`.
"""


@lru_cache(maxsize=1)
def background() -> dict[str, tuple[int, dict[str, int]]]:
    """Return, for each language, how many articles were counted and in how many of them each common word stood."""
    found: dict[str, tuple[int, dict[str, int]]] = {}
    counts: dict[str, int] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        first, *rest = line.split(" ")
        if first.isdigit():
            counts.update(dict.fromkeys(rest, int(first)))
        else:
            counts = {}
            found[first] = int(rest[0]), counts
    return found
