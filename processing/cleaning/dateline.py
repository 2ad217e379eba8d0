"""Datelines: where a story was written, told from how its first paragraph opens."""

from __future__ import annotations

import re

from processing.cleaning.text import tidy

_PLACE = r"(?P<place>[A-Z][\w.'’-]*(?:[ /,]{1,2}(?:[A-Z][\w.'’-]*|d(?:e|i|an)\b)){0,4})"
_CAPITALS = r"(?P<place>[A-Z][A-Z.'’-]+(?:[ /]{1,2}[A-Z][A-Z.'’-]*){0,3}(?:,\s[A-Z][\w.]+(?:\s[A-Z]\w+)?)?)"
_DAY = r"(?:,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?))?"
_HOUSE = r"[A-Za-z][\w-]*\.(?i:com|co(?:\.id)?|id|net|tv|org)|[A-Z]{2,5} [A-Z][a-z]+|Kompas[A-Z]\w+|VIVA|KBRN"
_DASH = r"\s*(?:--|[-–—])+\s*"

FORMS = tuple(
    re.compile(form)
    for form in (
        rf"^(?:{_HOUSE}){_DASH}{_CAPITALS}\.\s+",  # KONTAN.CO.ID - NEW YORK.
        rf"^(?:{_PLACE}\s*,\s*)?(?:{_HOUSE}){_DASH}",  # JAKARTA, KOMPAS.com -
        rf"^(?:{_HOUSE})\s*,\s*{_PLACE}(?:{_DASH}|\s*:\s+)",  # TEMPO.CO, Jakarta -
        rf"^{_PLACE}{_DAY}\s+\([A-Z][\w .]{{1,24}}\){_DASH}",  # LONDON, Sept 4 (Reuters) -
        rf"^{_PLACE}{_DAY}\.?\s*/[A-Z]{{3,8}}/\.?\s*",  # MOSCOW, September 4. /TASS/.
        rf"^{_CAPITALS}{_DAY}\s*(?:--|[-–—])\s+",  # PYONGYANG -
    )
)
"""The press's usual shapes."""


def dateline_of(paragraph: str, form: str | None = None) -> tuple[str | None, str]:
    """Split a first paragraph into place and text, after an outlet's own `form` (group `place`).

    Without a form the place is told by the press's usual shapes, and the text stays whole: what opens it may be a
    wire's credit. A form without a place in it (`KOMPAS.com -`) takes the outlet's name off all the same.
    """
    if form is not None:
        match = re.match(form, paragraph)
        return (None, paragraph) if match is None else (_place(match), paragraph[match.end() :].lstrip())
    matches = (shape.match(paragraph[:120]) for shape in FORMS)
    return next((_place(match) for match in matches if match), None), paragraph


def _place(match: re.Match[str]) -> str | None:
    """Give the named place, if the shape has one."""
    place = match.groupdict().get("place")
    return tidy(place).strip(" ,.-") or None if place else None
