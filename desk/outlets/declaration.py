"""An outlet's declaration as Python text, in the form that people write it: only what differs from the defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from typing import Any

from processing.model import Evidence, Listing, Outlet, PageRules

WIDTH = 120
NOUNS = (Outlet, Listing, PageRules, Evidence)
ORDER = (
    "name", "title", "country", "languages", "group", "ownership", "timezone", "hosts", "listings", "article", "exclude",
    "rules", "dateline", "mode", "single_page", "zulu_is_local", "delay", "switched_off", "evidence",
)  # fmt: skip
"""Of an outlet's fields, as people read them."""
PATTERNS = frozenset({"article", "exclude", "dateline", "drop", "cut_from"})
"""Fields that are regular expressions, and so are written raw."""


def declaration(outlet: Outlet, about: str = "") -> str:
    """Give the module that declares an outlet, formatted as ruff does; `about` follows the title in its docstring."""
    nouns = sorted({name for name in _nouns(outlet) if name != "Outlet"} | {"Evidence", "Outlet"})
    lines = about.splitlines()
    opening = f'"""{outlet.title}{f": {lines[0]}" if lines else "."}'
    docstring = f'{opening}"""' if len(lines) < 2 else "\n".join([opening, "", *lines[1:], '"""'])  # noqa: PLR2004
    return (
        f"{docstring}\n\nfrom datetime import date\n\nfrom processing.model import {', '.join(nouns)}\n\n"
        f"OUTLET = {_call(outlet, 0, len('OUTLET = '))}\n"
    )


def _nouns(value: object) -> set[str]:
    """Name the model's classes that a value is written with."""
    if isinstance(value, Enum):
        return {type(value).__name__}
    if isinstance(value, tuple):
        return set().union(*map(_nouns, value)) if value else set()
    if isinstance(value, NOUNS):
        return {type(value).__name__}.union(*(_nouns(given) for _, given in _given(value)))
    return set()


def _given(noun: Any) -> list[tuple[str, Any]]:
    """Give the fields of a noun that differ from their defaults."""
    names = [field.name for field in fields(noun)]
    ordered = sorted(names, key=_place) if isinstance(noun, Outlet) else names
    defaults = {field.name: field.default for field in fields(noun)}
    return [
        (name, getattr(noun, name))
        for name in ordered
        if defaults[name] is MISSING or getattr(noun, name) != defaults[name]
    ]


def _place(name: str) -> float:
    """Place a field among the others; one that ORDER does not know yet stands before the last."""
    return ORDER.index(name) if name in ORDER else len(ORDER) - 1.5


def _call(noun: Any, indent: int, used: int) -> str:
    """Write a noun's constructor, on one line where that fits."""
    given = [(f"{name}=", value, name in PATTERNS) for name, value in _given(noun)]
    return _bracketed(f"{type(noun).__name__}(", given, ")", indent, used)


def _bracketed(opening: str, items: Sequence[tuple[str, Any, bool]], closing: str, indent: int, used: int) -> str:
    """Write items between brackets: on one line, or one a line; `used` is what stands before on the line."""
    flat = [f"{label}{_value(value, 0, 0, raw=raw, flat=True)}" for label, value, raw in items]
    line = f"{opening}{', '.join(flat)}{',' if opening == '(' and len(items) == 1 else ''}{closing}"
    if used + len(line) + 1 <= WIDTH:
        return line
    inner = indent + 4
    written = [
        f"{' ' * inner}{label}{_value(value, inner, inner + len(label), raw=raw)}," for label, value, raw in items
    ]
    return "\n".join([opening, *written, f"{' ' * indent}{closing}"])


def _value(value: Any, indent: int, used: int, *, raw: bool = False, flat: bool = False) -> str:
    """Write one value."""
    if isinstance(value, NOUNS):
        return _call(value, indent, -WIDTH * 1000 if flat else used)
    if isinstance(value, tuple):
        return _bracketed("(", [("", item, raw) for item in value], ")", indent, -WIDTH * 1000 if flat else used)
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    return _string(value, raw=raw) if isinstance(value, str) else repr(value)


def _string(text: str, *, raw: bool) -> str:
    """Write a string in double quotes; a pattern with backslashes is raw."""
    if raw and "\\" in text and '"' not in text and not text.endswith("\\"):
        return f'r"{text}"'
    quoted = repr(text)
    if quoted.startswith("'") and '"' not in text:
        return f'"{quoted[1:-1]}"'.replace("\\'", "'")
    return quoted
