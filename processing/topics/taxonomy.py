"""The taxonomy: what Pantau watches, read from `taxonomy.toml` and checked, so that an editor's slip is named."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from processing.errors import PantauError
from processing.phrases import spellings

FILE: Final = Path(__file__).parent / "taxonomy.toml"
CLASSES: Final = ("strong", "medium", "weak")
LANGUAGES: Final = ("any", "id", "en")
TOPIC_FIELDS: Final = frozenset({"code", "parent", "iptc", "plover", "label", *CLASSES})
UNRELATED_FIELDS: Final = frozenset({"code", "decisive", *LANGUAGES})


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
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PantauError(f"{path.name} is not valid TOML: {error}.") from error
    topics = [_topic(row) for row in table.get("topic", [])]
    _check(topics)
    return Taxonomy(
        iptc_release=table["iptc_release"],
        topics={topic.code: topic for topic in topics},
        unrelated={row["code"]: _unrelated(row) for row in table.get("unrelated", [])},
        not_meant=tuple(_terms(table.get("not_meant", {}), "not_meant")),
    )


def _topic(row: dict[str, Any]) -> Topic:
    code = row.get("code", "?")
    if unknown := set(row) - TOPIC_FIELDS:
        raise PantauError(f"Topic {code} has an unknown field {', '.join(sorted(unknown))}.")
    if missing := {"code", "iptc", "label"} - set(row):
        raise PantauError(f"Topic {code} lacks {', '.join(sorted(missing))}.")
    if set(row["label"]) != {"id", "en"}:
        raise PantauError(f"Topic {code} needs a label in id and en.")
    return Topic(
        code=code,
        parent=row.get("parent"),
        iptc=row["iptc"],
        plover=row.get("plover"),
        labels=dict(row["label"]),
        terms=tuple(term for strength in CLASSES for term in _terms(row.get(strength, {}), strength, code)),
    )


def _unrelated(row: dict[str, Any]) -> tuple[Term, ...]:
    if unknown := set(row) - UNRELATED_FIELDS:
        raise PantauError(f"Unrelated {row.get('code', '?')} has an unknown field {', '.join(sorted(unknown))}.")
    strength = "decisive" if row.get("decisive") else "against"
    return tuple(_terms({name: row[name] for name in LANGUAGES if name in row}, strength, row["code"]))


def _terms(by_language: dict[str, list[str]], strength: str, code: str = "") -> list[Term]:
    if unknown := set(by_language) - set(LANGUAGES):
        raise PantauError(f"{code} {strength} names a language {', '.join(sorted(unknown))}; write id, en or any.")
    return [
        Term(spelling, language, strength)
        for language, patterns in by_language.items()
        for pattern in patterns
        for spelling in spellings(pattern)
    ]


def _check(topics: list[Topic]) -> None:
    """Hold what no single topic can: codes are there once, parents exist and are no children themselves."""
    codes = [topic.code for topic in topics]
    if len(codes) != len(set(codes)):
        raise PantauError(f"The taxonomy has a code twice: {next(code for code in codes if codes.count(code) > 1)}.")
    roots = {topic.code for topic in topics if topic.parent is None}
    for topic in topics:
        if topic.parent is not None and topic.parent not in roots:
            raise PantauError(
                f"Topic {topic.code} names the parent {topic.parent}, which is no topic of the first level."
            )
