"""Words of one meaning in English and Indonesian, so that an event told in both can be known as one."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from processing.errors import PantauError

FILE = Path(__file__).parent / "glossary.toml"
CLITICS = ("nya", "lah", "kah", "pun")
LANGUAGES = {"en", "id"}


def meanings(words: Iterable[str]) -> Counter[str]:
    """Count the meanings that lower-case words have in the glossary; a word may have several, most have none."""
    known = glossary()
    counts: Counter[str] = Counter()
    for word in words:
        found = known.get(word)
        if found is None and word.endswith(CLITICS):
            found = known.get(word[:-3])
        for meaning in found or ():
            counts[meaning] += 1
    return counts


@lru_cache(maxsize=1)
def glossary() -> dict[str, tuple[str, ...]]:
    """Return the meanings of each word that the file has."""
    return read_glossary(FILE)


def read_glossary(path: Path) -> dict[str, tuple[str, ...]]:
    """Read a glossary; a PantauError names a meaning that lacks a language."""
    found: dict[str, tuple[str, ...]] = {}
    for rows in tomllib.loads(path.read_text(encoding="utf-8")).values():
        for meaning, words in rows.items():
            if set(words) != LANGUAGES:
                raise PantauError(f"{path.name} gives {meaning} words in {', '.join(words)}; it needs en and id.")
            for word in sorted({*words["en"], *words["id"]}):
                found[word] = (*found.get(word, ()), meaning)
    return found
