"""What a reader sees for something that an article names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from processing.entities.countries import countries
from processing.entities.entries import entries
from processing.phrases import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


def label_in(language: str, entity: str) -> str | None:
    """Return an entity's label in a language (id or en) by its id; None for one that the gazetteer does not have now."""
    return _labels().get(entity, {}).get(language)


def names_in(language: str, entity: str) -> frozenset[str]:
    """Return the names that an entity has in a language, folded; none for one that the gazetteer does not have now."""
    return _names(language).get(entity, frozenset())


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, Mapping[str, str]]:
    return {entry.id: entry.labels for entry in (*countries(), *entries())}


@lru_cache(maxsize=2)
def _names(language: str) -> Mapping[str, frozenset[str]]:
    return {entry.id: frozenset(map(fold, entry.names_in(language))) for entry in (*countries(), *entries())}
