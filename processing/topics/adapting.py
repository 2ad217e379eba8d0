"""Bend weights to an operator's labels: begin from what the weights before say, and learn only what they get wrong.

The weights before are the prior: each new weight is drawn to the old one, by normal priors of the widths below. A few labels
of one kind therefore move articles of that kind, and hardly any others.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from processing.topics.relevance import Relevance
from processing.topics.scoring import ABOUT
from processing.topics.training import PLACES, VOCABULARIES, known_words, need_both_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processing.topics.examples import Example

SUBJECT_WIDTH: Final = 2.0
"""How far a dozen labels may take what a subject adds, in log odds."""
WORD_WIDTH: Final = 4.0
"""The same for a word; its share is cut by the root of the article's number of words."""
CONSTANT_WIDTH: Final = 0.1
"""The same for all articles at once. The three are picked by simulated operators (docs/topics.md)."""
FEWEST: Final = 2
"""Labels whose articles have a word, for it to be learnt."""
COMMONEST: Final = 0.5
"""The share of a language's labels from which a word tells nothing, being everywhere."""

_Column = tuple[str, str]
"""(vocabulary, word), or (kind, name) of a subject or the constant."""
_SUBJECT, _CONSTANT = "a subject", ("the constant", "")


def adapt(examples: Sequence[Example], base: Relevance) -> Relevance:
    """Return the base's weights bent to examples: subjects, words and the constant; signals and threshold stay."""
    need_both_kinds(examples)
    telling = _telling(examples)
    rows = [_row(example, telling) for example in examples]
    columns = sorted({column for row in rows for column in row})
    odds = [base.log_odds(example.signals, example.words, example.language) for example in examples]
    widths = [_width(column) for column in columns]
    found = _solve([[row.get(column, 0.0) for column in columns] for row in rows], odds, examples, widths)
    return _bent(base, dict(zip(columns, found, strict=True)))


def _telling(examples: Sequence[Example]) -> frozenset[_Column]:
    """Return the words that some, but not most, of a language's labelled articles have."""
    of = Counter(example.language for example in examples)
    counts = Counter((example.language, word) for example in examples for word in example.words)
    return frozenset(column for column, count in counts.items() if FEWEST <= count <= COMMONEST * of[column[0]])


def _row(example: Example, telling: frozenset[_Column]) -> dict[_Column, float]:
    """Return what can be learnt from an article, as a score sees it."""
    share = 1 / math.sqrt(len(example.words) or 1)
    row = {(example.language, word): share for word in example.words if (example.language, word) in telling}
    row |= {(_SUBJECT, name): value for name, value in example.signals.items() if name.startswith(ABOUT)}
    return row | {_CONSTANT: 1.0}


def _width(column: _Column) -> float:
    if column == _CONSTANT:
        return CONSTANT_WIDTH
    return SUBJECT_WIDTH if column[0] == _SUBJECT else WORD_WIDTH


def _solve(rows: list[list[float]], odds: list[float], examples: Sequence[Example], widths: list[float]) -> list[float]:
    """Return what each column adds to the odds before: the most likely, given the labels and the widths."""
    import numpy as np  # noqa: PLC0415 - what only training needs is loaded for it
    from scipy.optimize import minimize  # noqa: PLC0415

    scale = np.array(widths)
    matrix, before = np.array(rows) * scale, np.array(odds)
    truth = np.array([float(example.truth) for example in examples])
    count = np.array([example.weight for example in examples])

    def loss(bent: Any) -> tuple[float, Any]:
        now = before + matrix @ bent
        missed = count * (1 / (1 + np.exp(-now)) - truth)
        total = count @ (np.logaddexp(0, now) - truth * now) + bent @ bent / 2
        return float(total), matrix.T @ missed + bent

    found = minimize(loss, np.zeros(len(widths)), jac=True, method="L-BFGS-B", options={"gtol": 1e-8, "ftol": 1e-12})
    return [float(value) for value in found.x * scale]


def _bent(base: Relevance, added: Mapping[_Column, float]) -> Relevance:
    """Add what was learnt to the weights before."""
    words: dict[str, dict[str, float]] = {name: dict(base.words.get(name, {})) for name in VOCABULARIES}
    signals = dict(base.signals)
    for (kind, name), value in added.items():
        if kind == _SUBJECT:
            signals[name] = round(signals.get(name, 0.0) + value, PLACES)
        elif kind in words:
            words[kind][name] = words[kind].get(name, 0.0) + value
    return Relevance(
        threshold=base.threshold,
        constants={name: round(value + added[_CONSTANT], PLACES) for name, value in base.constants.items()},
        signals=signals,
        words={name: known_words(weights) for name, weights in words.items()},
    )
