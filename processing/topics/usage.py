"""How a taxonomy's terms fare on a corpus: which never stand in it, which stand everywhere, which others always cover."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from processing.language import language_of
from processing.phrases import SUFFIXES, Hit, Phrases, vocabulary
from processing.topics.collisions import NOT_MEANT, Entry, Remark, entries, searched
from processing.topics.matching import READ, STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from processing.topics.taxonomy import Taxonomy

EVERYWHERE: Final = {"strong": 0.25, "medium": 0.25, "weak": 0.5}
"""The share of all articles from which a term of a weight stands everywhere.

On the 1,506 of shared/corpus/articles the commonest strong term (`war`) stands in 20% of its language's, the commonest medium
one in 15%, and of the weak ones `president` in 68% and the next in 34%.
"""
ENOUGH: Final = 50
"""Articles of a language from which shares say something."""
COVERED: Final = 3
"""Articles in which a term stood, and never for itself, from which that is told."""


class Text(NamedTuple):
    """An article of a corpus: title, text (a line a paragraph), and its language where that is known."""

    title: str
    text: str
    language: str = ""


@dataclass(slots=True)
class Usage:
    """What was counted on a corpus; articles by vocabulary (id, en, any), terms by where they stand."""

    articles: Counter[str] = field(default_factory=Counter)
    stood: Counter[Entry] = field(default_factory=Counter)
    """In how many articles a term counted."""
    covered: defaultdict[Entry, Counter[Entry]] = field(default_factory=lambda: defaultdict(Counter))
    """For a term that never counted, in how many articles it stood inside which other's words."""


def usage(rules: Taxonomy, texts: Iterable[Text]) -> Usage:
    """Count where the terms of a taxonomy stand in the articles of a corpus."""
    rows = entries(rules)
    counted = Usage()
    by_words: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        words = vocabulary(text.language or language_of(text.title, text.text))
        by_words[words].append(f"{text.title}\n{text.text[:READ]}")
    for words, wholes in by_words.items():
        _count(rows, words, wholes, counted)
    counted.covered = defaultdict(Counter, {row: by for row, by in counted.covered.items() if not counted.stood[row]})
    return counted


def _count(rows: tuple[Entry, ...], words: str, wholes: list[str], counted: Usage) -> None:
    """Count the terms of one vocabulary: first those that stand for themselves, then what became of the others."""
    phrases, ours = searched(rows, words)
    found = [phrases.find(whole) for whole in wholes]
    counted.articles[words] += len(wholes)
    for hits in found:
        counted.stood.update({ours[hit.index] for hit in hits})
    idle = tuple(row for row in ours if not counted.stood[row])
    alone = Phrases([row.term.text for row in idle], suffixes=SUFFIXES[words])
    for whole, hits in zip(wholes, found, strict=True):
        for row, covers in {idle[hit.index]: _over(hit, hits) for hit in alone.find(whole)}.items():
            counted.covered[row].update(_nearest(row, [ours[cover] for cover in covers]))


def _over(hit: Hit, kept: list[Hit]) -> list[int]:
    """Return the indexes of the terms that were kept over a place."""
    return [other.index for other in kept if other.start < hit.end and hit.start < other.end]


def _nearest(row: Entry, covers: list[Entry]) -> list[Entry]:
    """Return the one term that is told to cover another: of several, one of the same owner."""
    return [min(covers, key=lambda cover: cover.owner != row.owner)] if covers else []


def remarks(rules: Taxonomy, counted: Usage) -> Iterator[Remark]:
    """Say which terms always stand inside others, and which stand everywhere."""
    for row, covers in counted.covered.items():
        if row.owner != NOT_MEANT and covers.total() >= COVERED:
            yield _covered(row, covers)
    for row in entries(rules):
        of = _articles(counted, row)
        share = counted.stood[row] / (of or 1)
        if row.owner in rules.topics and of >= ENOUGH and share >= EVERYWHERE[row.term.strength]:
            yield Remark(
                kind="fires everywhere",
                term=row.term.text,
                where=(str(row),),
                advice=f"Stands in {counted.stood[row]} of {of} articles ({share:.0%}): take a longer phrase, or a lower weight.",
            )


def _covered(row: Entry, covers: Counter[Entry]) -> Remark:
    """Say what covers a term in every article that holds it, and whether anything is lost by that."""
    ((cover, _),) = covers.most_common(1)
    swallowed = cover.owner == NOT_MEANT
    if swallowed:
        loss = "it does nothing: delete it, or that phrase"
    elif cover.owner == row.owner and STRENGTHS[cover.term.strength] < STRENGTHS[row.term.strength]:
        loss = f"it weighs less than {row.term.strength}: give it that weight, or delete it"
    elif cover.owner == row.owner:
        loss = "the same topic, so nothing is lost"
    else:
        loss = f"it does not speak for {row.owner}: write the longer one there too, or delete one of the two"
    return Remark(
        kind="swallowed by [not_meant]" if swallowed else "always inside a longer term",
        term=row.term.text,
        where=(str(row),),
        advice=f"In all {covers.total()} articles that hold it {cover.term.text!r} ({cover}) counts instead; {loss}.",
    )


def never(rules: Taxonomy, counted: Usage) -> dict[str, tuple[int, list[str]]]:
    """Return, by topic, how many of its terms could have stood in the corpus, and those that never did."""
    idle: dict[str, tuple[int, list[str]]] = {}
    for topic in rules.topics.values():
        rows = {row for term in topic.terms if _articles(counted, row := Entry(topic.code, term))}
        terms = sorted({row.term.text for row in rows if not counted.stood[row] and row not in counted.covered})
        idle[topic.code] = (len(rows), terms)
    return idle


def _articles(counted: Usage, row: Entry) -> int:
    """Return how many articles a term was looked for in; where the language is unknown, all are."""
    return sum(
        count
        for words, count in counted.articles.items()
        if "any" in (words, row.term.language) or words == row.term.language
    )
