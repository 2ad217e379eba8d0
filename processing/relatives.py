"""Tell Indonesian from its relatives (Malay, Javanese, Sundanese) by the words that one of them has and the others lack."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE: Final = Path(__file__).with_name("relatives.toml")
RELATIVES: Final = ("id", "ms", "jv", "su")
READ: Final = 2000
"""Characters that are read: Malay and Indonesian articles of corpus/language are all told apart from 1,000 on."""
OUTLETS_WORD: Final = 2
"""What the outlet's language counts for, in words."""
SHORT: Final = 400
"""Characters below which a text whose outlet declares none of them needs a word more to be no Indonesian: with it title and
200 characters of all 775 Indonesian articles of corpus/articles are right, without it 771; from 400 on it costs Malay only."""
LONG: Final = 8
"""Letters from which a word's ending speaks: peneliti and kualiti are told by more than their last three."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of each language, and the endings of long words that mark two of them."""

    words: dict[str, frozenset[str]]
    endings: dict[str, tuple[str, ...]]

    def count(self, language: str, words: set[str]) -> int:
        """Return how many of a text's different words are that language's own."""
        endings = self.endings.get(language, ())
        return len(words & self.words[language]) + sum(w.endswith(endings) for w in words if len(w) >= LONG)


def relative_of(text: str, declared: Sequence[str] = ()) -> str:
    """Return id, ms, jv or su for a text that is one of them; `declared` are the outlet's languages, the likeliest first.

    Where the words do not tell (most headlines in Malay), it is the outlet's language, and without one Indonesian.
    """
    table, words = _table(), set(_WORD.findall(text[:READ].lower()))
    counts = {language: table.count(language, words) for language in RELATIVES}
    counts["jv"], counts["su"] = (counts[tag] - table.count("shared", words) - counts["id"] for tag in ("jv", "su"))
    home = next((tag for tag in declared if tag in RELATIVES), None)
    counts[home or "id"] += OUTLETS_WORD if home else int(len(text) < SHORT)
    return max(RELATIVES, key=lambda language: (counts[language], language == home))


@lru_cache(maxsize=1)
def _table() -> _Words:
    with FILE.open("rb") as file:
        table = tomllib.load(file)
    return _Words(
        words={language: frozenset(words.split()) for language, words in table["words"].items()},
        endings={language: tuple(endings) for language, endings in table["endings"].items()},
    )
