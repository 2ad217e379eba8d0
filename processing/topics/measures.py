"""How right verdicts are."""

from __future__ import annotations


def precision_recall_f1(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Return the three measures; of nothing found or nothing to find, zero."""
    precision, recall = right / (right + wrong or 1), right / (right + missed or 1)
    return precision, recall, 2 * right / (2 * right + wrong + missed or 1)
