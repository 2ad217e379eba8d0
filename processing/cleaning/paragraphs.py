"""From the blocks that a reader found to the paragraphs that are stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from processing.cleaning.boilerplate import is_boilerplate
from processing.cleaning.credits import Credits, credits_of
from processing.cleaning.dateline import dateline_of
from processing.cleaning.text import tidy

BRACKET_TAG = re.compile(r"\[Gambas\s*:.*?\]", re.IGNORECASE)
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
        ended = ended or any(re.search(pattern, text, re.IGNORECASE) for pattern in house.cut_from)
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
    return (
        not re.search(r"\w", text)
        or text == title
        or is_boilerplate(text)
        or any(re.search(pattern, text, re.IGNORECASE) for pattern in house.drop)
    )


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
