"""Loans that English and Indonesian share, and names in two spellings: a key that both spellings have."""

from __future__ import annotations

import re
from functools import lru_cache

from processing.stories.background import background

SHORTEST = 5
"""Letters of a word from which a likeness is no accident."""

ENDINGS = (
    ("isation", "isasi"),
    ("ization", "isasi"),
    ("tion", "si"),
    ("sion", "si"),
    ("ical", "ik"),
    ("ics", "ik"),
    ("ic", "ik"),
    ("ity", "itas"),
    ("ism", "isme"),
    ("ency", "ensi"),
    ("cy", "si"),
    ("ance", "ansi"),
    ("ence", "ensi"),
    ("ive", "if"),
    ("ment", "men"),
    ("ent", "en"),
    ("ant", "an"),
    ("ist", "is"),
    ("ary", "er"),
    ("ogue", "og"),
    ("ct", "k"),
    ("st", "s"),
)
"""How English endings are written in Indonesian loans; the first that fits."""

LETTERS = {
    **dict.fromkeys(("ck", "ch", "c", "q"), "k"),
    **dict.fromkeys(("ph", "v"), "f"),
    **dict.fromkeys(("sh", "sc"), "s"),
    **dict.fromkeys(("ee", "y"), "i"),
    **dict.fromkeys(("ou", "oo"), "u"),
    "ae": "e",
    "th": "t",
    "x": "ks",
}
"""Letters that the languages write differently; sc where e or i follows, c as s before e, i and y."""

DIFFERENT = re.compile(r"sc(?=[ei])|(?P<soft>c(?=[eiy]))|[cpst]h|ck|ou|oo|ee|ae|[cqxvy]")
DOUBLE = re.compile(r"(.)\1")

FALSE_FRIENDS = frozenset(
    """assurance assurances cantor carrier christ commit crises critic critics fraction instance instances machine
    machines mobile orange policies policy sandy strategist""".split()  # noqa: SIM905 - a text is what an editor can read
)
"""English words that look like an Indonesian word of another meaning, among those of the background."""


def spelling(word: str) -> str:
    """Give a lower-case word or name as both languages would write it by sound."""
    return DOUBLE.sub(r"\1", DIFFERENT.sub(_letter, word)).removesuffix("e")


def _letter(match: re.Match[str]) -> str:
    return "s" if match["soft"] else LETTERS[match[0]]


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Give the key of a lower-case name; a number is its own."""
    bare = name.removesuffix("'s").removesuffix("’s").replace("'", "").replace("’", "")
    return spelling(bare) if name[0].isalpha() else name


@lru_cache(maxsize=1)
def cognates() -> dict[str, str]:
    """Return the key of each common word that the other language has too, found by comparing the backgrounds."""
    keys: dict[str, dict[str, str]] = {}
    for language, (_, counts) in background().items():
        keys[language] = {
            word: _key(word, language) for word in counts if len(word) >= SHORTEST and word not in FALSE_FRIENDS
        }
    shared = set.intersection(*(set(words.values()) for words in keys.values()))
    return {word: key for words in keys.values() for word, key in words.items() if key in shared}


def _key(word: str, language: str) -> str:
    if language == "en":
        word = word.removesuffix("s") if not word.endswith(("ss", "ics")) else word
        for english, indonesian in ENDINGS:
            if word.endswith(english):
                word = word.removesuffix(english) + indonesian
                break
    return spelling(word)
