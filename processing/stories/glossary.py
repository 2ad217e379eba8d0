"""Words of one meaning in English and Indonesian, so that an event told in both can be known as one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from processing.errors import PantauError

FILE = Path(__file__).parent / "glossary.txt"
"""Lines of English words, "=", Indonesian words; the first English word names the meaning. A word after "!" has no other form."""

EXACT = "!"
CLITICS = ("nya", "lah", "kah", "pun")
SUFFIXES = ("", "kan", "i", "an")
VOWELS = "aeiou"
NASAL = {
    **dict.fromkeys("bfv", "m"),
    **dict.fromkeys("cdjz", "n"),
    **dict.fromkeys("aeioughk", "ng"),
    "p": "m",
    "t": "n",
    "s": "ny",
}
"""What Indonesian me- and pe- become before a letter."""

SWALLOWED = "ptsk"
"""Letters that the nasal takes the place of; not in loans (memproduksi), so that both forms are made."""


Glossary = dict[str, dict[str, tuple[str, ...]]]
"""For each language the meanings of each form of a word."""


@lru_cache(maxsize=1)
def glossary() -> Glossary:
    """Return what the file has."""
    return read_glossary(FILE)


def read_glossary(path: Path) -> Glossary:
    """Read a glossary; a PantauError names a line that lacks a language, or a meaning that has two lines."""
    found: dict[str, dict[str, dict[str, None]]] = {"en": {}, "id": {}}
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
        for language, words, forms in (("en", english, english_forms), ("id", indonesian, indonesian_forms)):
            for word in words:
                for form in [word[1:]] if word.startswith(EXACT) else forms(word):
                    found[language].setdefault(form, {})[meaning] = None
    return {language: {form: tuple(meanings) for form, meanings in forms.items()} for language, forms in found.items()}


def meanings(word: str, language: str) -> tuple[str, ...]:
    """Give the meanings of a lower-case word in a language, without its clitic if need be; most words have none."""
    known = glossary().get(language, {})
    return known.get(word) or (known.get(word[:-3], ()) if word.endswith(CLITICS) else ())


def english_forms(word: str) -> Iterator[str]:
    """Make the plural, the past and the -ing form of an English word, whatever it is."""
    yield word
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing")
    elif word.endswith("e"):
        yield from (f"{word}s", f"{word}d", f"{word[:-1]}ing")
    elif word.endswith(("s", "sh", "ch", "x", "z")):
        yield from (f"{word}es", f"{word}ed", f"{word}ing")
    else:
        yield from (f"{word}s", f"{word}ed", f"{word}ing")
        yield from (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing")


def indonesian_forms(root: str) -> Iterator[str]:
    """Make the prefixed and suffixed forms of an Indonesian root, whether or not they are in use."""
    nasal = NASAL.get(root[0], "")
    nasals = [f"{nasal}{root}"] if root[0] not in SWALLOWED else [f"{nasal}{root[1:]}", f"{nasal}{root}"]
    for suffix in SUFFIXES:
        yield from (f"{prefix}{root}{suffix}" for prefix in ("", "di", "ter", "ber", "ke", "pe", "per", "se"))
        yield from (f"{prefix}{form}{suffix}" for form in nasals for prefix in ("me", "pe"))
