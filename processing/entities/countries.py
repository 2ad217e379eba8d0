"""Every country's names in Indonesian and English: CLDR's, and the press's short forms from `gazetteer/countries.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import Any, Final

from babel import Locale

from processing.entities.entries import FOLDER, LANGUAGES, Entry
from processing.phrases import spellings

NOT_COUNTRIES: Final = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""Codes that CLDR names beside ISO 3166-1: groups, islands of other states, tests."""
_TABLE: Final = "not_countries"


@lru_cache(maxsize=1)
def countries() -> tuple[Entry, ...]:
    """Return an entry for each country of ISO 3166-1 (and XK, Kosovo); its id is the two-letter code."""
    added = _table()
    cldr = {language: Locale(language).territories for language in LANGUAGES}
    codes = [str(code) for code in cldr["en"] if re.fullmatch("[A-Z]{2}", str(code))]
    return tuple(
        _country(code, {language: str(names[code]) for language, names in cldr.items()}, added.get(code, {}))
        for code in codes
        if code not in NOT_COUNTRIES
    )


@lru_cache(maxsize=1)
def not_countries() -> tuple[tuple[str, str], ...]:
    """Return (language, phrase) for phrases that hold a country's name and do not mean it."""
    return tuple((language, phrase) for language, phrases in _table()[_TABLE].items() for phrase in phrases)


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    with (FOLDER / "countries.toml").open("rb") as file:
        table: dict[str, dict[str, Any]] = tomllib.load(file)
    return table


def _country(code: str, cldr: dict[str, str], added: dict[str, Any]) -> Entry:
    careful: list[str] = added.get("careful", [])
    named = {language: added.get(language, []) + careful for language in LANGUAGES}
    for language, name in cldr.items():
        if language not in added.get("not_cldr", ()):
            named[language] = [*named[language], *_variants(name)]
    return Entry(
        id=code,
        kind="country",
        labels={language: _variants(name)[0] for language, name in cldr.items()} | added.get("label", {}),
        country=code,
        names=frozenset((language, name) for language in named for text in named[language] for name in spellings(text)),
        careful=frozenset(careful),
    )


def _variants(name: str) -> list[str]:
    """Return a CLDR name as the press writes it: `Antigua & Barbuda` with "and" too, brackets and the like left out."""
    plain = re.sub(r" \(.*\)| SAR China| DAK Tiongkok", "", name)
    return [plain, plain.replace(" & ", " and ")] if " & " in plain else [plain]
