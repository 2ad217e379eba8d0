"""Stories: what is joined, and what is kept apart."""

import hashlib
import os
import re
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest

from benchmarks import stories as benchmark
from benchmarks import story_orders
from benchmarks.story_measures import mean_score
from desk.home import CHECKOUT
from processing.errors import PantauError
from processing.model import Arrival
from processing.stories import Grouper, features
from processing.stories.cognates import cognates, name_key
from processing.stories.days import named_days, told_days
from processing.stories.features import lasting_names
from processing.stories.glossary import glossary, meanings, read_glossary
from processing.stories.weights import ODDS

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
    "pantau: indonesian, all, B-cubed": 0.964,
    "pantau: indonesian, of several, B-cubed": 0.959,
    "pantau: indonesian with the very large, all, B-cubed": 0.946,
    "pantau: ecbplus, all, B-cubed": 0.924,
    "pantau: indonesian, dated, all, B-cubed": 0.961,
    "pantau: indonesian, dated, of several, B-cubed": 0.935,
    "pantau: indonesian, dated, with the very large, all, B-cubed": 0.94,
    "pantau: invented, mean of 4, all, B-cubed": 0.908,
    "pantau: invented, mean of 4, of several, B-cubed": 0.89,
    "pantau: invented, pairs across languages": 0.827,
    "pantau: both languages, all, B-cubed": 0.875,
    "pantau: both languages, of several, B-cubed": 0.79,
    "pantau: pairs across languages": 0.72,
}
"""F1 on the corpus with this hash, just below what was measured. Lowering one needs a reason beside it.

The last two were .793 and .76 before stories were merged: in the order of the file, which was a lucky one. Over eighty orders
the pairs rose from .63 to .67 (`ORDERS_FLOORS`), and no order gives less than .60 (before .49).
"""

PRECISION_FLOORS = {
    "pantau: indonesian, all, pairwise": 0.79,
    "pantau: indonesian, of several, pairwise": 0.907,
    "pantau: indonesian with the very large, all, pairwise": 0.899,
    "pantau: ecbplus, all, pairwise": 0.875,
    "pantau: indonesian, dated, all, pairwise": 0.844,
    "pantau: indonesian, dated, of several, pairwise": 0.888,
    "pantau: indonesian, dated, with the very large, all, pairwise": 0.916,
    "pantau: invented, mean of 4, all, pairwise": 0.522,
    "pantau: invented, mean of 4, of several, pairwise": 0.74,
    "pantau: invented, pairs across languages": 0.796,
    "pantau: both languages, of several, pairwise": 0.634,
    "pantau: pairs across languages": 0.856,
}
"""Precision: wrong joins hurt a reader more than missed ones. What more of it costs stands in docs/decisions/0024.

Merging lowered three by .005 to .01 (the very large, ECB+, dated) for .02 to .03 of F1, and that of both languages from .74: a wrong
merge of two stories of one affair there makes many wrong pairs, while the pairs that were labelled gained.
"""

ORDERS, ORDERS_FLOORS = 20, {"by blocks": 0.681, "by date": 0.654}
"""Mean F1 of pairs across languages over so many orders of either kind: what one order gives, the file's too, is luck by .05."""

LATE_FLOORS = {6: 0.965, 24: 0.775}
"""Least pairwise F1 over shuffles of arrival so many hours late against arrival in order, on the pairs' articles.

They were .985 and .875 before stories were merged: where one of two merges comes of it, all pairs of both change. In Indonesian less
changes than before.
"""


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


NEXT_DAY = (
    "Jakarta hands Natuna protest note to ambassador",
    (
        "The foreign ministry summoned the ambassador and handed over a protest note about Natuna. Bakamla will ask parliament"
        " for money to repair the Tanjung Datu, whose engines are old, and to hire more crew by next year."
    ),
)


def test_next_day_of_an_affair_is_another_story_abroad():
    """The same ship, place and agency are named, but what happened is something else."""
    grouper = Grouper()
    known = ("bakamla", "north-natuna-sea", "kn-tanjung-datu", "ID")
    grouper.add(arrival("1", SHIP, entities=known))
    later = arrival("2", NEXT_DAY, at=NOON + timedelta(days=2), language="en", entities=known)
    assert grouper.add(later).story == "2"


def test_what_happened_is_compared_without_rarity():
    """A meaning that every article has counts as much as one never seen before."""
    grouper = Grouper()
    for number in range(20):
        grouper.add(arrival(str(number), ("Kapal", "Kapal itu berlayar.")))
    happened = grouper._scales.weigh(arrival("x", ("", "kapal menabrak jembatan"))).features.meanings
    assert len(happened) >= 3
    assert max(happened.values()) == min(happened.values())


