"""Words of one meaning in English and Indonesian, so that an event told in both can be known as one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from processing.errors import PantauError

FILE = Path(__file__).parent / "glossary.txt"
"""Lines of English words, "=", Indonesian words; the first English word names the meaning. A word after "!" is no root."""

EXACT = "!"
VOWELS = "aeiou"
SHORTEST = 3
"""Letters of a root that a form can have; of shorter ones too many words seem to be forms."""

CLITICS = {"en": ("'s",), "id": ("nya", "lah", "kah", "pun", "ku", "mu")}
"""What hangs on a word and changes nothing."""

SUFFIXES = ("", "kan", "i", "an")
PREFIXES = (
    *("", "di", "ter", "ber", "ke", "me", "menge", "pe", "penge", "per", "se"),
    *("diper", "memper", "diber", "member", "pember", "keber", "keter", "anti", "pasca", "antar"),
)
"""Before an Indonesian root as it stands; menge- and penge- before one syllable (mengebom)."""

NASALS = {"m": "p", "n": "t", "ny": "s", "ng": "k"}
"""What me- and pe- end in before most roots, and the letter before a vowel that it has taken the place of."""

Meanings = tuple[str, ...]


class Words(NamedTuple):
    """The words of a language with their meanings."""

    listed: dict[str, Meanings]
    """All of them, as the file has them."""
    roots: dict[str, Meanings]
    """Those that have other forms."""


@lru_cache(maxsize=1)
def glossary() -> dict[str, Words]:
    """Return what the file has, for each language."""
    return read_glossary(FILE)


def read_glossary(path: Path) -> dict[str, Words]:
    """Read a glossary; a PantauError names a line that lacks a language, or a meaning that has two lines."""
    found = {"en": Words({}, {}), "id": Words({}, {})}
    named: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        english, _, indonesian = (side.split() for side in line.partition("="))
        if not english or not indonesian:
            raise PantauError(f"{path.name} needs English words, =, and Indonesian words in the line: {line}")
        meaning = english[0].removeprefix(EXACT)
        if meaning in named:
            raise PantauError(f"{path.name} has two lines for {meaning}; make them one.")
        named.add(meaning)
        for words, side in ((found["en"], english), (found["id"], indonesian)):
            for word in side:
                bare = word.removeprefix(EXACT)
                for known in (words.listed,) if word != bare else (words.listed, words.roots):
                    known[bare] = (*known.get(bare, ()), meaning)
    return found


def meanings(word: str, language: str) -> Meanings:
    """Give the meanings of a lower-case word; most words have none.

    A listed word means what its lines say, another what the longest root says that it can be a form of; an Indonesian
    word that is said twice (kota-kota, besar-besaran) means what it does said once.
    """
    if language not in glossary():
        return ()
    if found := _meanings(word, language):
        return found
    once, _, again = word.partition("-")
    if again and (again.startswith(once) or once.endswith(again)):
        return _meanings(once, language)
    return ()


def _meanings(word: str, language: str) -> Meanings:
    words = glossary()[language]
    makes = english_roots if language == "en" else indonesian_roots
    for bare in (word, *(word.removesuffix(clitic) for clitic in CLITICS[language] if word.endswith(clitic))):
        if found := words.listed.get(bare):
            return found
        roots = {root for root in makes(bare) if root in words.roots and len(root) >= SHORTEST}
        longest = max(map(len, roots), default=0)
        if roots:
            best = sorted(root for root in roots if len(root) == longest)
            return tuple(dict.fromkeys(meaning for root in best for meaning in words.roots[root]))
    return ()


def english_roots(word: str) -> Iterator[str]:
    """Make what an English word may be the plural, the past, the -ing form or the adverb of, words or not."""
    if word.endswith(("ies", "ied")):
        yield f"{word[:-3]}y"
    if word.endswith(("ses", "shes", "ches", "xes", "zes", "oes")):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield from (stem, f"{stem}e")
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]
    if word.endswith("ly") and len(word) > len("shortly"):
        yield word[:-2]


def indonesian_roots(word: str) -> Iterator[str]:
    """Make what an Indonesian word may be the prefixed or suffixed form of, words or not."""
    for suffix in SUFFIXES:
        if not word.endswith(suffix):
            continue
        stem = word.removesuffix(suffix)
        yield from (stem.removeprefix(prefix) for prefix in PREFIXES if stem.startswith(prefix))
        if stem.startswith(("me", "pe")):
            for nasal, swallowed in NASALS.items():
                rest = stem[2:].removeprefix(nasal)
                if stem[2:].startswith(nasal) and rest:
                    if rest[0] in VOWELS:
                        yield swallowed + rest
                    if rest[0] not in VOWELS or nasal == "ng":
                        yield rest
