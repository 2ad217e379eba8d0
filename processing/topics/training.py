"""Train relevance on labelled articles: words into one number, that number and the signals into log odds, plain weights out.

scikit-learn fits; what it finds is a `Relevance`, and scoring needs nothing but that.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from processing.errors import PantauError
from processing.topics.relevance import Relevance
from processing.topics.scoring import ABOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from processing.topics.examples import Example

    Learn = Callable[[Sequence[Example]], Relevance]

FOLDS: Final = 5
"""Parts that the events are cut into for measuring."""
INNER: Final = 4
"""Parts for weighing the words beside the signals: by what they say of articles that they were not fitted on."""
FEWEST: Final = 3
"""Articles that a word must stand in; with 2 or 5 nothing changes (docs/topics.md)."""
WORDS_FREEDOM: Final = 3.0
SIGNALS_FREEDOM: Final = 0.3
"""scikit-learn's C of both fits: of 1 to 10 and 0.1 to 1 the best Brier scores by a little, the first where words are left out
of the lexicon that stand in one event alone."""
LEAST_WEIGHT: Final = 0.05
"""Words that weigh less are left out of the file: an article has hundreds of words, and its root divides them."""
PLACES: Final = 3
"""Decimals of a weight: what a machine's last bit changes is cut off."""
VOCABULARIES: Final = ("id", "en")
_WORDS = "the words"


@dataclass(frozen=True, slots=True)
class _Words:
    """A linear model over one language's words."""

    constant: float
    weights: Mapping[str, float]

    def odds(self, words: frozenset[str]) -> float:
        """Return the log odds by words alone."""
        return self.constant + math.fsum(self.weights.get(word, 0.0) for word in words) / math.sqrt(len(words) or 1)


def fit(examples: Sequence[Example], *, threshold: float = 0.5) -> Relevance:
    """Return weights fitted to examples alone; `processing.topics.adapting` bends weights that there are."""
    need_both_kinds(examples)
    words = _fit_words(examples)
    columns = [_column(example, odds) for example, odds in zip(examples, _crossed(examples), strict=True)]
    names = list(columns[0])
    model = _logistic(SIGNALS_FREEDOM).fit(
        [[column[name] for name in names] for column in columns],
        [example.truth for example in examples],
        sample_weight=[example.weight for example in examples],
    )
    weights = dict(zip(names, map(float, model.coef_[0]), strict=True))
    return _joined(weights, float(model.intercept_[0]), words, threshold)


def need_both_kinds(examples: Sequence[Example]) -> None:
    """Raise a PantauError where labels teach nothing, being all of one kind."""
    if {example.truth for example in examples} != {True, False}:
        raise PantauError(
            "The labels are all of one kind; training needs articles that are relevant, and some that are not."
        )


def out_of_fold(examples: Sequence[Example], *, learn: Learn = fit, salt: str = "") -> list[float]:
    """Return each example's score by weights learnt without its event; another salt cuts the events in another way."""
    scores = [0.0] * len(examples)
    parts = [fold(example.event, FOLDS, salt) for example in examples]
    for part in set(parts):
        others = [example for example, mine in zip(examples, parts, strict=True) if mine != part and example.weight]
        if {example.truth for example in others} != {True, False}:
            raise PantauError(
                "The labels are on too few events to measure by; label articles on more of them, of both kinds."
            )
        model = learn(others)
        for number, example in enumerate(examples):
            if parts[number] == part:
                scores[number] = model.score(example.signals, example.words, example.language)
    return scores


def fold(event: str, parts: int, salt: str = "") -> int:
    """Return the part that an event falls into, always the same."""
    return int(hashlib.sha256(f"{salt}{event}".encode()).hexdigest(), 16) % parts


def _column(example: Example, odds: float) -> dict[str, float]:
    """Return what the second fit sees of an example."""
    return {
        **{name: value for name, value in example.signals.items() if not name.startswith(ABOUT)},
        _WORDS: odds,
        **{f"in {name}": float(example.language == name) for name in VOCABULARIES},
    }


def _crossed(examples: Sequence[Example]) -> list[float]:
    """Return what the words say of each example, by words fitted without its event."""
    parts = [fold(example.event, INNER, "words ") for example in examples]
    models = {
        part: _fit_words([example for example, mine in zip(examples, parts, strict=True) if mine != part])
        for part in set(parts)
    }
    return [
        models[part][example.language].odds(example.words) if example.language in models[part] else 0.0
        for example, part in zip(examples, parts, strict=True)
    ]


def _fit_words(examples: Sequence[Example]) -> dict[str, _Words]:
    """Return a model of each language that has enough examples of both kinds, and words that they share."""
    models = {}
    for language in VOCABULARIES:
        mine = [example for example in examples if example.language == language]
        kinds = Counter(example.truth for example in mine)
        shared = Counter(word for example in mine for word in example.words).most_common(1)
        if min(kinds[True], kinds[False]) >= FEWEST and shared and shared[0][1] >= FEWEST:
            models[language] = _fit_language(mine)
    return models


def _fit_language(examples: Sequence[Example]) -> _Words:
    """Fit a ridge over words that are in enough articles, rare ones louder, each article's share cut by its length."""
    from scipy.sparse import diags  # noqa: PLC0415 - what only training needs is loaded for it
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer  # noqa: PLC0415

    counter = CountVectorizer(analyzer=sorted, min_df=FEWEST)
    rare = TfidfTransformer(norm=None)
    matrix = rare.fit_transform(counter.fit_transform([example.words for example in examples]))
    shares = diags([1 / math.sqrt(len(example.words) or 1) for example in examples])
    model = _logistic(WORDS_FREEDOM).fit(
        shares @ matrix,
        [example.truth for example in examples],
        sample_weight=[example.weight for example in examples],
    )
    weights = model.coef_[0] * rare.idf_
    return _Words(
        float(model.intercept_[0]), dict(zip(counter.get_feature_names_out(), map(float, weights), strict=True))
    )


def _logistic(freedom: float) -> Any:
    """Return scikit-learn's logistic regression; where it is not installed, a sentence says how to have it."""
    try:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    except ImportError as error:
        raise PantauError(
            "Training needs scikit-learn, which is not installed here: pip install 'pantau[train]'."
        ) from error
    return LogisticRegression(C=freedom, solver="liblinear", tol=1e-6, max_iter=1000, random_state=0)


def _joined(weights: Mapping[str, float], constant: float, words: Mapping[str, _Words], threshold: float) -> Relevance:
    """Make one linear score of both fits."""
    constants, by_language = {"any": constant}, {}
    for name in VOCABULARIES:
        own = words.get(name, _Words(0.0, {}))
        constants[name] = constant + weights[f"in {name}"] + weights[_WORDS] * own.constant
        by_language[name] = known_words({word: weights[_WORDS] * weight for word, weight in own.weights.items()})
    signals = {
        name: round(weight, PLACES)
        for name, weight in weights.items()
        if name not in {_WORDS, *(f"in {language}" for language in VOCABULARIES)}
    }
    return Relevance(
        threshold=threshold,
        constants={name: round(value, PLACES) for name, value in constants.items()},
        signals=signals,
        words=by_language,
    )


def known_words(weights: Mapping[str, float]) -> dict[str, float]:
    """Return the words that weigh enough to be kept, in order, each with as many decimals as a file has."""
    kept = {word: round(weights[word], PLACES) for word in sorted(weights)}
    return {word: weight for word, weight in kept.items() if abs(weight) >= LEAST_WEIGHT}
