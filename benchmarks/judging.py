"""Measure the judge on labelled articles: relevance, alarms, topics, language, speed.

    PYTHONPATH=. python benchmarks/judging.py [--data DIR] [--half 0|1] [--fit] [--errors]

DIR holds `labelled.jsonl`, and if they are there `by_section.jsonl` and `ntrex.jsonl` (form: shared/corpus/*/README.md).
The halves are cut by event, never by article. `--fit` fits the weights of relevance.toml: on each half for measuring on
the other, and on both for use; it prints all three.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processing.entities import find_entities
from processing.judging import JUDGE, judge
from processing.language import language_of
from processing.topics import evidence_in, signals, taxonomy
from processing.topics.scoring import Relevance, relevance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processing.model.judgement import Judgement

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
Row = dict[str, Any]
Example = tuple[dict[str, float], float, float]
STEPS, RATE, PENALTY = 1500, 0.3, 0.02


def read(path: Path) -> list[Row]:
    """Return the objects of a JSON-lines file; none if there is no such file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def half(row: Row) -> int:
    """Tell in which half an article is: by its event where one is named."""
    return int(hashlib.sha256(str(row.get("event_group", row["id"])).encode()).hexdigest(), 16) % 2


def precision_recall_f1(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Return the three measures; of nothing found or nothing to find, zero."""
    precision, recall = right / (right + wrong or 1), right / (right + missed or 1)
    return precision, recall, 2 * right / (2 * right + wrong + missed or 1)


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share."""
    z, share = 1.96, count / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def relevance_f1(pairs: Iterable[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of (truth, verdict) pairs."""
    counts = Counter(pairs)
    return precision_recall_f1(counts[True, True], counts[False, True], counts[True, False])


def coarse(topics: Iterable[str]) -> list[str]:
    """Return the codes of the first level that these belong to, in order, each once."""
    return list(dict.fromkeys(taxonomy().family(code) for code in topics))


def topic_counts(rows: Sequence[Row], verdicts: dict[str, Judgement]) -> tuple[dict[str, Counter[str]], float]:
    """Return right, wrong and missed a topic, and the share of relevant articles whose strongest topic is right."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    best = 0
    relevant = [row for row in rows if row["relevant"]]
    for row in relevant:
        said, true = coarse(tag.topic for tag in verdicts[row["id"]].topics), set(row["topics"])
        best += bool(said) and said[0] in true
        for code in true | set(said):
            counts[code]["right" if code in true and code in said else "wrong" if code in said else "missed"] += 1
    return counts, best / (len(relevant) or 1)


def measure(rows: Sequence[Row], verdicts: dict[str, Judgement]) -> dict[str, dict[str, float]]:
    """Return the figures of each language on labelled articles, unsure ones left out."""
    figures: dict[str, dict[str, float]] = {}
    for language in sorted({row["lang"] for row in rows}):
        sure = [row for row in rows if row["lang"] == language and not row["unsure"]]
        drawn = [row for row in sure if row["stratum"] == "random"]
        precision, recall, f1 = relevance_f1((row["relevant"], verdicts[row["id"]].relevant) for row in drawn)
        counts, best = topic_counts(sure, verdicts)
        total = sum(counts.values(), Counter[str]())
        each = [
            precision_recall_f1(*(count[key] for key in ("right", "wrong", "missed")))[2] for count in counts.values()
        ]
        micro = precision_recall_f1(total["right"], total["wrong"], total["missed"])[2]
        figures[language] = {
            "articles": len(drawn), "precision": precision, "recall": recall, "relevance_f1": f1, "topics_micro_f1": micro,
            "topics_macro_f1": sum(each) / (len(each) or 1), "best_topic": best,
        }  # fmt: skip
    return figures


def alarms(rows: Sequence[Row], verdicts: dict[str, Judgement]) -> dict[str, tuple[int, int]]:
    """Return how many articles of each kind of section were called relevant, of how many."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows:
        counts[f"{row['lang']} {row['author_label']}"][verdicts[row["id"]].relevant] += 1
        if row["author_label"] == "irrelevant":
            counts[f"{row['lang']} {_desk(row['section'])}"][verdicts[row["id"]].relevant] += 1
    return {name: (count[True], count.total()) for name, count in sorted(counts.items())}


def _desk(section: str) -> str:
    """Group the sections of many outlets: sport, entertainment, business, other."""
    words = {
        "sport": ("sport", "bola"),
        "entertainment": ("seleb", "entertainment", "lifestyle", "arts"),
        "business": ("bisnis", "ekbis", "economy", "money", "banking", "taxes", "otomotif", "autotekno", "finance"),
    }
    return next((desk for desk, marks in words.items() if any(mark in section for mark in marks)), "other")


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Fit logistic weights to (signals, truth, weight) by gradient descent with a ridge; the constant is not held back."""
    names = list(examples[0][0])
    weights, size = dict.fromkeys(names, 0.0), sum(weight for _, _, weight in examples)
    for _ in range(STEPS):
        model = Relevance(0.5, weights)
        slope = {name: 0.0 if name == "constant" else PENALTY * weights[name] for name in names}
        for row, truth, weight in examples:
            error = weight * (model.score(row) - truth) / size
            for name in names:
                slope[name] += error * row[name]
        weights = {name: weights[name] - RATE * slope[name] for name in names}
    return {name: round(weight, 3) for name, weight in weights.items()}


def examples_of(labelled: Sequence[Row], sections: Sequence[Row]) -> list[tuple[Row, Example]]:
    """Return what the weights are fitted on: labelled articles, and at half weight those whose section tells."""
    told = [(row, row["relevant"], 1.0) for row in labelled if not row["unsure"]]
    told += [
        (row, row["author_label"] == "relevant", 0.5)
        for row in sections
        if row["author_label"] in {"relevant", "irrelevant"}
    ]
    return [(row, (_signals(row), float(truth), weight)) for row, truth, weight in told]


def _signals(row: Row) -> dict[str, float]:
    findings = find_entities(row["title"], row["text"], row["lang"])
    return signals(evidence_in(row["title"], row["text"], row["lang"]), findings, len(row["text"]))


def print_fit(labelled: Sequence[Row], sections: Sequence[Row]) -> None:
    """Fit on each half and measure on the other; then fit on both."""
    examples = examples_of(labelled, sections)
    for name, mine in (("half 0", {0}), ("half 1", {1}), ("both", {0, 1})):
        model = Relevance(relevance().threshold, fit([example for row, example in examples if half(row) in mine]))
        print(f"fitted on {name}: {model.weights}")
        rest = [(row, example) for row, example in examples if half(row) not in mine and row.get("stratum") == "random"]
        for language in sorted({row["lang"] for row, _ in rest}):
            pairs = [
                (row["relevant"], model.score(x[0]) >= model.threshold) for row, x in rest if row["lang"] == language
            ]
            print(f"  {language} on the other: P {{:.3f}} R {{:.3f}} F1 {{:.3f}}".format(*relevance_f1(pairs)))


def print_languages(rows: Sequence[Row]) -> None:
    """Print how often the language of headlines and articles is right, without and with the outlet's word."""
    for language in sorted({row["lang"] for row in rows}):
        mine = [row for row in rows if row["lang"] == language]
        for name, texts in {
            "headline": [(row["headline"], "") for row in mine],
            "title and 200 characters": [(row["headline"], row["text"][:200]) for row in mine],
        }.items():
            blind = sum(language_of(*text) == language for text in texts)
            told = sum(language_of(*text, declared=[language]) == language for text in texts)
            print(f"language {language} by {name}: {blind} of {len(mine)}, {told} where the outlet declares it")


def print_errors(rows: Sequence[Row], verdicts: dict[str, Judgement]) -> None:
    """Print each wrong verdict of relevance and each wrong best topic."""
    for row in rows:
        verdict, true = verdicts[row["id"]], row["topics"]
        said = coarse(tag.topic for tag in verdict.topics)
        if not row["unsure"] and (verdict.relevant != row["relevant"] or (said and said[0] not in true)):
            print(f"{row['lang']} {verdict.score:.2f} truth {row['relevant']} {true} said {said}: {row['title'][:90]}")


def main() -> None:
    """Read the corpus, judge it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "articles")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    labelled, sections = read(options.data / "labelled.jsonl"), read(options.data / "by_section.jsonl")
    if options.fit:
        print_fit(labelled, sections)
        return
    rows = [row for row in labelled if options.half in {None, half(row)}]
    judge("Warm-up", "A text that loads the data.")
    started = time.process_time()
    verdicts = {row["id"]: judge(row["title"], row["text"], languages=[row["lang"]]) for row in (*rows, *sections)}
    seconds = time.process_time() - started
    print(f"{JUDGE}: {len(verdicts)} articles, {len(verdicts) / seconds:.0f} a CPU second")
    for language, figures in measure(rows, verdicts).items():
        print(
            language,
            ", ".join(f"{name} {value:.3f}" if value <= 1 else f"{name} {value}" for name, value in figures.items()),
        )
    for code, count in sorted(topic_counts([row for row in rows if not row["unsure"]], verdicts)[0].items()):
        print(f"  {code}: P {{:.2f}} R {{:.2f}} F1 {{:.2f}} of {count['right'] + count['missed']}".format(
            *precision_recall_f1(count["right"], count["wrong"], count["missed"])))  # fmt: skip
    for name, (alarmed, of) in alarms(sections, verdicts).items():
        print(f"called relevant, {name}: {alarmed} of {of} (95%: {{:.1%}} to {{:.1%}})".format(*wilson(alarmed, of)))
    print_languages(read(options.data / "ntrex.jsonl") or read(SHARED / "language" / "ntrex.jsonl"))
    if options.errors:
        print_errors(rows, verdicts)


if __name__ == "__main__":
    main()