OPEN_DAY = (
    "Coast guard ship opens to visitors in Natuna",
    (
        "The Tanjung Datu, a ship of Bakamla, welcomed visitors in Natuna. Children took photographs on the bridge, a band"
        " played, and the crew cooked fish for the village. The agency said the sea festival will return in spring."
    ),
)


def test_story_in_both_languages_is_compared_in_both():
    """An article is likelier in a story that is told alike in the other language too than where that tells something else."""
    odds = []
    for english in (SHIP_ENGLISH, OPEN_DAY):
        grouper = Grouper()
        grouper.restore(arrival("1", SHIP), "1")
        grouper.restore(arrival("2", english, language="en"), "1")
        weighed = grouper._scales.weigh(arrival("3", SHIP_RETOLD))
        odds.append(ODDS.of_article(grouper._told["1"], weighed.features, "id"))
    assert odds[0] > odds[1] + 1


def test_two_words_in_common_are_no_event_abroad():
    """A headline alone, however like, does not join a story of another language."""
    grouper = Grouper()
    grouper.add(arrival("1", ("Kapal tenggelam", ""), entities=("bakamla",)))
    assert grouper.add(arrival("2", ("Ship sinks", ""), language="en", entities=("bakamla",))).story == "2"


def test_every_meaning_has_words_in_both_languages(tmp_path):
    """Each a word in lower case, said once in a line; a line that lacks a language, or repeats a meaning, is named."""
    assert all(re.fullmatch(r"[a-z0-9.'-]+", word) for words in glossary().values() for word in words.listed)
    assert all(len(set(found)) == len(found) for words in glossary().values() for found in words.listed.values())
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
        ("banning", "pelarangan", "ban"),
        ("studies", "mengkaji", "study"),
        ("strengthened", "memperkuat", "strong"),
        ("bombed", "mengebom", "bomb"),
        ("denmark's", "denmark", "danish"),
        ("politically", "politik", "politics"),
        ("cities", "kota-kota", "city"),
        ("children", "anak-anaknya", "child"),
        ("massive", "besar-besaran", "big"),
    ],
)
def test_a_meaning_has_its_forms_in_both_languages(english, indonesian, meaning):
    """Prefixes, suffixes, clitics and doubling of Indonesian and endings of English lead back to what the file lists."""
    assert meaning in meanings(english, "en")
    assert meaning in meanings(indonesian, "id")
    assert not meanings("barangkali", "id")
    assert not meanings("barangkali-barangkali", "id")
    assert not meanings("anak", "de")


@pytest.mark.parametrize(
    ("language", "word", "found"),
    [
        ("en", "founded", ("found",)),
        ("en", "finding", ("find",)),
        ("en", "hoping", ("hope",)),
        ("en", "hops", ("hop",)),
        ("id", "berikan", ("give",)),
        ("id", "perikanan", ("fish",)),
        ("id", "menteri", ("minister",)),
        ("id", "kementerian", ("minister",)),
        ("id", "penari", ("dance",)),
        ("id", "tarif", ()),
    ],
)
def test_a_word_is_what_is_listed_or_else_a_form_of_the_longest_root(language, word, found, tmp_path, monkeypatch):
    """Founded is no form of find, a minister is no anchovy, and what is given is no fish: what is listed comes first."""
    lines = (
        "find = temu",
        "found founded = diri",
        "hop = lompat",
        "hope = harap",
        "give = beri !berikan",
        "fish = ikan",
    )
    path = tmp_path / "glossary.txt"
    path.write_text(
        "\n".join((*lines, "minister = menteri", "anchovy = teri", "dance = tari", "if = f")), encoding="utf-8"
    )
    monkeypatch.setattr("processing.stories.glossary.glossary", lambda: read_glossary(path))
    assert meanings(word, language) == found


def test_words_that_a_headline_capitalises_are_no_names():
    """Where the text has them in lower case; a name stays, and so does a number."""
    text = "Kapal itu diluncurkan di Surabaya. PT PAL akan luncurkan satu lagi, dengan kandungan lokal 41 persen."
    found = lasting_names("PT PAL Luncurkan Fregat, Kandungan Lokal Naik Jadi 41%", text, text)
    assert {"pal", "fregat", "naik", "41", "surabaya"} <= set(found)
    assert lasting_names("Kapal Sat Uji", "Tiga satelit diuji.", "Tiga satelit diuji.") == ["sat", "uji"]
    assert {"luncurkan", "kandungan", "lokal"}.isdisjoint(found)


