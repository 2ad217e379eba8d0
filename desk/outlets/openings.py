"""How an outlet opens its first paragraphs: a dateline that most of its articles share."""

from __future__ import annotations

import re
from collections.abc import Sequence

OPENING = re.compile(
    r"^\s*(?P<head>[^.!?\"“”]{2,40}(?:\.[A-Za-z.]{2,8})?[^.!?\"“”]{0,30}?)\s*(?P<mark>--|[-–—]|:)\s+(?=\S)"
)
SHARE = 0.6
"""Of the first paragraphs must open so."""
PLACE = r"(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?)"
DASH = r"\s*(?:--|[-–—])+\s*"
LONGEST_PLACE = 4
"""Words."""


def dateline_form(firsts: Sequence[str]) -> str | None:
    """Propose the pattern of the datelines that open first paragraphs; None where most open without."""
    heads = [match["head"].strip() for first in firsts if (match := OPENING.match(first))]
    if not heads or len(heads) < SHARE * len(firsts):
        return None
    house = _house(heads)
    if house is None:
        return rf"^\s*{PLACE}{DASH}" if all(_is_place(head) for head in heads) else None
    name = re.escape(house).replace(r"\ ", " ").replace(r"\-", "-")
    if all(head == house for head in heads):
        return rf"^\s*(?:{PLACE}\s*,\s*)?{name}{DASH}"
    if sum(head.startswith(house) for head in heads) > len(heads) / 2:
        return rf"^\s*{name}(?:\s*[,-]\s*{PLACE})?{DASH}"
    joint = r"\s*\(" if any(f"({house}" in head for head in heads) else r"\s*,\s*"
    end = r"\)" if joint.endswith("(") else ""
    return rf"^\s*(?:{PLACE}{joint})?{name}{end}{DASH}"


def _house(heads: Sequence[str]) -> str | None:
    """Find the part that all openings share: the outlet's own name."""
    parts = [[part for part in re.split(r"\s*[,()]\s*|\s+[-–—]\s+", head) if part] for head in heads]
    shared = set(parts[0]).intersection(*map(set, parts[1:])) if len(parts) > 1 else set()
    return max(shared, key=len, default=None)


def _is_place(head: str) -> bool:
    words = head.split()
    return len(words) <= LONGEST_PLACE and all(word[0].isupper() for word in words)
