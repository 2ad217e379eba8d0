"""How many copies of a text are known by what was done to it, and what is called a copy and is none.

    python benchmarks/story_copies.py --data ../shared/corpus

Copies are made of the articles of `stories/indonesian.jsonl` and `stories/crosslingual.jsonl` with 80 words or more. Prints
the recall by kind of edit, the share called a copy of articles whose beginning is written over by others, and of invented
bulletins of one form, and what is called a copy before any was made: of these articles, and of all labelled ones. Those were
read, and which are copies is written here.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import deque
from itertools import chain, islice
from pathlib import Path

from benchmarks.bulletins import FORMS, filled
from benchmarks.copy_edits import EDITS, Edit
from benchmarks.story_sets import loaded
from processing.duplicates import Copies

Texts = dict[str, str]

MEASURED = ("stories/indonesian", "stories/crosslingual")
LABELLED = (*MEASURED, "stories/ecbplus", "articles/labelled", "articles/by_section")

LONG_ENOUGH = 80
"""Words from which a text is cut for a copy."""

OPENINGS = (0.3, 0.4)
"""Share of an article that was written over by other articles."""

BULLETINS, BEFORE = 200, 14
"""Bulletins of each form, and how many before it one is held against."""

READ = {
    ("ci-tribunnews-1437", "ci-kompas-2989"): "another outlet's copy",
    ("ci-sindonews-1796", "ci-sindonews-1749"): "the whole text below an answer to it",
    ("ci-tribunnews-1088", "ci-kompas-2034"): "another outlet's copy",
    ("ci-kompas-1379", "ci-kompas-1356"): "an earlier version",
    ("7_11ecbplus", "7_10ecbplus"): "an agency's text",
    ("7_3ecbplus", "7_1ecbplus"): "an agency's text",
    ("7_9ecbplus", "7_10ecbplus"): "an agency's text",
    ("8_2ecbplus", "8_1ecbplus"): "an agency's text, a later version",
    ("9_9ecbplus", "9_3ecbplus"): "a press release",
    ("12_3ecbplus", "12_1ecbplus"): "an agency's text",
    ("12_8ecbplus", "12_4ecbplus"): "an agency's text",
    ("12_9ecbplus", "12_6ecbplus"): "a press release",
}
"""What was called a copy, of which, and was read and is one."""


def recall(texts: Texts, edit: Edit) -> float:
    """Give the share of copies known as copies of their text, or of what that is called a copy of."""
    chance, index = random.Random(1), Copies()
    first = {id_: index.add(id_, text) or id_ for id_, text in texts.items()}
    found = {id_: index.add(f"copy {id_}", edit(text, chance)) for id_, text in texts.items()}
    return sum(found[id_] in {id_, first[id_]} for id_ in texts) / len(texts)


def called(texts: Texts) -> list[tuple[str, str]]:
    """Give what is called a copy before any was made, with of which."""
    index = Copies()
    return [(id_, original) for id_, text in texts.items() if (original := index.add(id_, text)) is not None]


def other_openings(texts: Texts, share: float) -> float:
    """Give the share of articles called a copy whose end stands behind the words of others, from half the set away."""
    index, words = Copies(), {id_: text.split() for id_, text in texts.items()}
    for id_, text in texts.items():
        index.add(id_, text)
    others = deque(words.values())
    others.rotate(len(words) // 2)
    wrong = 0
    for id_, said in words.items():
        cut = round(share * len(said))
        opening = islice(chain.from_iterable(others), cut)
        wrong += index.add(f"new {id_}", " ".join([*opening, *said[cut:]])) is not None
        others.rotate(-1)
    return wrong / len(words)


def bulletins(form: str) -> float:
    """Give the share of a form's bulletins called a copy of one of the fourteen before."""
    chance, wrong = random.Random(1), 0
    texts = [filled(form, chance) for _ in range(BULLETINS)]
    for number in range(BEFORE, BULLETINS):
        index = Copies()
        wrong += any(index.add(str(at), texts[at]) is not None for at in range(number - BEFORE, number + 1))
    return wrong / (BULLETINS - BEFORE)


def texts_of(data: Path, names: tuple[str, ...]) -> Texts:
    """Read the articles of some sets that are long enough; one that is in several counts once."""
    rows = [row for name in names for row in loaded(data / f"{name}.jsonl")]
    return {row["id"]: row["text"] for row in rows if len(row["text"].split()) >= LONG_ENOUGH}


def _false(pairs: list[tuple[str, str]], count: int) -> str:
    false = len(set(pairs) - set(READ))
    return f"{len(pairs)} of {count} called a copy before any was made, {false} of them false or not read ({false / count:.2%})"


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    began = time.process_time()
    texts, labelled = texts_of(folder, MEASURED), texts_of(folder, LABELLED)
    lines = [f"{edit.__name__}: recall {recall(texts, edit):.3f}" for edit in EDITS]
    lines += [f"{share:.0%} another's opening: {other_openings(texts, share):.3f} called a copy" for share in OPENINGS]
    lines += [f"bulletins, {what}: {bulletins(form):.3f} called a copy" for what, form in FORMS.items()]
    pairs = called(labelled)
    lines += [_false([pair for pair in pairs if set(pair) <= texts.keys()], len(texts)), _false(pairs, len(labelled))]
    lines += [f"    {one} of {other}: {READ.get((one, other), 'false')}" for one, other in pairs]
    lines.append(f"{time.process_time() - began:.1f} CPU s")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
