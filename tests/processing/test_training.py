"""Relevance is learnt from labels: reproducibly, never from the event that is measured, and into weights that need no library."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from processing.errors import PantauError
from processing.topics import evidence_in, relevance, words_in
from processing.topics.examples import Example, examples_of, read_labels
from processing.topics.model_file import as_json, best_threshold, measured
from processing.topics.relevance import OURS, chosen, read_relevance
from processing.topics.training import fit, out_of_fold

ROOT = Path(__file__).parents[2]
MOST_BYTES = 500_000
SUBJECTS = {
    True: ["Tentara menyerang pos di perbatasan", "Rudal jatuh dekat kota itu", "Dua negara membahas gencatan senjata"],
    False: ["Pelatih memuji gol penyerang muda", "Harga cabai di pasar naik lagi", "Penyanyi itu menggelar konser"],
}


def rows(count: int = 24) -> list[dict[str, Any]]:
    """Return labelled articles of two kinds, each on an event of its own."""
    return [
        {
            "id": f"a{number}",
            "lang": "id",
            "title": SUBJECTS[number % 2 == 0][number // 2 % 3],
            "text": f"Kabar nomor {number} dari kota itu. " + SUBJECTS[number % 2 == 0][(number // 2 + 1) % 3],
            "relevant": number % 2 == 0,
            "event_group": f"e{number}",
            "date": f"{2000 + number}-01-01",
        }
        for number in range(count)
    ]


def example(number: int, *, truth: bool, words: str, event: str | None = None) -> Example:
    """Return an example of which the words alone tell anything."""
    signals = dict.fromkeys(relevance().signals, 0.0)
    return Example(
        id=str(number), language="id", event=event or f"e{number}", signals=signals, words=frozenset(words.split()),
        truth=truth, weight=1.0,
    )  # fmt: skip


def test_the_same_labels_give_the_same_bytes(tmp_path: Path) -> None:
    """In whatever order they come."""
    path = tmp_path / "labels.jsonl"
    path.write_text("", encoding="utf-8")
    written = []
    for given in (rows(), rows()[::-1]):
        examples = examples_of(given)
        figures = measured(examples, out_of_fold(examples), 0.5)
        written.append(as_json(fit(examples), labels=[path], figures=figures, based=False))
    assert written[0] == written[1]
    assert set(json.loads(written[0])["made_from"]) == {
        "labels", "taxonomy", "gazetteer", "code", "weights_before", "scikit-learn",
    }  # fmt: skip


def test_judging_needs_no_library_of_training() -> None:
    """Neither scikit-learn nor numpy is loaded for a verdict."""
    code = (
        "import sys; from processing.judging import judge; judge('Perang', 'Pasukan menyerang.');"
        "assert not {'sklearn', 'numpy', 'scipy'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_our_weights_are_small_plain_and_say_where_they_come_from() -> None:
    """JSON of single words, in half a megabyte, with the hashes of its inputs and how it was measured."""
    assert OURS.stat().st_size < MOST_BYTES
    table = json.loads(OURS.read_text(encoding="utf-8"))
    assert all(word.isalpha() for words in table["words"].values() for word in words)
    assert len(table["made_from"]["taxonomy"]) == 64
    assert table["measured_out_of_fold"]["id"]["articles"] > 600


def test_what_adds_up_is_the_score() -> None:
    """The constant, the signals' parts and the words' parts are the log odds."""
    model = relevance()
    signals, words = dict.fromkeys(model.signals, 1.0), words_in("Perang di Suriah", "Pasukan itu menyerang kota.")
    parts = (*model.of_signals(signals).values(), *model.of_words(words, "id").values())
    odds = model.constants["id"] + sum(parts)
    assert model.score(signals, words, "id") == pytest.approx(1 / (1 + math.exp(-odds)))


def test_words_move_the_score() -> None:
    """Where no term stands, words that training saw in articles of ours speak for an article."""
    quiet = dict.fromkeys(relevance().signals, 0.0)
    ours, theirs = words_in("", "military pentagon forces"), words_in("", "tax company film")
    assert not evidence_in("", "film tax company", "en").topics
    assert relevance().score(quiet, ours, "en") > relevance().score(quiet, theirs, "en")


def test_an_event_is_never_measured_by_itself() -> None:
    """Two mislabelled articles on one event do not vouch for each other."""
    others = [example(n, truth=False, words="gol laga klub") for n in range(20)]
    others += [example(n, truth=True, words="perang rudal serangan") for n in range(20, 40)]
    pair = [example(n, truth=True, words="gol laga klub unik khas", event="one") for n in (40, 41, 42, 43)]
    scores = out_of_fold([*others, *pair])
    assert max(scores[-4:]) < 0.5
    assert min(scores[20:40]) > 0.5


def test_a_later_label_corrects_an_earlier_one(tmp_path: Path) -> None:
    """And need not repeat the text; what is unsure then is not learnt from."""
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text("\n".join(json.dumps(row) for row in rows(4)), encoding="utf-8")
    second.write_text('{"id": "a0", "relevant": false}\n{"id": "a1", "unsure": true}\n', encoding="utf-8")
    truths = {one.id: one.truth for one in examples_of(read_labels([first, second]))}
    assert truths == {"a0": False, "a2": True, "a3": False}


def test_a_section_tells_less_than_a_label() -> None:
    """An article that is ours by its section alone counts half, and one of a world section not at all."""
    plain = {key: value for key, value in rows(1)[0].items() if key != "relevant"}
    marks = ("relevant", "irrelevant", "world_section")
    told = examples_of([plain | {"id": mark, "author_label": mark} for mark in marks])
    assert {one.id: (one.truth, one.weight) for one in told} == {"relevant": (True, 0.5), "irrelevant": (False, 1.0)}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("[1]", "no label"),
        ("{", "no label"),
        ('{"title": "x"}', "no label"),
        ('{"id": "x", "lang": "id"}', "text, title"),
    ],
)
def test_a_slip_in_the_labels_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    """With its line."""
    path = tmp_path / "labels.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(PantauError, match=f"Line 1 of .*{complaint}"):
        read_labels([path])


def test_labels_of_one_kind_teach_nothing() -> None:
    """Training says what is missing."""
    with pytest.raises(PantauError, match="all of one kind"):
        fit(examples_of([row for row in rows() if row["relevant"]]))


def test_one_event_cannot_be_measured_by() -> None:
    """There is nothing left to learn from when it is left out."""
    pair = [example(0, truth=True, words="perang", event="one"), example(1, truth=False, words="gol", event="two")]
    with pytest.raises(PantauError, match="too few events"):
        out_of_fold(pair)


def test_the_threshold_stands_where_the_kinds_part() -> None:
    """In the middle of what is as good."""
    examples = [example(n, truth=n >= 10, words="kata") for n in range(20)]
    assert best_threshold(examples, [0.3] * 10 + [0.5] * 10) == pytest.approx(0.41, abs=0.02)


def test_an_operators_weights_judge_where_they_are(tmp_path: Path) -> None:
    """From PANTAU_HOME; else ours do. A file that cannot be read is named."""
    assert chosen({"PANTAU_HOME": str(tmp_path)}) == OURS == chosen({})
    own = tmp_path / "relevance.json"
    own.write_text("{}", encoding="utf-8")
    assert chosen({"PANTAU_HOME": str(tmp_path)}) == own
    with pytest.raises(PantauError, match="train anew"):
        read_relevance(own)
    own.write_text("{", encoding="utf-8")
    with pytest.raises(PantauError, match="cannot be read"):
        read_relevance(own)
