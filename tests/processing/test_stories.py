"""Stories: what is joined, what is kept apart, and what is a copy."""

import hashlib
import os
import re
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest

from benchmarks import stories as benchmark
from desk.home import CHECKOUT
from processing.duplicates import Copies
from processing.errors import PantauError
from processing.model import Arrival
from processing.stories import Grouper, features
from processing.stories.cognates import cognates, name_key
from processing.stories.days import named_days
from processing.stories.glossary import glossary, meanings, read_glossary
from processing.stories.told import WEIGHTS

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)

SHIP = (
    "Kapal penjaga pantai asing masuk ZEE Natuna",
    (
        "Sebuah kapal penjaga pantai asing memasuki zona ekonomi eksklusif di Laut Natuna Utara. Bakamla mengerahkan KN"
        " Tanjung Datu untuk membayangi kapal itu selama empat belas jam. Kapal tersebut tidak menjawab panggilan radio."
    ),
)
SHIP_RETOLD = (
    "Bakamla bayangi kapal penjaga pantai asing di Natuna",
    (
        "KN Tanjung Datu milik Bakamla membayangi kapal penjaga pantai asing di Laut Natuna Utara. Panggilan radio tidak"
        " dijawab, dan kapal itu bertahan di zona ekonomi eksklusif Indonesia selama empat belas jam."
    ),
)
BUDGET = (
    "DPR bahas anggaran alutsista tahun depan",
    (
        "Komisi I DPR membahas rencana anggaran pertahanan bersama Kementerian Pertahanan. Pembelian pesawat tempur dan"
        " radar menjadi pokok pembahasan, sementara pagu belanja modal masih diperdebatkan oleh fraksi."
    ),
)
SHIP_ENGLISH = (
    "Indonesia shadows foreign coast guard vessel",
    (
        "An Indonesian vessel, the Tanjung Datu, shadowed a foreign coast guard ship near Natuna for 14 hours, according to"
        " Bakamla. The agency said the ship in the North Natuna Sea did not answer."
    ),
)


CORPUS_SHA256 = "a7f2833f2908fc35905590935ba65c233adfe339367c2cda1fed0fd73bb64d66"

FLOORS = {
    "pantau: indonesian, all, B-cubed": 0.955,
    "pantau: indonesian, of several, B-cubed": 0.945,
    "pantau: indonesian with the very large, all, B-cubed": 0.93,
    "pantau: ecbplus, all, B-cubed": 0.89,
    "pantau: pairs across languages": 0.51,
}
"""F1 on the corpus with this hash, just below what was measured. Lowering one needs a reason beside it."""

PRECISION_FLOORS = {
    "pantau: indonesian, all, pairwise": 0.765,
    "pantau: indonesian, of several, pairwise": 0.885,
    "pantau: indonesian with the very large, all, pairwise": 0.865,
    "pantau: ecbplus, all, pairwise": 0.84,
    "pantau: pairs across languages": 0.505,
}
"""Precision: wrong joins hurt a reader more than missed ones."""

COPIES_FLOORS = {
    "one_piece": 0.995,
    "fewer_sentences": 0.995,
    "fewer_words": 0.96,
    "other_order": 0.995,
    "framed": 0.995,
    "some_words_replaced": 0.995,
}
"""Recall of copies by what was done to the text."""

CALLED_COPIES = 4
"""Articles of 834 called a copy before any was made; of them one is another outlet's copy and one a longer version."""

LATE_FLOORS = {6: 0.92, 24: 0.825}
"""Least pairwise F1 over shuffles of arrival so many hours late against arrival in order, on the pairs' articles."""


def arrival(id_: str, told: tuple[str, str], *, at: datetime = NOON, language: str = "id", entities=()) -> Arrival:
    """Give an article as it arrives."""
    return Arrival(id=id_, title=told[0], text=told[1], at=at, language=language, entities=entities)


def test_two_tellings_of_one_event_are_one_story():
    """Another outlet's wording joins; another event does not."""
    grouper = Grouper()
    assert grouper.add(arrival("1", SHIP)).story == "1"
    assert grouper.add(arrival("2", BUDGET)).story == "2"
    retold = grouper.add(arrival("3", SHIP_RETOLD))
    assert (retold.story, retold.duplicate_of) == ("1", None)


