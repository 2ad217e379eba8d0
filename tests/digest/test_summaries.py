"""Summaries: two sentences of an article, chosen by what the story's other newsrooms tell; of a lone article its lead."""

import hashlib
from dataclasses import replace

import pytest
from digest_samples import article

from benchmarks import summaries as benchmark
from processing.digest.choosing import choose, weights
from processing.digest.summary import CHARACTERS, lead, telling

TITLE = "Kapal penjaga pantai asing masuk ZEE Natuna"
OPENING = "Suasana dermaga Selat Lampa masih lengang ketika kabar pertama datang pada Sabtu pagi."
CREDIT = "Foto: dokumen humas."
SHIP = "KN Tanjung Datu membayangi kapal penjaga pantai itu selama 14 jam sampai keluar dari zona ekonomi eksklusif."
SPEECH = "Ia menolak menyebut negara asalnya."
ENVOY = "Kementerian Luar Negeri memanggil duta besar negara itu pada Sabtu malam."
COLOUR = "Nelayan setempat menjemur jaring seperti biasa sambil menunggu cuaca membaik."

TOLD = article("kompas", TITLE, OPENING, CREDIT, f"{SHIP} {SPEECH}", COLOUR, ENVOY, id_=1)
OTHERS = (
    article("detik", "KN Tanjung Datu bayangi kapal 14 jam", "Kapal itu keluar dari zona ekonomi eksklusif.", id_=2),
    article("sindonews", "Duta besar dipanggil", "KN Tanjung Datu dikerahkan; Kementerian Luar Negeri bicara.", id_=3),
)

CORPUS_SHA256 = "a0757927caa89127a8e41480ac368c093734dcca328e9f41f0bec5f6fa8ebcb7"

FLOORS = {"indonesian": 0.130, "crosslingual": 0.105, "ecbplus": 0.133}
"""The share of a story told on the corpus with this hash, a hair below what was measured. Lowering one needs a reason beside it."""

GAIN = 1.15
"""And over the lead without a repeat of the title, at least this many times as much in every set."""


def texts(extracts):
    """Give the sentences of a summary."""
    return [extract.text for extract in extracts]


def test_what_other_newsrooms_tell_too_is_quoted():
    """The two sentences with the facts of the story, in the order of the text, not the scene that opens it."""
    assert texts(telling(TOLD, (TOLD, *OTHERS))) == [SHIP, ENVOY]
    assert texts(lead(TOLD))[0] == OPENING


def test_every_sentence_is_the_articles_own_and_has_it_as_its_source():
    """Nothing is written that the article does not say."""
    for extract in telling(TOLD, (TOLD, *OTHERS)):
        assert extract.text in " ".join(TOLD.paragraphs)
        assert extract.source.url == TOLD.url


@pytest.mark.parametrize(
    "others",
    [
        (),
        (replace(OTHERS[0], duplicate_of=1),),
        (replace(OTHERS[0], group=TOLD.group),),
        (replace(OTHERS[0], language="en"),),
    ],
    ids=["alone", "a copy", "a sister paper", "another language"],
)
def test_where_nobody_else_tells_the_story_the_lead_stands(others):
    """A copy, a sister paper and another language say nothing of which words matter."""
    assert telling(TOLD, (TOLD, *others)) == lead(TOLD)


def test_an_article_without_text_is_told_by_its_headline_alone():
    """No summary is better than an invented one."""
    assert telling(replace(TOLD, paragraphs=()), (TOLD, *OTHERS)) == ()


def test_two_sentences_and_three_hundred_characters_at_most():
    """However long sentences are; one that is too long by itself is passed over, or cut where there is no other."""
    wordy = replace(TOLD, paragraphs=(f"{'KN Tanjung Datu dan zona ekonomi eksklusif ' * 9}.", SHIP, ENVOY, COLOUR))
    endless = replace(TOLD, paragraphs=(f"{'KN Tanjung Datu dan zona ekonomi eksklusif ' * 9}.",))
    assert texts(telling(wordy, (wordy, *OTHERS))) == [SHIP, ENVOY]
    (cut,) = texts(telling(endless, (endless, *OTHERS)))
    assert len(cut) <= CHARACTERS
    assert cut.endswith("…")


def test_a_sentence_that_leans_on_another_is_not_quoted_without_it():
    """`Ia` and `He` need the sentence before them, and so does speech; with it they may stand."""
    weighed = {"dukungan": 1.0, "tanjung": 0.1}
    told = [
        "Kapal Tanjung Datu tiba pada pagi hari.",
        "Ia meminta dukungan dari semua pihak.",
        "Warga pulang ke rumah.",
    ]
    assert choose("Judul", told, weighed, room=300, most=2) == told[:2]
    assert choose("Judul", told, weighed, room=60, most=1) == told[:1]
    for opening in ("Keduanya", "Kepastian itu", "Salah satunya", "One", "The other", "However, it"):
        leaning = [
            "Kapal Tanjung Datu tiba pada pagi hari.",
            "Warga pulang ke rumah.",
            f"{opening} meminta dukungan dari semua pihak.",
        ]
        assert leaning[2] not in choose("Judul", leaning, weighed, room=300, most=2)


def test_a_summary_says_what_it_is_about():
    """It begins with the article's opening, or with a sentence that has two words of the headline."""
    weighed = weights([ENVOY, ENVOY.replace("Sabtu", "Minggu")])
    assert choose(TITLE, [OPENING, COLOUR, ENVOY], weighed, room=200, most=2) == [OPENING, ENVOY]
    assert choose(TITLE, [OPENING, COLOUR, f"Kapal asing: {ENVOY}"], weighed, room=100, most=2) == [
        f"Kapal asing: {ENVOY}"
    ]


def test_a_sentence_that_repeats_the_title_and_a_credit_line_are_passed_over():
    """The headline stands right above."""
    weighed = weights(["Natuna dermaga Kapal asing masuk ZEE Natuna dermaga humas"])
    told = ["Kapal penjaga pantai masuk ZEE Natuna.", "Foto: dokumen humas.", OPENING]
    assert choose(TITLE, told, weighed, room=300, most=2) == [OPENING]


def test_the_same_words_are_not_told_twice():
    """Of two sentences with the same facts one is quoted, and the other's room goes to what is new."""
    again = "Selama 14 jam KN Tanjung Datu membayangi kapal penjaga pantai sampai keluar zona ekonomi eksklusif."
    told = replace(TOLD, paragraphs=(SHIP, again, ENVOY))
    assert texts(telling(told, (told, *OTHERS))) == [SHIP, ENVOY]


def test_the_order_in_which_others_come_changes_nothing():
    """The same story gives the same bytes."""
    assert telling(TOLD, (TOLD, *OTHERS)) == telling(TOLD, (*reversed(OTHERS), TOLD))


@pytest.mark.corpus
def test_more_of_a_story_is_told_than_by_its_lead(shared):
    """On the story corpus, in both languages, measured by articles that the method did not see."""
    folder = shared / "corpus" / "stories"
    files = b"".join((folder / f"{name}.jsonl").read_bytes() for name in benchmark.STORIES)
    assert hashlib.sha256(files).hexdigest() == CORPUS_SHA256, "another corpus: measure anew, then pin its figures"
    made = benchmark.cases(folder)
    ours = benchmark.by_set(made, lambda case: benchmark.share(benchmark.chosen(case.article, case.seen), case))
    plain = benchmark.by_set(made, lambda case: benchmark.share(benchmark.lead_without_repeat(case.article), case))
    for name, floor in FLOORS.items():
        assert ours[name] >= floor, name
        assert ours[name] >= GAIN * plain[name], name
