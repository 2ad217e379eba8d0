"""How relevant an article is: one linear score of the lexicon's signals and the article's words, read from a file of weights."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from processing.errors import PantauError
from processing.phrases import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS: Final = Path(__file__).parent / "relevance.json"
NAME: Final = "relevance.json"
"""The operator's own weights, in PANTAU_HOME; `pantau topics train` writes them."""
FORM: Final = 1
"""The form of the file: raised when an older reader would misread it."""


def chosen(environ: Mapping[str, str]) -> Path:
    """Return the weights that judge: the operator's in PANTAU_HOME where they are, else ours."""
    own = Path(environ.get("PANTAU_HOME") or "/nonexistent") / NAME
    return own if own.is_file() else OURS


FILE: Final = chosen(os.environ)
"""Settled once a process, so that what judged (`processing.judging.JUDGE`) is named by what it read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """Weights in log odds, and the score from which an article is relevant."""

    threshold: float
    constants: Mapping[str, float]
    """By vocabulary: id, en, and any where the language is neither."""
    signals: Mapping[str, float]
    """Each multiplies the signal of its name (`processing.topics.scoring`: `signals`, and `subjects` where an operator taught them)."""
    words: Mapping[str, Mapping[str, float]]
    """By vocabulary; what a word adds is its weight over the root of the number of words that the article has."""

    def of_signals(self, signals: Mapping[str, float]) -> dict[str, float]:
        """Return what each signal adds to the log odds; a subject that an article has nothing of adds nothing."""
        return {name: weight * signals.get(name, 0.0) for name, weight in self.signals.items()}

    def of_words(self, words: frozenset[str], language: str) -> dict[str, float]:
        """Return what each known word adds to the log odds."""
        weights = self.words.get(vocabulary(language), {})
        share = 1 / math.sqrt(len(words) or 1)
        return {word: weights[word] * share for word in words & weights.keys()}

    def log_odds(self, signals: Mapping[str, float], words: frozenset[str], language: str) -> float:
        """Return the sum of all that speaks for relevance, and against it; the same to the last bit in every process."""
        parts = (*self.of_signals(signals).values(), *self.of_words(words, language).values())
        return self.constants[vocabulary(language)] + math.fsum(parts)

    def score(self, signals: Mapping[str, float], words: frozenset[str], language: str) -> float:
        """Return the relevance in 0 to 1."""
        return 1 / (1 + math.exp(-self.log_odds(signals, words, language)))


@lru_cache(maxsize=1)
def relevance() -> Relevance:
    """Return the weights that judge."""
    return read_relevance(FILE)


def read_relevance(path: Path) -> Relevance:
    """Read a file of weights; a PantauError says what is wrong with it."""
    try:
        table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PantauError(f"{path} cannot be read ({error}); remove it, or train anew: pantau topics train.") from error
    if table.get("form") != FORM:
        raise PantauError(f"{path} was made by another version of Pantau; train anew: pantau topics train.")
    return Relevance(
        threshold=table["threshold"], constants=table["constants"], signals=table["signals"], words=table["words"]
    )