def test_loans_and_names_in_two_spellings_have_one_key():
    """What both languages took from elsewhere is known without being listed; false friends are not."""
    known = cognates()
    assert known["investigation"] == known["investigasi"]
    assert known["activist"] == known["aktivis"]
    assert known["significant"] == known["signifikan"]
    assert known["primary"] == known["primer"]
    assert known["dialogue"] == known["dialog"]
    assert known.keys().isdisjoint(("policy", "fraction", "commit"))
    assert name_key("moscow") == name_key("moskow")
    assert name_key("houthi's") == name_key("houthi")
    assert name_key("sana'a") == name_key("sanaa")
    assert name_key("39") == "39"


def test_dates_are_no_counts():
    """A day and a year that two texts share make them no more alike; the day is known as one."""
    found, left = named_days(
        "Ledakan pada Selasa (10/9/2019) menewaskan 14 orang, terbesar sejak 2009 (8/9) di 31/31/2019."
    )
    assert found == {date(2019, 9, 10)}
    assert re.findall(r"\d+", left) == ["14"]


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("Kapal itu masuk pada Selasa (10/9).", date(2019, 9, 11), {date(2019, 9, 10)}),
        ("Kapal itu masuk pada Selasa (10/9/2019).", None, {date(2019, 9, 10)}),
        ("The ship came in on Tuesday.", date(2019, 9, 11), {date(2019, 9, 10)}),
        ("Kapal itu akan masuk pada Kamis.", date(2019, 9, 11), {date(2019, 9, 12)}),
        ("Kapal itu masuk pada Selasa (10/9).", None, set()),
        ("Kapal itu masuk pada Rabu (31/12).", date(2026, 1, 2), {date(2025, 12, 31)}),
        ("Kapal itu akan masuk pada Jumat (2/1).", date(2025, 12, 30), {date(2026, 1, 2)}),
        ("Sebanyak 31/2 kapal masuk selama dua minggu.", date(2019, 9, 11), set()),
    ],
)
def test_the_day_of_an_event_is_what_its_top_says(text, at, told):
    """A day, with its year or without, or a weekday next to the day on which the article came out; a week is no day."""
    assert told_days(text, at) == told


def test_events_of_two_days_are_likelier_two_stories():
    """A shared day speaks for joining, two different ones against it, and more so; none says nothing."""
    grouper = Grouper()
    title, text = SHIP
    grouper.add(arrival("1", (title, f"Natuna, Jumat (20/11). {text}")))
    likely = []
    for said in ("Jumat (20/11)", "siang hari", "Sabtu (21/11)"):
        given = arrival("2", (SHIP_RETOLD[0], f"Jakarta, {said}. {SHIP_RETOLD[1]}"))
        likely.append(ODDS.of_article(grouper._told["1"], grouper._scales.weigh(given).features, "id"))
    assert likely[0] > likely[1] > likely[2]
    assert likely[1] - likely[2] > likely[0] - likely[1]


def test_a_day_of_background_closes_no_story():
    """An article without a date that names a day of years ago joins what is told today."""
    grouper = Grouper()
    grouper.add(arrival("1", SHIP))
    late = arrival("2", (SHIP_RETOLD[0], f"{SHIP_RETOLD[1]} Perjanjian itu diteken pada 5/4/2009."), at=None)
    assert grouper.add(late).story == "1"


def test_days_of_silence_count_against_joining():
    """What is told alike the next day is likelier one story than what is told alike five days later."""
    grouper = Grouper()
    grouper.add(arrival("1", SHIP))
    scores = []
    for later in (1, 5):
        at = NOON + timedelta(days=later)
        retold = grouper._scales.weigh(arrival("2", SHIP_RETOLD, at=at))
        scores.append(ODDS.of_article(grouper._told["1"], retold.features, "id"))
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


@pytest.mark.corpus
@pytest.mark.heavy
@pytest.mark.parametrize("hours", LATE_FLOORS)
def test_late_arrival_changes_little(shared, hours):
    """Articles that come in some hours late are joined much as in order."""
    assert story_orders.lateness(shared / "corpus" / "stories", hours)[1] >= LATE_FLOORS[hours]


@pytest.mark.corpus
@pytest.mark.heavy
def test_stories_across_languages_hold_in_other_orders(shared):
    """Pairs across languages are joined as well as when it was last measured, by blocks and by date."""
    found = story_orders.across(shared / "corpus" / "stories", ORDERS, ORDERS)
    means = {kind: mean_score(scores)[2] for kind, scores in found.items()}
    assert {kind: mean for kind, mean in means.items() if mean < ORDERS_FLOORS[kind]} == {}


@pytest.mark.corpus
def test_stories_do_not_hang_on_the_order_of_sets(shared):
    """Another process, whose sets have another order, gives the same stories: ties are broken by what was told first."""
    code = (
        "import sys; from pathlib import Path; from benchmarks.story_sets import arrivals, loaded; from processing.stories import Grouper;"
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
