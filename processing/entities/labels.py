"""What a reader sees for something that an article names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from processing.entities.countries import countries
from processing.entities.entries import entries
from processing.phrases import fold, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping


def label_in(language: str, entity: str) -> str | None:
    """Return an entity's label in a language (id or en) by its id; None for one that the gazetteer does not have now."""
    return _labels().get(entity, {}).get(language)


def within_name(phrase: str, entity: str, language: str) -> bool:
    """Tell whether a phrase is a name of an entity in a language, or a part of one: Densus, of Densus 88."""
    words = frozenset(fold(phrase).split())
    return any(words <= name for name in _names(vocabulary(language)).get(entity, ()))


@lru_cache(maxsize=3)
def _names(words: str) -> Mapping[str, tuple[frozenset[str], ...]]:
    return {
        entry.id: tuple(frozenset(fold(name).split()) for name in entry.names_in(words))
        for entry in (*countries(), *entries())
    }


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, Mapping[str, str]]:
    return {entry.id: entry.labels for entry in (*countries(), *entries())}