def test_copy_is_folded_under_its_original():
    """A wire copy with another opening is the same text."""
    grouper = Grouper()
    grouper.add(arrival("1", SHIP))
    copy = grouper.add(arrival("2", ("Kapal asing di Natuna", f"Batam. {SHIP[1]} (ant)")))
    assert (copy.story, copy.duplicate_of) == ("1", "1")


def test_story_is_told_in_both_languages_once():
    """Names, numbers and known entities carry a story across languages."""
    grouper = Grouper()
    grouper.add(arrival("1", SHIP, entities=("bakamla", "north-natuna-sea", "kn-tanjung-datu", "ID")))
    grouper.add(arrival("2", BUDGET, entities=("dpr", "ID")))
    english = arrival("3", SHIP_ENGLISH, language="en", entities=("bakamla", "north-natuna-sea", "ID"))
    assert grouper.add(english).story == "1"


SUMMONED = (
    "Kemlu panggil dubes",
    (
        "Kementerian itu memanggil Duta Besar untuk Jakarta, lalu menyerahkan nota diplomatik sebagai protes. Wakil"
        " Menteri Harun Sidik menerima pertemuan pada siang hari, kata juru bicara."
    ),
)
SUMMONED_ENGLISH = (
    "Ministry summons ambassador",
    (
        "The ministry summoned the ambassador in Jakarta and handed over a diplomatic note in protest. The meeting took"
        " place at noon, the foreign office spokesman Bagas Wira said on the Friday."
    ),
)


@pytest.mark.parametrize(("known", "story"), [(True, "1"), (False, "3")])
def test_meanings_carry_a_story_that_names_little(monkeypatch, known, story):
    """An ambassador summoned is one event in both languages; without the glossary it would be two."""
    if not known:
        monkeypatch.setattr(features, "_known", lambda _: defaultdict(tuple))
    grouper = Grouper()
    grouper.add(arrival("1", SUMMONED, entities=("kemlu", "jakarta")))
    grouper.add(arrival("2", BUDGET, entities=("dpr", "ID")))
    assert grouper.add(arrival("3", SUMMONED_ENGLISH, language="en", entities=("jakarta",))).story == story


def test_every_meaning_has_words_in_both_languages(tmp_path):
    """Each a word in lower case; a line that lacks a language, or repeats a meaning, is named."""
    assert all(re.fullmatch(r"[a-z0-9.'-]+", form) for forms in glossary().values() for form in forms)
    path = tmp_path / "glossary.txt"
    for text, named in (("missile rocket", "missile rocket"), ("missile = rudal\nmissile = misil", "missile")):
        path.write_text(f"# force\n{text}\n", encoding="utf-8")
        with pytest.raises(PantauError, match=named):
            read_glossary(path)


@pytest.mark.parametrize(
    ("english", "indonesian", "meaning"),
    [
        ("missiles", "rudalnya", "missile"),
        ("attacked", "menyerang", "attack"),
        ("seized", "penyitaan", "capture"),
        ("released", "dibebaskan", "release"),
        ("tuesday", "selasa", "tuesday"),
    ],
)
def test_a_meaning_has_its_forms_in_both_languages(english, indonesian, meaning):
    """Prefixes, suffixes and clitics of Indonesian and endings of English are made from what the file lists."""
    assert meaning in meanings(english, "en")
    assert meaning in meanings(indonesian, "id")
    assert not meanings("kursi", "id")


def test_loans_and_names_in_two_spellings_have_one_key():
    """What both languages took from elsewhere is known without being listed; false friends are not."""
    known = cognates()
    assert known["investigation"] == known["investigasi"]
    assert known["activist"] == known["aktivis"]
    assert "policy" not in known
    assert name_key("moscow") == name_key("moskow")
    assert name_key("houthi's") == name_key("houthi")
    assert name_key("39") == "39"


def test_dates_are_no_counts():
    """A day and a year that two texts share make them no more alike; the day is known as one."""
    found, left = named_days(
        "Ledakan pada Selasa (10/9/2019) menewaskan 14 orang, terbesar sejak 2009 (8/9) di 31/31/2019."
    )
    assert found == {date(2019, 9, 10)}
    assert re.findall(r"\d+", left) == ["14"]


