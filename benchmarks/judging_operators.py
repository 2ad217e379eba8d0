"""Simulate operators with a taste of their own: what a few dozen of their labels do to verdicts on events left out.

    PYTHONPATH=. python benchmarks/judging_operators.py [--data DIR] [--folds 4]

Weights are fitted without a quarter of the events. Of the other events each operator labels some articles as `pantau label` asks
for them, and some that he did not want, or missed. What he says is told from the articles' labels and sections. Counted is
how often verdicts on the quarter left out are right by his taste: on the articles that he judges otherwise than we, and on the rest.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from judging import SHARED, corpus

from desk.steps.labelling import Candidate, to_ask
from processing.judging import read
from processing.topics import relevance, tags
from processing.topics.adapting import adapt
from processing.topics.examples import Example, examples_of
from processing.topics.relevance import Relevance
from processing.topics.taxonomy import taxonomy
from processing.topics.training import fit, fold

ASKED, KIND = 24, 12
"""Labels of a round of `pantau label`, and labels on articles of the kind that the operator judges otherwise."""
FOLDS = 4
AGREES = "agrees with us"
Row = dict[str, Any]


def without(topic: str) -> Callable[[Row, bool], bool]:
    """Return the taste of one who wants nothing whose only topic is this."""
    return lambda row, ours: ours and row.get("topics") != [topic]


def also(*sections: str) -> Callable[[Row, bool], bool]:
    """Return the taste of one who wants these sections too."""
    return lambda row, ours: ours or any(section in row["section"] for section in sections)


TASTES: dict[str, Callable[[Row, bool], bool]] = {
    "no diplomacy": without("diplomacy"),
    "no terrorism": without("terrorism_insurgency_separatism"),
    "no defence policy": without("defence_policy_procurement_industry"),
    "business too": also("bisnis", "ekbis", "economy", "money", "banking", "taxes", "finance", "energy"),
    "crime too": also("violence", "gun_control", "metro", "megapolitan", "hukum"),
    "disasters and health too": also("disaster", "health", "environment", "ebola", "coronavirus"),
    AGREES: lambda _, ours: ours,
}


@dataclass(frozen=True, slots=True)
class Article:
    """A labelled article, as training and as labelling see it."""

    row: Row
    example: Example
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of right verdicts by a taste, on what the operator judges otherwise than we (`kind`), and on the rest."""

    labels: int
    kind: int
    kind_before: float
    kind_after: float
    rest_before: float
    rest_after: float


def articles_of(folder: Path) -> list[Article]:
    """Return the articles of a folder whose truth is known."""
    rows = {row["id"]: row for row in corpus(folder) if "own" not in row}
    found = []
    for example in examples_of(list(rows.values())):
        row = rows[example.id]
        reading = read(row["title"], row["text"], languages=[row["lang"]])
        codes = dict.fromkeys(taxonomy().family(tag.topic) for tag in tags(reading.evidence, reading.findings))
        found.append(Article(row, example, tuple(codes)))
    return found


def simulated(articles: Sequence[Article], *, folds: int = FOLDS) -> dict[str, Figures]:
    """Return each taste's figures, over so many of the quarters that are left out in turn."""
    counts: dict[str, list[list[int]]] = {name: [] for name in TASTES}
    for part in range(folds):
        seen = [one for one in articles if fold(one.example.event, FOLDS, "operators ") != part]
        unseen = [one for one in articles if fold(one.example.event, FOLDS, "operators ") == part]
        base = fit([one.example for one in seen], threshold=relevance().threshold)
        for name, taste in TASTES.items():
            labels = _labels(base, seen, taste, f"{name} {part}")
            model = adapt(labels, base)
            counts[name].append([len(labels), *_right(base, unseen, taste), *_right(model, unseen, taste)])
    return {name: _figures([sum(column) for column in zip(*rows, strict=True)], folds) for name, rows in counts.items()}


def _labels(base: Relevance, seen: Sequence[Article], taste: Callable[[Row, bool], bool], salt: str) -> list[Example]:
    """Return what the operator labels: a round as it is asked for, and some of the kind, each on another event."""
    known = {one.example.id: one for one in seen}
    asked = [known[one.id] for one in to_ask([_candidate(one, base) for one in seen], {}, count=ASKED)]
    otherwise = [one for one in seen if taste(one.row, one.example.truth) != one.example.truth]
    otherwise.sort(key=lambda one: sha256(f"{salt}{one.example.id}".encode()).digest())
    kind = list({one.example.event: one for one in otherwise}.values())[:KIND]
    said = {one.example.id: one for one in (*asked, *kind)}
    return [_labelled(one, taste(one.row, one.example.truth)) for one in said.values()]


def _candidate(one: Article, base: Relevance) -> Candidate:
    example = one.example
    score = base.score(example.signals, example.words, example.language)
    return Candidate(
        id=example.id, url="", outlet="", lang=example.language, seen_at=None, score=score,
        topics=one.topics if score >= base.threshold else (), event_group=example.event,
    )  # fmt: skip


def _labelled(one: Article, truth: bool) -> Example:
    example = one.example
    return Example(
        id=example.id, language=example.language, event=example.event, signals=example.signals, words=example.words,
        truth=bool(truth), weight=1.0,
    )  # fmt: skip


def _right(model: Relevance, unseen: Sequence[Article], taste: Callable[[Row, bool], bool]) -> tuple[int, ...]:
    """Count articles of the kind, right ones of these, others, and right ones of those."""
    kind = right = others = right_of_others = 0
    for one in unseen:
        example, wanted = one.example, bool(taste(one.row, one.example.truth))
        hit = (model.score(example.signals, example.words, example.language) >= model.threshold) == wanted
        if wanted != example.truth:
            kind, right = kind + 1, right + hit
        else:
            others, right_of_others = others + 1, right_of_others + hit
    return kind, right, others, right_of_others


def _figures(sums: Sequence[int], folds: int) -> Figures:
    labels, kind, kind_before, others, rest_before, _, kind_after, _, rest_after = sums
    return Figures(
        round(labels / folds),
        kind,
        kind_before / (kind or 1),
        kind_after / (kind or 1),
        rest_before / others,
        rest_after / others,
    )


def main() -> None:
    """Print a line an operator."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "articles")
    parser.add_argument("--folds", type=int, default=FOLDS)
    options = parser.parse_args()
    for name, row in simulated(articles_of(options.data), folds=options.folds).items():
        kind = (
            f"of the kind right {row.kind_before:.2f} before, {row.kind_after:.2f} after, of {row.kind}; "
            if row.kind
            else ""
        )
        print(
            f"{name}: {row.labels} labels; {kind}others right {row.rest_before:.3f} before, {row.rest_after:.3f} after"
        )


if __name__ == "__main__":
    main()
