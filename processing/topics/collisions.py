"""What in a taxonomy gets in its own way, told from the file alone: terms that collide, and terms that cannot be found."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from processing.phrases import SUFFIXES, VOCABULARIES, Phrases, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processing.topics.taxonomy import Taxonomy, Term

NOT_MEANT: Final = "not_meant"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term where it stands: `owner` is the code of a topic or of an unrelated subject, or `not_meant`."""

    owner: str
    term: Term

    def __str__(self) -> str:
        """Name the place as an editor knows it: the topic, the weight, the language."""
        if self.owner == NOT_MEANT:
            return f"[not_meant] {self.term.language}"
        weight = "unrelated" if self.term.strength in {"against", "decisive"} else self.term.strength
        return f"{self.owner} {weight}.{self.term.language}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something an editor should know about a term; `wrong` means that it cannot be as it was meant."""

    kind: str
    term: str
    where: tuple[str, ...]
    advice: str
    wrong: bool = False


def entries(rules: Taxonomy) -> tuple[Entry, ...]:
    """Return every term of a taxonomy, in the order in which the first of equal ones counts."""
    rows = [Entry(topic.code, term) for topic in rules.topics.values() for term in topic.terms]
    rows += [Entry(code, term) for code, terms in rules.unrelated.items() for term in terms]
    return (*rows, *(Entry(NOT_MEANT, term) for term in rules.not_meant))


def searched(rows: tuple[Entry, ...], words: str) -> tuple[Phrases, tuple[Entry, ...]]:
    """Return the terms of a vocabulary ready for searching, and what each index is."""
    ours = tuple(row for row in rows if row.term.language in VOCABULARIES[words])
    return Phrases([row.term.text for row in ours], suffixes=SUFFIXES[words]), ours


def collisions(rules: Taxonomy) -> list[Remark]:
    """Return what is wrong or doubtful of a taxonomy's terms, each remark once."""
    rows = entries(rules)
    found: dict[tuple[str, str, tuple[str, ...]], Remark] = {}
    for words in ("id", "en"):
        phrases, ours = searched(rows, words)
        same: dict[str, list[Entry]] = defaultdict(list)
        for row in ours:
            same[fold(row.term.text)].append(row)
        remarks = [*_never_found(phrases, ours), *_endings(same, words)]
        for together in same.values():
            remarks += [*_contradictions(together, rules), *_twice(together), *_shared(together, rules)]
        found |= {(remark.kind, remark.term, remark.where): remark for remark in remarks}
    return list(found.values())


def _never_found(phrases: Phrases, ours: tuple[Entry, ...]) -> Iterator[Remark]:
    """Name terms that are not found in a line that holds their words, with one blank between two."""
    for index, row in enumerate(ours):
        if index not in {hit.index for hit in phrases.find(f"1 {' '.join(row.term.text.split())} 1")}:
            yield Remark(
                kind="cannot be found",
                term=row.term.text,
                where=(str(row),),
                advice="Write it without blanks at its ends, and with one between two words.",
                wrong=True,
            )


def _contradictions(together: list[Entry], rules: Taxonomy) -> Iterator[Remark]:
    """Name words that stand for a topic and against it: both count, and neither does what it is for."""
    ours = [row for row in together if row.owner in rules.topics]
    others = [row for row in together if row.owner not in rules.topics]
    if ours and others:
        excluded = any(row.owner == NOT_MEANT for row in others)
        yield Remark(
            kind="for a topic and against it",
            term=ours[0].term.text,
            where=tuple(map(str, (*ours, *others))),
            advice="[not_meant] keeps only longer phrases from counting: delete one of the two."
            if excluded
            else "Delete one of the two, or write the longer phrase that is meant.",
            wrong=True,
        )


def _twice(together: list[Entry]) -> Iterator[Remark]:
    """Name equal terms of one owner: only the first counts, whatever their weights, signs or capitals."""
    by_owner: dict[str, list[Entry]] = defaultdict(list)
    for row in together:
        by_owner[row.owner].append(row)
    for first, *rest in by_owner.values():
        for row in rest:
            narrower = _capitals(first.term.text) > _capitals(row.term.text)
            yield Remark(
                kind="written twice" if row.term.text == first.term.text else "a variant that never counts",
                term=row.term.text,
                where=tuple(dict.fromkeys((str(row), str(first)))),
                advice=f"{first.term.text!r} stands before it and needs its capitals: delete that one."
                if narrower
                else f"{first.term.text!r} stands before it and alone counts: delete this one.",
                wrong=narrower,
            )


def _capitals(text: str) -> int:
    """Say what capitals a term needs in a text: none, a first one, or all."""
    return 2 if text.isupper() else int(text[0].isupper())


def _shared(together: list[Entry], rules: Taxonomy) -> Iterator[Remark]:
    """Name terms of two topics: they speak for both, and within a family they count twice."""
    owners = {row.owner: row for row in reversed(together) if row.owner in rules.topics}
    if len(owners) < 2:  # noqa: PLR2004 - two topics
        return
    families = {rules.family(code) for code in owners}
    within = len(families) < len(owners)
    yield Remark(
        kind="in two topics of one family" if within else "in two topics",
        term=together[0].term.text,
        where=tuple(str(row) for row in reversed(owners.values())),
        advice="It counts twice for the family: keep it in the finer topic alone."
        if within
        else "It speaks for each: keep both if you mean it, or write longer terms that tell them apart.",
    )


def _endings(same: dict[str, list[Entry]], words: str) -> Iterator[Remark]:
    """Name terms that are another of the same owner with an ending that need not be written: together they count twice."""
    for folded, rows in same.items():
        for ending in sorted(SUFFIXES[words]):
            stem = folded.removesuffix(ending)
            for row in rows if stem != folded else ():
                if base := next((other for other in same.get(stem, ()) if other.owner == row.owner), None):
                    yield Remark(
                        kind="an ending that need not be written",
                        term=row.term.text,
                        where=(str(row),),
                        advice=f"{base.term.text!r} finds it: delete it, or an article with both counts them as two.",
                    )