def test_days_of_silence_count_against_joining():
    """What is told alike the next day is likelier one story than what is told alike five days later."""
    grouper = Grouper()
    grouper.add(arrival("1", SHIP))
    scores = []
    for later in (1, 5):
        at = NOON + timedelta(days=later)
        told = grouper._told["1"].tellings["id"]
        scores.append(WEIGHTS.likelihood(told.figures(grouper._features(arrival("2", SHIP_RETOLD, at=at)), later)))
    assert scores[0] > scores[1]


def test_closed_story_takes_no_more():
    """What looks the same a month later is another event."""
    grouper = Grouper()
    grouper.add(arrival("1", SHIP))
    assert grouper.add(arrival("2", SHIP_RETOLD, at=NOON + timedelta(days=30))).story == "2"


def test_restored_stories_decide_as_if_they_had_been_seen():
    """A new process with the old assignments goes on where the last one ended."""
    seen, restored = Grouper(), Grouper()
    for number, told in enumerate((SHIP, BUDGET)):
        assignment = seen.add(arrival(str(number), told))
        restored.restore(arrival(str(number), told), assignment.story)
    assert restored.add(arrival("9", SHIP_RETOLD)) == seen.add(arrival("9", SHIP_RETOLD))


@pytest.mark.parametrize("text", ["", "Satu", "!!! ..."])
def test_article_without_text_begins_a_story_of_its_own(text):
    """Nothing to go by is no reason to join."""
    grouper = Grouper()
    grouper.add(arrival("1", ("", "")))
    assert grouper.add(arrival("2", ("", text))).story == "2"


@pytest.mark.corpus
@pytest.mark.heavy
def test_figures_hold(shared):
    """The labelled stories are joined as well as when it was last measured."""
    folder = shared / "corpus" / "stories"
    corpus = b"".join(path.read_bytes() for path in sorted(folder.glob("*.jsonl")))
    assert hashlib.sha256(corpus).hexdigest() == CORPUS_SHA256, "another corpus needs floors of its own"
    figures = benchmark.measure(folder)
    assert {name: figures[name][2] for name, floor in FLOORS.items() if figures[name][2] < floor} == {}
    assert {name: figures[name][0] for name, floor in PRECISION_FLOORS.items() if figures[name][0] < floor} == {}


def test_briefs_of_one_form_are_no_copies():
    """Bulletins that differ by a number or a place tell different facts; one that comes again word for word is a copy."""
    copies = Copies()
    first = "Gempa bermagnitudo 5,1 mengguncang Ambon pada Senin pagi, tidak berpotensi tsunami, kata BMKG."
    assert copies.add("a", first) is None
    assert copies.add("b", first.replace("5,1", "4,8").replace("Ambon", "Ternate")) is None
    assert copies.add("c", first) == "a"


@pytest.mark.corpus
@pytest.mark.heavy
def test_copies_are_known_whatever_the_edit(shared):
    """Copies are found by kind of edit, and hardly an article is called one before any was made."""
    folder = shared / "corpus" / "stories"
    rows = benchmark.loaded(folder / "indonesian.jsonl") + benchmark.loaded(folder / "crosslingual.jsonl")
    recall, called = benchmark.copies(rows)
    assert {edit: share for edit, share in recall.items() if share < COPIES_FLOORS[edit]} == {}
    assert len(called) <= CALLED_COPIES


@pytest.mark.corpus
@pytest.mark.heavy
@pytest.mark.parametrize("hours", LATE_FLOORS)
def test_late_arrival_changes_little(shared, hours):
    """Articles that come in some hours late are joined much as in order."""
    assert benchmark.lateness(shared / "corpus" / "stories", hours)[1] >= LATE_FLOORS[hours]


@pytest.mark.corpus
def test_stories_do_not_hang_on_the_order_of_sets(shared):
    """Another process, whose sets have another order, gives the same stories: ties are broken by what was told first."""
    code = (
        "import sys; from pathlib import Path; from benchmarks.stories import arrivals, loaded; from processing.stories import Grouper;"
        "grouper = Grouper(); print([grouper.add(one) for one in arrivals(loaded(Path(sys.argv[1])), dated=True)])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code, str(shared / "corpus/stories/crosslingual.jsonl")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=CHECKOUT,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
