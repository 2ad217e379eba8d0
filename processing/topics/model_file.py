"""The file of relevance weights: what was learnt, from what, and how right it was on events that it had not seen."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from processing.entities.entries import FOLDER
from processing.topics.measures import precision_recall_f1
from processing.topics.relevance import FORM, OURS
from processing.topics.taxonomy import FILE as TAXONOMY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processing.topics.examples import Example
    from processing.topics.relevance import Relevance

ROOMS: Final = (Path(__file__).parent, FOLDER.parent)
"""Whose code makes the signals."""
STEPS: Final = 100
"""Thresholds that are tried."""
ABOUT_BEST: Final = 0.002
"""Thresholds this close to the best F1 (two articles in a thousand) are as good."""


def best_threshold(examples: Sequence[Example], scores: Sequence[float]) -> float:
    """Return the score that parts the labelled articles best, by F1, the languages' mean: the middle of those about as good."""
    tried = {step / STEPS: _mean_f1(examples, scores, step / STEPS) for step in range(20, 81)}
    best = max(tried.values())
    good = [threshold for threshold, f1 in tried.items() if f1 >= best - ABOUT_BEST]
    return good[len(good) // 2]


def measured(examples: Sequence[Example], scores: Sequence[float], threshold: float) -> dict[str, dict[str, float]]:
    """Return, by language, how right scores are on articles that were labelled one by one."""
    figures = {}
    for language in sorted({example.language for example in examples}):
        pairs = _pairs(examples, scores, language)
        if not pairs:
            continue
        precision, recall, f1 = _counted(pairs, threshold)
        brier = sum((score - truth) ** 2 for truth, score in pairs) / len(pairs)
        figures[language] = {"articles": len(pairs)} | {
            name: round(value, 4)
            for name, value in {"precision": precision, "recall": recall, "f1": f1, "brier": brier}.items()
        }
    return figures


def as_json(model: Relevance, *, labels: Iterable[Path], figures: dict[str, Any], based: bool) -> str:
    """Return the file's text, the same for the same inputs; one word a line, so that two files can be compared."""
    table = {
        "form": FORM,
        "made_from": inputs(labels, based=based),
        "measured_out_of_fold": figures,
        "threshold": model.threshold,
        "constants": model.constants,
        "signals": model.signals,
        "words": model.words,
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def inputs(labels: Iterable[Path], *, based: bool) -> dict[str, Any]:
    """Return the hashes (SHA-256) of all that the weights come from."""
    return {
        "labels": {path.name: _hash([path]) for path in labels},
        "taxonomy": _hash([TAXONOMY]),
        "gazetteer": _hash(sorted(FOLDER.glob("*.toml"))),
        "code": _hash(sorted(chain.from_iterable(room.glob("*.py") for room in ROOMS))),
        "weights_before": _hash([OURS]) if based else None,
        "scikit-learn": version("scikit-learn"),
    }


def _hash(paths: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _mean_f1(examples: Sequence[Example], scores: Sequence[float], threshold: float) -> float:
    found = [_pairs(examples, scores, language) for language in {example.language for example in examples}]
    return sum(_counted(pairs, threshold)[2] for pairs in found if pairs) / len(found)


def _pairs(examples: Sequence[Example], scores: Sequence[float], language: str) -> list[tuple[bool, float]]:
    """Return (truth, score) of a language's articles, those left out that are ours by their section alone."""
    return [
        (example.truth, score)
        for example, score in zip(examples, scores, strict=True)
        if example.language == language and example.weight == 1
    ]


def _counted(pairs: Sequence[tuple[bool, float]], threshold: float) -> tuple[float, float, float]:
    right = sum(truth and score >= threshold for truth, score in pairs)
    wrong = sum(not truth and score >= threshold for truth, score in pairs)
    missed = sum(truth and score < threshold for truth, score in pairs)
    return precision_recall_f1(right, wrong, missed)
