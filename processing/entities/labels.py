"""What a reader sees for something that an article names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from processing.entities.countries import countries
from processing.entities.entries import entries

if TYPE_CHECKING:
    from collections.abc import Mapping


def label_in(language: str, entity: str) -> str | None:
    """Return an entity's label in a language (id or en) by its id; None for one that the gazetteer does not have now."""
    return _labels().get(entity, {}).get(language)


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, Mapping[str, str]]:
    return {entry.id: entry.labels for entry in (*countries(), *entries())}
