"""What the judge is compared with in the same run: its lexicon alone, words alone, any strong term, langdetect alone."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from langdetect import DetectorFactory, LangDetectException, detect

from processing.judging import judge, read
from processing.topics import evidence_in, relevance, taxonomy
from processing.topics.training import FOLDS, fold, out_of_fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from processing.topics.examples import Example

Row = dict[str, Any]
DetectorFactory.seed = 0


def lexicon_alone(examples: Sequence[Example], salt: str) -> list[float]:
    """Return scores by the signals alone, fitted as ours are."""
    return out_of_fold([replace(example, words=frozenset()) for example in examples], salt=salt)


def words_alone(examples: Sequence[Example], rows: Sequence[Row], salt: str) -> list[float]:
    """Return scores by TF-IDF of one and two words into a logistic regression, each language by itself."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415

    texts = {row["id"]: f"{row['title']}\n{row['text']}" for row in rows}
    scores = dict.fromkeys(texts, 0.0)
    for language in {example.language for example in examples}:
        mine = [example for example in examples if example.language == language]
        for part in range(FOLDS):
            others = [example for example in mine if fold(example.event, FOLDS, salt) != part and example.weight]
            rest = [example for example in mine if fold(example.event, FOLDS, salt) == part]
            vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
            model = make_pipeline(vectors, LogisticRegression(C=10, max_iter=1000))
            weights = {"logisticregression__sample_weight": [example.weight for example in others]}
            model.fit([texts[example.id] for example in others], [example.truth for example in others], **weights)
            said = model.predict_proba([texts[example.id] for example in rest])[:, 1]
            scores |= dict(zip((example.id for example in rest), map(float, said), strict=True))
    return [scores[example.id] for example in examples]


def any_strong_term(row: Row) -> bool:
    """Tell whether a strong term stands in the title or the lead."""
    strong = {term.text for topic in taxonomy().topics.values() for term in topic.terms if term.strength == "strong"}
    found = evidence_in(row["title"], row["text"], row["lang"]).topics.values()
    return any(match.term in strong and match.place != "body" for matches in found for match in matches)


def langdetect_alone(text: str) -> str:
    """Return what langdetect says of a text as it is."""
    try:
        return str(detect(text)).split("-")[0]
    except LangDetectException:
        return "und"


def speeds(rows: Sequence[Row]) -> dict[str, float]:
    """Return articles a CPU second: our whole verdict, what the words and the weights take of it, and langdetect on whole texts."""
    readings = [read(row["title"], row["text"], languages=[row["lang"]]) for row in rows]
    from processing.topics import words_in  # noqa: PLC0415

    def learnt() -> None:
        for row, reading in zip(rows, readings, strict=True):
            relevance().score(reading.signals, words_in(row["title"], row["text"]), row["lang"])

    langdetect_alone("A first text, for its profiles.")
    return {
        "judge": _rate(len(rows), lambda: [judge(row["title"], row["text"], languages=[row["lang"]]) for row in rows]),
        "its words and weights": _rate(len(rows), learnt),
        "langdetect alone on whole texts": _rate(len(rows), lambda: [langdetect_alone(row["text"]) for row in rows]),
    }


def _rate(count: int, work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return count / (time.process_time() - started)
