"""From the blocks that a reader found to the paragraphs that are stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from processing.cleaning.boilerplate import is_boilerplate
from processing.cleaning.credits import Credits, credits_of
from processing.cleaning.dateline import dateline_of
from processing.cleaning.text import tidy

BRACKET_TAG = re.compile(r"\[Gambas\s*:.*?\]", re.IGNORECASE)
ANCHORED = re.compile(r"\^(?:[^|()]|\([^()]*\))*$")
"""Patterns that can match at the start of a text alone (an alternative outside of groups might not)."""
MIN_REPEATED = 80
"""Characters from which a paragraph that comes twice is the page's repetition, not the writer's."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's paragraphs, and what was read out of the lines that left them."""

    paragraphs: tuple[str, ...]
    authors: tuple[str, ...] = ()
    editor: str | None = None
    dateline: str | None = None


@dataclass(frozen=True, slots=True)
class House:
    """An outlet's own habits: regular expressions as its declaration has them."""

    drop: Sequence[str] = ()
    cut_from: Sequence[str] = ()
    dateline: str | None = None


def clean(found: Iterable[str], house: House | None = None, title: str = "") -> Cleaned:
    """Drop boilerplate, repetitions and the title; move credits and, by the house's form, the dateline into fields.

    Credits are read even below the line at which the article has ended.
    """
    house = house or House()
    kept: list[str] = []
    lines: list[Credits] = []
    ended = False
    for paragraph in found:
        text = tidy(BRACKET_TAG.sub(" ", paragraph)) if "[" in paragraph else tidy(paragraph)
        ended = ended or _finds(house.cut_from, text)
        if credit := credits_of(text):
            lines.append(credit)
        elif not ended and not _unwanted(text, house, title):
            kept.append(text)
    place, kept = _dateline(kept, house.dateline)
    return Cleaned(
        tuple(_once(kept)),
        tuple(dict.fromkeys(name for line in lines for name in line.authors)),
        next((line.editor for line in lines if line.editor), None),
        place,
    )


def _unwanted(text: str, house: House, title: str) -> bool:
    """Say whether a paragraph goes."""
    return not re.search(r"\w", text) or text == title or is_boilerplate(text) or _finds(house.drop, text)


def _finds(patterns: Sequence[str], text: str) -> bool:
    """Say whether one of a house's patterns is in `text`, ignoring case."""
    return bool(patterns) and _matcher(tuple(patterns))(text) is not None


@lru_cache(maxsize=256)
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], re.Match[str] | None]:
    """Join patterns into one; where all are anchored they are tried at the start alone, which is many times faster."""
    joined = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
    return joined.match if all(ANCHORED.match(pattern) for pattern in patterns) else joined.search


def _once(paragraphs: list[str]) -> list[str]:
    """Drop long paragraphs that came before, as where pages of an article overlap."""
    seen: set[str] = set()
    kept = []
    for text in paragraphs:
        if len(text) < MIN_REPEATED or text not in seen:
            kept.append(text)
        seen.add(text)
    return kept


def _dateline(paragraphs: list[str], form: str | None) -> tuple[str | None, list[str]]:
    """Read the dateline off the first paragraph, or, told by its usual shapes, off the second where a standfirst comes first."""
    for index, paragraph in enumerate(paragraphs[: 1 if form else 2]):
        place, rest = dateline_of(paragraph, form)
        if place or rest != paragraph:
            return place, [*paragraphs[:index], *([rest] if rest else []), *paragraphs[index + 1 :]]
    return None, paragraphs
