"""Find what an article names, in one pass over its text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from processing.entities.countries import countries, not_countries
from processing.entities.entries import Entry, entries
from processing.model.judgement import Entity
from processing.phrases import SUFFIXES, VOCABULARIES, Phrases, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

TITLES: Final = frozenset({
    "And", "Army", "By", "Dan", "Dari", "Di", "Dubes", "Embassy", "For", "From", "In", "Ke", "Kedubes", "Kerajaan",
    "Kesultanan", "King", "Menhan", "Menlu", "Militer", "Minister", "Of", "PM", "Pasukan", "Pemerintah", "President",
    "Presiden", "Queen", "Raja", "Ratu", "Republic", "Republik", "Sultan", "Tentara", "The", "To", "With",
})  # fmt: skip
"""Capitalised words that, standing before a country's name, say that it is none of a person's."""

HEADLINE: Final = 0.8
"""The share of capitalised words from which a line is a headline that writes every word so."""

NAMED_AFTER_COUNTRIES: Final = frozenset({"force", "organisation", "vessel"})


@dataclass(frozen=True, slots=True)
class Findings:
    """What an article names, those in its title and the most often named first; and the countries its title is about."""

    entities: tuple[Entity, ...]
    title_countries: tuple[str, ...]
    """ISO codes of the countries in the title, by name, leader, organisation, force or capital; each once."""
    title_labels: tuple[str, ...]
    """The words of the title that name them, one a country."""


@dataclass(frozen=True, slots=True)
class _Mention:
    entry: Entry
    name: str
    start: int
    end: int


def find_entities(title: str, text: str, language: str) -> Findings:
    """Return what title and text name; a name inside a longer one is not counted, a repeated one is counted each time."""
    whole = f"{title}\n{text}"
    mentions = [mention for mention in _mentions(whole, language) if mention.entry.kind != "newsroom"]
    in_title = [mention for mention in mentions if mention.start < len(title)]
    sides: dict[str, str] = {}
    for mention in in_title:
        if mention.entry.country:
            sides.setdefault(mention.entry.country, whole[mention.start : mention.end])
    return Findings(
        tuple(_entities(mentions, {mention.entry.id for mention in in_title})), tuple(sides), tuple(sides.values())
    )


def _entities(mentions: list[_Mention], in_title: set[str]) -> Iterable[Entity]:
    entry_of = {mention.entry.id: mention.entry for mention in mentions}
    counted = Counter(mention.entry.id for mention in mentions)
    for key, count in sorted(counted.items(), key=lambda item: (item[0] not in in_title, -item[1])):
        entry = entry_of[key]
        yield Entity(id=key, kind=entry.kind, label=entry.label, mentions=count, in_title=key in in_title)


def _mentions(whole: str, language: str) -> list[_Mention]:
    """Return the mentions that hold: short names after full ones, countries that are not somebody's name."""
    phrases, meanings = _searcher(vocabulary(language))
    found = [
        _Mention(entry, phrases.phrases[hit.index], hit.start, hit.end)
        for hit in phrases.find(whole)
        for entry in meanings[hit.index]
    ]
    full = {mention.entry.id for mention in found if mention.name not in mention.entry.after}
    named = [mention for mention in found if mention.name not in mention.entry.after or mention.entry.id in full]
    unsure = [mention for mention in named if mention.name in mention.entry.careful and _part_of_a_name(whole, mention)]
    if not unsure:
        return named
    sure = {mention.entry.id for mention in named if mention not in unsure}
    return [
        mention
        for mention in named
        if mention not in unsure or (mention.entry.id in sure and _in_headline(whole, mention))
    ]


def _part_of_a_name(whole: str, mention: _Mention) -> bool:
    """Tell whether a capitalised word stands right before or after: Michael Jordan, Chad Wolf; but not King."""
    before = whole[: mention.start].rpartition("\n")[2]
    word = before[:-1].rpartition(" ")[2] if before.endswith(" ") else ""
    if word in TITLES:
        return False
    after = whole[mention.end : mention.end + 2]
    return (word[:1].isupper() and word.isalpha()) or (after[:1] == " " and after[1:].isupper())


def _in_headline(whole: str, mention: _Mention) -> bool:
    """Tell whether the line writes nearly every word with a capital, so that the words beside a name say nothing."""
    line = whole[: mention.start].rpartition("\n")[2] + whole[mention.start :].partition("\n")[0]
    words = [word for word in line.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) >= HEADLINE * len(words)


@lru_cache(maxsize=3)
def _searcher(words: str) -> tuple[Phrases, tuple[tuple[Entry, ...], ...]]:
    """Return all names of a vocabulary, ready for searching, with what each names (nothing: only in the way of others).

    A force, body or vessel whose name holds a country's name (the Israeli army) names the country as well.
    """
    lands = [(name, land) for land in countries() for name in sorted(land.names_in(words))]
    inside = Phrases([name for name, _ in lands])
    rows: list[tuple[str, tuple[Entry, ...]]] = [(name, (land,)) for name, land in lands]
    for entry in entries():
        for name in sorted(entry.names_in(words) | set(entry.after)):
            nested = [lands[hit.index][1] for hit in inside.find(name)] if entry.kind in NAMED_AFTER_COUNTRIES else []
            rows.append((name, (entry, *nested)))
    rows += [(phrase, ()) for language, phrase in not_countries() if language in VOCABULARIES[words]]
    return Phrases([name for name, _ in rows], suffixes=SUFFIXES[words]), tuple(named for _, named in rows)
