"""The gazetteer as data: TOML files that name people, organisations, forces, weapons, vessels, places and newsrooms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from processing.errors import PantauError
from processing.phrases import VOCABULARIES, fold, spellings

FOLDER: Final = Path(__file__).parent / "gazetteer"
FILES: Final = ("people", "organisations", "weapons", "places", "newsrooms")
KINDS: Final = frozenset({"person", "organisation", "force", "weapon", "vessel", "place", "newsroom"})
LANGUAGES: Final = ("id", "en")
FIELDS: Final = frozenset({"label", "label_is_name", "country", "names", "id", "en", "after", "agency", "quoted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something with names: how it is found in each language, and what it is."""

    id: str
    kind: str
    labels: Mapping[str, str]
    """What readers see, by language (id and en)."""
    country: str | None = None
    """ISO 3166-1 code of the state it belongs to or acts for."""
    names: frozenset[tuple[str, str]]
    """(language, name); language `any` holds in all."""
    after: tuple[str, ...] = ()
    """Short names that count only where a fuller name stands in the same article."""
    careful: frozenset[str] = frozenset()
    """Names that people bear too: they do not count beside another capitalised word."""
    agency: bool = False
    quoted: bool = False
    """Of a newsroom: a source only where it is quoted, not where it was told something."""

    @property
    def label(self) -> str:
        """What English readers see."""
        return self.labels["en"]

    def names_in(self, words: str) -> set[str]:
        """Return its names in a vocabulary (id, en or any)."""
        return {name for language, name in self.names if language in VOCABULARIES[words]}


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Return everything that the gazetteer's files name, countries left out."""
    return tuple(entry for name in FILES for entry in _entries_of(FOLDER / f"{name}.toml"))


def _entries_of(path: Path) -> list[Entry]:
    with path.open("rb") as file:
        tables = tomllib.load(file)
    return [_entry(path.name, kind, key, row) for kind, rows in tables.items() for key, row in rows.items()]


def _entry(file: str, kind: str, key: str, row: dict[str, Any]) -> Entry:
    """Make an entry of one line of a file, or say what is wrong with the line."""
    if kind not in KINDS:
        raise PantauError(f"{file} has a kind [{kind}], which is none of {', '.join(sorted(KINDS))}.")
    if unknown := set(row) - FIELDS:
        raise PantauError(f"{file} has an unknown field {', '.join(sorted(unknown))} on the line of {key}.")
    if "label" not in row:
        raise PantauError(f"{file} gives {key} no label; add one, it is what a reader sees.")
    labels = _labels(file, key, row["label"])
    return Entry(
        id=key,
        kind=kind,
        labels=labels,
        country=row.get("country"),
        names=_names(row, labels),
        after=tuple(row.get("after", ())),
        agency=row.get("agency", False),
        quoted=row.get("quoted", False),
    )


def _labels(file: str, key: str, label: str | dict[str, str]) -> dict[str, str]:
    """Return the label in every language: a single one serves all."""
    labels = dict.fromkeys(LANGUAGES, label) if isinstance(label, str) else label
    if set(labels) != set(LANGUAGES):
        raise PantauError(f"{file} needs the label of {key} in {' and '.join(LANGUAGES)}, or one that serves both.")
    return labels


def _names(row: dict[str, Any], labels: dict[str, str]) -> frozenset[tuple[str, str]]:
    """Return names with their language; the English label is a name in any, the Indonesian one in its own."""
    by_language = {"any": row.get("names", []), "id": row.get("id", []), "en": row.get("en", [])}
    if row.get("label_is_name", True):
        by_language["any"] = [labels["en"], *by_language["any"]]
    names = {(language, name) for language in by_language for text in by_language[language] for name in spellings(text)}
    known = {fold(name) for language, name in names if language in VOCABULARIES["id"]}
    if row.get("label_is_name", True) and fold(labels["id"]) not in known:
        names.add(("id", labels["id"]))
    return frozenset(names)
