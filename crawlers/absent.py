"""Outlets that are not read, and why: absent.toml, for whoever asks where one is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from processing.errors import PantauError

TABLE = Path(__file__).with_name("absent.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """An outlet that we know of and do not read; `checked` is the day of the newest evidence for `reason`."""

    name: str
    title: str
    country: str
    """ISO 3166-1 alpha-2."""
    languages: tuple[str, ...]
    """BCP 47 primary tags."""
    reason: str
    checked: date


def absent_outlets(table: Path = TABLE) -> list[Absent]:
    """Give the outlets of the table in its order; an entry that lacks something is a PantauError that names it."""
    entries = tomllib.loads(table.read_text(encoding="utf-8"))
    return [_absent(name, entry) for name, entry in entries.items()]


def _absent(name: str, entry: dict[str, Any]) -> Absent:
    """Read one entry."""
    try:
        return Absent(**{**entry, "name": name, "languages": tuple(entry["languages"])})
    except (KeyError, TypeError) as error:
        raise PantauError(f"The entry {name} of absent.toml is not an absent outlet: {error}.") from error
