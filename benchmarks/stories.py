"""How well articles are joined to stories, beside online TF-IDF and MinHash in the same run.

    python benchmarks/stories.py --data ../shared/corpus/stories

Reads `indonesian.jsonl`, `ecbplus.jsonl` and `crosslingual*.jsonl` of a folder of that form, in file order. Prints B-cubed
and pairwise precision, recall and F1, copies made by editing texts of the folder, and what late arrival changes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.story_baselines import LIKE, MinHash, OnlineTfidf
from processing import judging
from processing.duplicates import Copies
from processing.model import Arrival
from processing.stories import Grouper

Score = tuple[float, float, float]
Add = Callable[[Arrival], str]

VERY_LARGE = {"ARAMCO", "HABIBIE"}
SHUFFLES = 5
LONG_ENOUGH = 80
"""Words from which a text is cut for a copy."""

KEPT, REPLACED = 0.85, 0.95
"""Share of a text that an edit leaves."""

SENTENCE_END = re.compile(r"(?<=[.!?\"]) ")


def methods() -> dict[str, Callable[[], Add]]:
    """Give what is measured, each made anew for a set."""

    def ours() -> Add:
        grouper = Grouper()
        return lambda arrival: grouper.add(arrival).story

    baselines: dict[str, Callable[[], Add]] = {
        f"online TF-IDF from {like:.2f}": partial(lambda like: OnlineTfidf(like).add, like) for like in LIKE
    }
    return {"pantau": ours, **baselines, "MinHash": lambda: MinHash().add}


def arrivals(rows: list[dict[str, Any]], language: str = "", *, dated: bool = False) -> list[Arrival]:
    """Judge a set's articles; without `dated` they come without a date, as most sets have none that can be trusted."""
    found = []
    for row in rows:
        lang = row.get("lang") or language
        verdict = judging.judge(row["title"], row["text"], languages=(lang,))
        found.append(
            Arrival(
                id=row["id"],
                title=row["title"],
                text=row["text"],
                at=datetime.fromisoformat(row["date"]).replace(tzinfo=UTC) if dated and row.get("date") else None,
                language=lang,
                entities=tuple(entity.id for entity in verdict.entities),
            )
        )
    return found


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


