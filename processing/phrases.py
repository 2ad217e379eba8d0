"""Find many names and terms in a text in one pass: Aho-Corasick, word boundaries checked, the longest kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUFFIXES: Final = {
    "id": frozenset({"nya", "lah", "kah", "pun", "ku", "mu"}),
    "en": frozenset({"s"}),
    "any": frozenset({"s"}),
}
"""What a word may carry at its end and stay the word, by vocabulary: clitics of Indonesian, the plural of English."""

VOCABULARIES: Final = {"id": ("any", "id"), "en": ("any", "en"), "any": ("any", "id", "en")}
"""Whose words are looked for, by vocabulary."""
_ALTERNATIVES = re.compile(r"\{([^{}]*)\}")


class _Folding(dict[int, str]):
    """Lower case without accents; whatever is neither letter nor digit becomes a space. One character stays one."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))[0].lower()
        self[code] = plain if len(plain) == 1 and plain.isalnum() else " "
        return self[code]


_FOLDING = _Folding()


def vocabulary(language: str) -> str:
    """Return whose words to look for in a language: id (for Malay too), en, or any where it is neither."""
    return {"id": "id", "ms": "id", "en": "en"}.get(language, "any")


def fold(text: str) -> str:
    """Return the text as it is compared: lower case, no accents, punctuation as spaces, the same length."""
    return text.translate(_FOLDING)


def spellings(pattern: str) -> Iterator[str]:
    """Give every spelling of a pattern with alternatives in braces: `{men,di}dukung` is mendukung and didukung."""
    found = _ALTERNATIVES.search(pattern)
    if found is None:
        yield pattern
        return
    for choice in found[1].split(","):
        yield from spellings(pattern[: found.start()] + choice + pattern[found.end() :])


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at text[start:end]; `index` is its place in the list that was searched for."""

    start: int
    end: int
    index: int


class Phrases:
    """A list of phrases ready to be searched for.

    A phrase in lower case is found in any case; one that begins with a capital only where the text has a capital there
    (Cuba, not cuba); one all in capitals only in capitals (AS, not as).
    """

    def __init__(self, phrases: Sequence[str], *, suffixes: frozenset[str] = frozenset()) -> None:
        """Prepare the phrases; `suffixes` are what a word may carry at its end."""
        self.phrases = tuple(phrases)
        self._suffixes = suffixes
        self._automaton = AhoCorasick([f" {fold(phrase)}" for phrase in self.phrases])
        self._checks = tuple(_case_check(phrase) for phrase in self.phrases)

    def find(self, text: str) -> list[Hit]:
        """Return the hits in order of place: of those that overlap, the longest."""
        padded = f" {fold(text)} "
        hits = [
            Hit(start, end - 1, index)
            for index, start, end in self._automaton.find_matches_as_indexes(padded, overlapping=True)
            if self._word_ends(padded, end) and self._same_case(index, text, start, end - 1)
        ]
        return _longest(hits)

    def _word_ends(self, padded: str, end: int) -> bool:
        if padded[end] == " ":
            return True
        return bool(self._suffixes) and padded[end : padded.index(" ", end)] in self._suffixes

    def _same_case(self, index: int, text: str, start: int, end: int) -> bool:
        check = self._checks[index]
        if check == "any":
            return True
        return text[start:end].isupper() if check == "capitals" else text[start].isupper()


def _case_check(phrase: str) -> str:
    """Say what the text's case must be where this phrase is found: any, capital or capitals."""
    if phrase.isupper():
        return "capitals"
    return "capital" if phrase[0].isupper() else "any"


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of hits that overlap keep the longest, then the earlier one; several phrases on the very same words all stay."""
    spans: list[tuple[int, int]] = []  # what is kept, in order of place; no two overlap
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        span = (hit.start, hit.end)
        place = bisect_left(spans, span)
        if place < len(spans) and spans[place] == span:
            kept.append(hit)
        elif (place == 0 or spans[place - 1][1] <= hit.start) and (place == len(spans) or hit.end <= spans[place][0]):
            spans.insert(place, span)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
