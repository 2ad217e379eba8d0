"""The taxonomy: what Pantau watches, read from `taxonomy.toml` or from the operator's own file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from processing.errors import SettingError
from processing.phrases import spellings
from processing.topics.slips import CLASSES, LANGUAGES, read_table

OWN: Final = Path(__file__).parent / "taxonomy.toml"


def chosen(environ: Mapping[str, str]) -> Path:
    """Return the file that judges: the operator's in PANTAU_TAXONOMY, else ours. Raises SettingError where there is none."""
    path = Path(environ.get("PANTAU_TAXONOMY", "").strip() or OWN).expanduser()
    if not path.is_file():
        raise SettingError(f"PANTAU_TAXONOMY is {str(path)!r}, but should be a file that exists.")
    return path.absolute()


FILE: Final = chosen(os.environ)
"""Read once a process: what judged (`processing.judging.JUDGE`) is named by this file's hash."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase that speaks for a topic in a language (`any`: in all) with the weight of its class."""

    text: str
    language: str
    strength: str
    """strong, medium or weak; of an unrelated subject `against`, or `decisive`, which weighs as much as strong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something that Pantau watches."""

    code: str
    parent: str | None
    iptc: str
    """IPTC Media Topic, release of `Taxonomy.iptc_release`."""
    plover: str | None
    """PLOVER context, where one fits."""
    labels: dict[str, str]
    """By language, id and en."""
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """All topics, what speaks against them, and the phrases that only look like them."""

    iptc_release: str
    topics: dict[str, Topic]
    unrelated: dict[str, tuple[Term, ...]]
    not_meant: tuple[Term, ...]

    def family(self, code: str) -> str:
        """Return the topic's parent, or itself."""
        return self.topics[code].parent or code


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """Return the taxonomy that judges."""
    return read_taxonomy(FILE)


def taxonomy_hash(path: Path = FILE) -> str:
    """Return twelve hexadecimal digits that change with the file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def read_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy file; a PantauError names the first thing that is wrong with it."""
    table = read_table(path)
    topics = [_topic(row) for row in table["topic"]]
    return Taxonomy(
        iptc_release=table["iptc_release"],
        topics={topic.code: topic for topic in topics},
        unrelated={row["code"]: _unrelated(row) for row in table.get("unrelated", [])},
        not_meant=tuple(_terms(table.get("not_meant", {}), "not_meant")),
    )


def _topic(row: dict[str, Any]) -> Topic:
    return Topic(
        code=row["code"],
        parent=row.get("parent"),
        iptc=row["iptc"],
        plover=row.get("plover"),
        labels=dict(row["label"]),
        terms=tuple(term for strength in CLASSES for term in _terms(row.get(strength, {}), strength)),
    )


def _unrelated(row: dict[str, Any]) -> tuple[Term, ...]:
    strength = "decisive" if row.get("decisive") else "against"
    return tuple(_terms({name: row[name] for name in LANGUAGES if name in row}, strength))


def _terms(by_language: dict[str, list[str]], strength: str) -> list[Term]:
    return [
        Term(spelling, language, strength)
        for language, patterns in by_language.items()
        for pattern in patterns
        for spelling in spellings(pattern)
    ]