def pairwise(gold: dict[str, str], found: dict[str, str], ids: list[str]) -> Score:
    """Precision, recall and F1 over pairs of articles."""

    def pairs(groups: Counter[Any]) -> int:
        return sum(size * (size - 1) // 2 for size in groups.values())

    both = pairs(Counter((gold[id_], found[id_]) for id_ in ids))
    given, true = pairs(Counter(found[id_] for id_ in ids)), pairs(Counter(gold[id_] for id_ in ids))
    return both / max(1, given), both / max(1, true), 2 * both / max(1, given + true)


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


def by_story(pairs: list[dict[str, Any]], found: dict[str, str], gold: dict[str, str]) -> float:
    """Give the mean, over stories told in both languages, of the share of their `same` pairs that were joined."""
    shares = defaultdict(list)
    for pair in pairs:
        if str(pair["border"]) != "True" and pair["label"] == "same":
            shares[gold[pair["id_a"]]].append(found[pair["id_a"]] == found[pair["id_b"]])
    return sum(sum(hits) / len(hits) for hits in shares.values()) / max(1, len(shares))


def measure(data: Path) -> dict[str, Score]:
    """Measure every set of the folder by every method; the keys name method, set, articles and measure."""
    figures: dict[str, Score] = {}
    sets = [("ecbplus", loaded(data / "ecbplus.jsonl"), "en")]
    indonesian = loaded(data / "indonesian.jsonl")
    sets.append(("indonesian with the very large", indonesian, "id"))
    sets.append(("indonesian", [row for row in indonesian if row["story"] not in VERY_LARGE], "id"))
    for name, rows, language in sets:
        gold, coming = {row["id"]: row["story"] for row in rows}, arrivals(rows, language)
        for method, made in methods().items():
            add = made()
            found = {arrival.id: add(arrival) for arrival in coming}
            for which, ids in (("all", list(gold)), ("of several", of_several(gold))):
                figures[f"{method}: {name}, {which}, B-cubed"] = b_cubed(gold, found, ids)
                figures[f"{method}: {name}, {which}, pairwise"] = pairwise(gold, found, ids)
    return figures | across(data)


def across(data: Path) -> dict[str, Score]:
    """Measure pairs of Indonesian and English articles, with the dates that they have."""
    rows, pairs = loaded(data / "crosslingual.jsonl"), loaded(data / "crosslingual_pairs.jsonl")
    gold, coming = {row["id"]: row["story"] for row in rows}, arrivals(rows, dated=True)
    figures = {}
    for method, made in methods().items():
        add = made()
        found = {arrival.id: add(arrival) for arrival in coming}
        figures[f"{method}: pairs across languages"] = same_pairs(pairs, found)
        mean = by_story(pairs, found, gold)
        figures[f"{method}: the same, mean recall of a story"] = (0.0, mean, 0.0)
    return figures


def one_piece(text: str, chance: random.Random) -> str:
    """Drop words from both ends of a text."""
    said = text.split()
    cut = len(said) - round(KEPT * len(said))
    start = chance.randint(0, cut)
    return " ".join(said[start : start + len(said) - cut])


def fewer_sentences(text: str, chance: random.Random) -> str:
    """Drop sentences all over a text."""
    sentences = SENTENCE_END.split(text)
    spare = (1 - KEPT) * len(text.split())
    for at in chance.sample(range(len(sentences)), len(sentences)):
        length = len(sentences[at].split())
        if length <= spare:
            spare -= length
            sentences[at] = ""
    return " ".join(sentences)


def fewer_words(text: str, chance: random.Random) -> str:
    """Drop single words all over a text."""
    return " ".join(word for word in text.split() if chance.random() < KEPT)


def other_order(text: str, chance: random.Random) -> str:
    """Put paragraphs of three sentences in another order, and drop what is last then."""
    sentences = SENTENCE_END.split(text)
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    said = " ".join(chance.sample(paragraphs, len(paragraphs))).split()
    return " ".join(said[: round(KEPT * len(said))])


def framed(text: str, chance: random.Random) -> str:
    """Put words of no sense around a piece of a text, as many as were dropped."""
    room = round((1 - KEPT) * len(text.split()) / 2)
    frame = [f"w{chance.randrange(10_000)}" for _ in range(2 * room)]
    return " ".join([*frame[:room], one_piece(text, chance), *frame[room:]])


def some_words_replaced(text: str, chance: random.Random) -> str:
    """Write another word for one in twenty."""
    return " ".join(word if chance.random() < REPLACED else f"w{chance.randrange(10_000)}" for word in text.split())


EDITS = (one_piece, fewer_sentences, fewer_words, other_order, framed, some_words_replaced)


def copies(rows: list[dict[str, Any]]) -> tuple[dict[str, float], list[tuple[str, str]]]:
    """Give the recall of copies made by each edit, and the articles called a copy before any was made, with of which."""
    texts = {row["id"]: row["text"] for row in rows if len(row["text"].split()) >= LONG_ENOUGH}
    index = Copies()
    called = [(id_, original) for id_, text in texts.items() if (original := index.add(id_, text)) is not None]
    recall = {}
    for edit in EDITS:
        chance, index = random.Random(1), Copies()
        for id_, text in texts.items():
            index.add(id_, text)
        hits = sum(index.add(f"copy {id_}", edit(text, chance)) is not None for id_, text in texts.items())
        recall[edit.__name__] = hits / len(texts)
    return recall, called


def lateness(data: Path, hours: int) -> tuple[float, float]:
    """Give the pairwise F1 of late arrival against arrival in order, mean and least over shuffles within so many hours."""
    coming = [
        arrival for arrival in arrivals(loaded(data / "crosslingual.jsonl"), dated=True) if arrival.at is not None
    ]
    chance = random.Random(hours)
    spread = {a.id: timedelta(hours=chance.random() * 24) for a in coming}
    order = sorted(coming, key=lambda a: (a.at + spread[a.id], a.id))  # type: ignore[operator]
    ids = [arrival.id for arrival in coming]
    true = _stories(order)
    agreed = []
    for _ in range(SHUFFLES):
        late = {a.id: timedelta(hours=chance.random() * hours) for a in coming}
        found = _stories(sorted(coming, key=lambda a: (a.at + spread[a.id] + late[a.id], a.id)))  # type: ignore[operator]
        agreed.append(pairwise(true, found, ids)[2])
    return sum(agreed) / len(agreed), min(agreed)


def _stories(coming: list[Arrival]) -> dict[str, str]:
    grouper = Grouper()
    return {arrival.id: grouper.add(arrival).story for arrival in coming}


def loaded(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    began = time.process_time()
    lines = [f"{'':<80} precision  recall     F1"]
    lines += [f"{what:<80}    {p:.3f}   {r:.3f}  {f1:.3f}" for what, (p, r, f1) in measure(folder).items()]
    recall, called = copies(loaded(folder / "indonesian.jsonl") + loaded(folder / "crosslingual.jsonl"))
    lines += [f"copies, {edit}: recall {share:.3f}" for edit, share in recall.items()]
    lines += [f"called a copy before any was made: {one} of {other}" for one, other in called]
    for hours in (6, 24):
        mean, least = lateness(folder, hours)
        lines.append(f"up to {hours} h late: pairwise F1 against arrival in order {mean:.3f}, least {least:.3f}")
    lines.append(f"{time.process_time() - began:.1f} CPU s, judging included")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
