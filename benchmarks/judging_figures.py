"""What benchmarks/judging.py counts: relevance, alarms by section, topics."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from processing.topics import taxonomy
from processing.topics.measures import precision_recall_f1

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

Row = dict[str, Any]
DESKS = {
    "sport": ("sport", "bola"),
    "entertainment": ("seleb", "entertainment", "lifestyle", "arts"),
    "business": ("bisnis", "ekbis", "economy", "money", "banking", "taxes", "otomotif", "autotekno", "finance"),
}
"""Words in the names of outlets' sections, by the desk that they belong to."""


def read(path: Path) -> list[Row]:
    """Return the objects of a JSON-lines file; none if there is no such file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share."""
    z, share = 1.96, count / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - spread) / (1 + z * z / of)), (middle + spread) / (1 + z * z / of)


def drawn(rows: Iterable[Row], language: str) -> list[Row]:
    """Return the labelled articles that tell of relevance: drawn at random, and sure."""
    return [row for row in rows if row["lang"] == language and row.get("stratum") == "random" and not row["unsure"]]


def relevance_figures(rows: Sequence[Row], said: Mapping[str, bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of verdicts by id."""
    counts = Counter((bool(row["relevant"]), said[row["id"]]) for row in rows)
    return precision_recall_f1(counts[True, True], counts[False, True], counts[True, False])


def brier(rows: Sequence[Row], scores: Mapping[str, float]) -> float:
    """Return the mean square of what scores are off by."""
    return sum((scores[row["id"]] - row["relevant"]) ** 2 for row in rows) / (len(rows) or 1)


def reliability(rows: Sequence[Row], scores: Mapping[str, float]) -> list[tuple[int, float, float]]:
    """Return, by fifths of the score, how many articles, the mean score, and the share that is relevant."""
    fifths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for row in rows:
        fifths[min(4, int(scores[row["id"]] * 5))].append((scores[row["id"]], row["relevant"]))
    return [
        (len(pairs), sum(score for score, _ in pairs) / len(pairs), sum(truth for _, truth in pairs) / len(pairs))
        for _, pairs in sorted(fifths.items())
    ]


def alarms(rows: Iterable[Row], said: Mapping[str, bool]) -> dict[str, tuple[int, int]]:
    """Return how many articles of sections that are not ours were called relevant, of how many, by language and desk.

    National sections hold articles of ours: those count here that a label calls irrelevant. Articles of our own are counted apart.
    """
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows:
        if row.get("own") and not row["wanted"]:
            counts[f"{row['lang']} {row['section']}, own {row['own']}"][said[row["id"]]] += 1
        if row.get("author_label") == "irrelevant" and not row.get("relevant"):
            counts[f"{row['lang']} {_desk(row['section'])}"][said[row["id"]]] += 1
        if row.get("author_label") == "domestic_section" and row.get("relevant") is False:
            counts[f"{row['lang']} national"][said[row["id"]]] += 1
    return {name: (count[True], count.total()) for name, count in sorted(counts.items())}


def _desk(section: str) -> str:
    return next((desk for desk, marks in DESKS.items() if any(mark in section for mark in marks)), "other")


def coarse(topics: Iterable[str]) -> list[str]:
    """Return the codes of the first level that these belong to, in order, each once."""
    return list(dict.fromkeys(taxonomy().family(code) for code in topics))


def topic_counts(rows: Iterable[Row], tagged: Mapping[str, Sequence[str]]) -> tuple[dict[str, Counter[str]], float]:
    """Return right, wrong and missed a topic, and the share of relevant articles whose strongest topic is right."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    relevant = [row for row in rows if row.get("relevant") and not row.get("unsure") and row.get("topics")]
    best = 0
    for row in relevant:
        said, true = coarse(tagged[row["id"]]), set(row["topics"])
        best += bool(said) and said[0] in true
        for code in true | set(said):
            counts[code]["right" if code in true and code in said else "wrong" if code in said else "missed"] += 1
    return counts, best / (len(relevant) or 1)


def topic_figures(rows: Sequence[Row], tagged: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return micro and macro F1 over topics, and how often the best one is right."""
    counts, best = topic_counts(rows, tagged)
    total = sum(counts.values(), Counter[str]())
    each = [f1_of(count) for count in counts.values()]
    return {"micro_f1": f1_of(total), "macro_f1": sum(each) / (len(each) or 1), "best_topic": best}


def f1_of(count: Counter[str]) -> float:
    """Return the F1 of counts."""
    return precision_recall_f1(count["right"], count["wrong"], count["missed"])[2]
