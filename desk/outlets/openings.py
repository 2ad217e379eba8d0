"""How an outlet opens its first paragraphs: the dateline that its articles share, or the few that they take turns with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

OPENING = re.compile(
    r"^\s*(?P<head>[^.!?\"“”]{2,40}(?:\.[A-Za-z.]{2,8})?[^.!?\"“”]{0,30}?)\s*(?P<mark>--|[-–—]|:)\s+(?=\S)"
)
SHARE = 0.6
"""Of the first paragraphs must open so, where nothing else marks the opening as a dateline."""
MARKED = 2
"""Openings with the outlet's name, or in capitals, that are enough to tell a habit: columns and reports from abroad differ."""
PLACE = r"(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?)"
STRICT_PLACE = r"(?P<place>[A-Z][\w.'’-]*(?:[ /][A-Z][\w.'’-]*){0,3})"
CAPITALS = r"(?P<place>[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*){0,3})"
DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)"
DASH = r"\s*(?:--|[-–—])+\s*"
LONGEST_PLACE = 4
"""Words."""
LEAST_KEY = 4
"""Letters of a part of the outlet's name that is taken for it."""


def dateline_form(firsts: Sequence[str], names: Iterable[str] = ()) -> str | None:
    """Propose the pattern of the datelines that open first paragraphs; None where there is no habit.

    `names` are what the outlet goes by: an opening that has one of them in it is a dateline whatever else it holds.
    """
    matches = [match for first in firsts if (match := OPENING.match(first))]
    heads = [match["head"].strip() for match in matches]
    if len(heads) >= SHARE * len(firsts) and (shared := _shared_form(heads)):
        return shared
    signed = {part for match in matches for part in _parts(match["head"]) if _is_house(part, names)}
    dated = [head for head in heads if any(part in signed for part in _parts(head))]
    if len(dated) >= MARKED:
        return _mixed_form(dated, [head for head in heads if head not in dated], signed)
    if len([head for head in heads if head.isupper() and _is_place(head)]) >= MARKED:
        return rf"^\s*{CAPITALS}(?:,\s*{DAY})?{DASH}"
    places = [head for head in heads if _is_place(head)]
    return rf"^\s*{PLACE}{DASH}" if heads == places and len(heads) >= max(1.0, SHARE * len(firsts)) else None


def _shared_form(heads: Sequence[str]) -> str | None:
    """Give the pattern of openings that all hold the same name; None where none is shared."""
    house = _house(heads)
    if house is None:
        return None
    name = _literal(house)
    if all(head == house for head in heads):
        return rf"^\s*(?:{PLACE}\s*,\s*)?{name}{DASH}"
    if sum(head.startswith(house) for head in heads) > len(heads) / 2:
        return rf"^\s*{name}(?:\s*[,-]\s*{PLACE})?{DASH}"
    joint = r"\s*\(" if any(f"({house}" in head for head in heads) else r"\s*,\s*"
    end = r"\)" if joint.endswith("(") else ""
    return rf"^\s*(?:{PLACE}{joint})?{name}{end}{DASH}"


def _mixed_form(dated: Sequence[str], others: Sequence[str], signed: set[str]) -> str:
    """Give the pattern of openings that name the outlet now before the place, now after it, and in several spellings."""
    spelt = [_literal(name) for name in sorted(signed, key=lambda name: (-len(name), name))]
    house = spelt[0] if len(spelt) == 1 else f"(?:{'|'.join(spelt)})"
    before = any(_parts(head)[0] in signed and len(_parts(head)) > 1 for head in dated)
    after = any(_parts(head)[-1] in signed for head in dated)
    day = rf"(?:,\s*{DAY})?" if any(re.search(DAY, head) for head in dated) else ""
    bare = any(head.isupper() and _is_place(head) for head in others)
    tail = rf"(?:\s*,\s*{house}|\s*\({house}\))"
    place = rf"(?!{house}){STRICT_PLACE}{day}"
    opening = rf"(?:{house}(?:\s*,\s*|{DASH}))?" if before else ""
    ending = (tail + ("?" if before or bare else "")) if after else ""
    alone = any(head in signed for head in dated)
    form = f"{opening}{place}{ending}"
    return rf"^\s*{f'(?:{form}|{house})' if alone else form}{DASH}"


def _house(heads: Sequence[str]) -> str | None:
    """Find the part that all openings share: the outlet's own name."""
    parts = [_parts(head) for head in heads]
    shared = set(parts[0]).intersection(*map(set, parts[1:])) if len(parts) > 1 else set()
    return max(shared, key=len, default=None)


def _parts(head: str) -> list[str]:
    """Take an opening apart at its commas, brackets and dashes."""
    return [part for part in re.split(r"\s*[,()]\s*|\s+[-–—]\s+", head.strip()) if part]


def _is_house(part: str, names: Iterable[str]) -> bool:
    """Tell the outlet's name, or a good part of it, in whatever spelling."""
    key = _key(re.sub(r"\.(?:com|net|org|co\.[a-z]{2}|[a-z]{2})$", "", part, flags=re.IGNORECASE))
    return len(key) >= LEAST_KEY and any(key in _key(name) for name in names)


def _key(name: str) -> str:
    return re.sub(r"\W+", "", name.casefold())


def _literal(text: str) -> str:
    return re.escape(text).replace(r"\ ", " ").replace(r"\-", "-")


def _is_place(head: str) -> bool:
    words = head.split()
    return len(words) <= LONGEST_PLACE and all(word[0].isupper() for word in words)
