"""How well articles are joined to stories: B-cubed and pairwise figures on labelled articles.

    python benchmarks/stories.py --data ../shared/corpus/stories

Reads `indonesian.jsonl`, `ecbplus.jsonl` and `crosslingual*.jsonl` of a folder of that form, in file order.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from processing import judging
from processing.model import Arrival
from processing.stories import Grouper

Score = tuple[float, float, float]


def grouped(rows: list[dict[str, Any]], language: str = "") -> dict[str, str]:
    """Give each article's story, the articles taken in their order."""
    grouper = Grouper()
    stories = {}
    for row in rows:
        lang = row.get("lang") or language
        verdict = judging.judge(row["title"], row["text"], languages=(lang,))
        arrival = Arrival(
            id=row["id"],
            title=row["title"],
            text=row["text"],
            at=None,
            language=lang,
            entities=tuple(entity.id for entity in verdict.entities),
        )
        stories[row["id"]] = grouper.add(arrival).story
    return stories


def b_cubed(gold: dict[str, str], found: dict[str, str], ids: list[str]) -> Score:
    """Precision, recall and F1 over articles (Bagga and Baldwin 1998)."""
    true, given = defaultdict(set), defaultdict(set)
    for id_ in ids:
        true[gold[id_]].add(id_)
        given[found[id_]].add(id_)
    shared = {id_: len(true[gold[id_]] & given[found[id_]]) for id_ in ids}
    precision = sum(shared[id_] / len(given[found[id_]]) for id_ in ids) / len(ids)
    recall = sum(shared[id_] / len(true[gold[id_]]) for id_ in ids) / len(ids)
    return precision, recall, 2 * precision * recall / (precision + recall)


def of_several(gold: dict[str, str]) -> list[str]:
    """Give the articles whose story has more than one."""
    size = Counter(gold.values())
    return [id_ for id_ in gold if size[gold[id_]] > 1]


def same_pairs(pairs: list[dict[str, Any]], found: dict[str, str]) -> Score:
    """Precision, recall and F1 of `same` against the rest, borderline pairs left out."""
    counts: Counter[tuple[bool, bool]] = Counter(
        (found[pair["id_a"]] == found[pair["id_b"]], pair["label"] == "same")
        for pair in pairs
        if str(pair["border"]) != "True"
    )
    hit, wrong, missed = counts[True, True], counts[True, False], counts[False, True]
    return hit / max(1, hit + wrong), hit / max(1, hit + missed), 2 * hit / max(1, 2 * hit + wrong + missed)


def measure(data: Path) -> dict[str, Score]:
    """Measure every set of the folder."""
    figures = {}
    for name, language in (("indonesian", "id"), ("ecbplus", "en")):
        rows = loaded(data / f"{name}.jsonl")
        gold, found = {row["id"]: row["story"] for row in rows}, grouped(rows, language)
        figures[f"{name}, all"] = b_cubed(gold, found, list(gold))
        figures[f"{name}, stories of several"] = b_cubed(gold, found, of_several(gold))
    found = grouped(loaded(data / "crosslingual.jsonl"))
    figures["pairs across languages"] = same_pairs(loaded(data / "crosslingual_pairs.jsonl"), found)
    return figures


def loaded(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    began = time.process_time()
    print(f"{'':<32} precision  recall     F1")
    for what, score in measure(folder).items():
        print(f"{what:<32}    {score[0]:.3f}   {score[1]:.3f}  {score[2]:.3f}")
    print(f"{time.process_time() - began:.1f} CPU s, judging included")
