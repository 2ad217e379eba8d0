"""How well articles are joined to stories, beside online TF-IDF and MinHash in the same run.

    python benchmarks/stories.py --data ../shared/corpus/stories

Reads `indonesian.jsonl`, `ecbplus.jsonl` and `crosslingual*.jsonl` of a folder of that form, in file order. Prints B-cubed
and pairwise precision, recall and F1 within a language and in both, without dates and with, those of the invented stories, those of
pairs across languages, and copies made by editing texts of the folder. Other orders: `benchmarks/story_orders.py`.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.story_baselines import LIKE, MinHash, OnlineTfidf
from benchmarks.story_measures import Score, by_story, mean_score, pairs_of, same_pairs, scores
from benchmarks.story_sets import (
    INVENTED,
    crosslingual,
    ecbplus,
    indonesian,
    invented,
    invented_together,
    loaded,
    stories_of,
)
from processing.duplicates import Copies
from processing.model import Arrival
from processing.stories import Grouper

Grouping = Callable[[list[Arrival]], dict[str, str]]
"""Gives the story of each article by its id, when they have come in this order."""

LONG_ENOUGH = 80
"""Words from which a text is cut for a copy."""

KEPT, REPLACED = 0.85, 0.95
"""Share of a text that an edit leaves."""

SENTENCE_END = re.compile(r"(?<=[.!?\"]) ")


def methods() -> dict[str, Grouping]:
    """Give what is measured."""
    tfidf = {f"online TF-IDF from {like:.2f}": partial(_one_by_one, partial(OnlineTfidf, like)) for like in LIKE}
    return {"pantau": pantau, **tfidf, "MinHash": partial(_one_by_one, MinHash)}


def pantau(coming: list[Arrival]) -> dict[str, str]:
    """Group articles as we do."""
    return stories_of(coming, Grouper())


def _one_by_one(made: Callable[[], OnlineTfidf | MinHash], coming: list[Arrival]) -> dict[str, str]:
    add = made().add
    return {arrival.id: add(arrival) for arrival in coming}


def measure(data: Path) -> dict[str, Score]:
    """Measure every set by every method; the keys name method, set, articles and measure."""
    figures: dict[str, Score] = {}
    usual, every = indonesian(data)
    for labelled in (ecbplus(data), every, usual, crosslingual(data)):
        for method, group in methods().items():
            found = scores(labelled.gold, group(labelled.coming))
            figures |= {f"{method}: {labelled.name}, {which}": score for which, score in found.items()}
    return figures | with_dates(data) | of_invented() | across(data)


def with_dates(data: Path) -> dict[str, Score]:
    """Measure the Indonesian articles with their dates, which the other methods do not look at."""
    return {
        f"pantau: {labelled.name}, {which}": score
        for labelled in reversed(indonesian(data, dated=True))
        for which, score in scores(labelled.gold, pantau(labelled.coming)).items()
    }


def of_invented() -> dict[str, Score]:
    """Measure the invented stories: means of two languages in two files, and all pairs across languages within an affair."""
    sets, together = [labelled for path in INVENTED for labelled in invented(path)], invented_together()
    figures, pairs = {}, pairs_of(together)
    for method, group in methods().items():
        found = [scores(labelled.gold, group(labelled.coming)) for labelled in sets]
        for which in found[0]:
            figures[f"{method}: invented, mean of {len(sets)}, {which}"] = mean_score([each[which] for each in found])
    for method, group in methods().items():
        figures[f"{method}: invented, pairs across languages"] = same_pairs(pairs, group(together.coming))
    return figures


def across(data: Path) -> dict[str, Score]:
    """Measure pairs of Indonesian and English articles, with the dates that they have."""
    labelled, pairs = crosslingual(data), loaded(data / "crosslingual_pairs.jsonl")
    figures = {}
    for method, group in methods().items():
        found = group(labelled.coming)
        figures[f"{method}: pairs across languages"] = same_pairs(pairs, found)
        mean = by_story(pairs, found, labelled.gold)
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
    lines.append(f"{time.process_time() - began:.1f} CPU s, judging included")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
