"""What a language model may make of an extract: nothing that the article does not say."""

import pytest

from processing.digest.rewording_check import faults

TALKS = "Negotiators agreed to exchange 600 prisoners before 5 December, Turkish mediators said. No date was set for another round."
TALKS_ID = "Para perunding sepakat menukar 600 tahanan sebelum 5 Desember, kata mediator Turki. Belum ada tanggal untuk putaran berikutnya."
MEETING = (
    "Presiden Jerman bertemu Menteri Pertahanan Prabowo Subianto di Jakarta pada Senin dan membahas dua belas kapal senilai"
    " Rp 1.500,5 miliar."
)
MEETING_EN = "The German president met Defence Minister Prabowo Subianto in Jakarta on Monday and discussed 12 ships worth 1,500.5 billion rupiah."


def to_indonesian(text, original=TALKS):
    """Check an Indonesian wording of an English text."""
    return faults(text, original, language="id", original_language="en")


def to_english(text, original=MEETING):
    """Check an English wording of an Indonesian text."""
    return faults(text, original, language="en", original_language="id")


def test_a_faithful_translation_passes_both_ways():
    """Names in each language's form, numbers with each language's marks, months, weekdays and offices translated."""
    assert to_indonesian(TALKS_ID) == []
    assert to_english(MEETING_EN) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TALKS_ID.replace("600", "900"), "numbers that the article has not: 900"),
        (TALKS_ID.replace("5 Desember", "5 November"), "names that the article has not: November"),
        (TALKS_ID.replace("600 tahanan", "tahanan"), "numbers that are left out: 600"),
        (TALKS_ID.replace("Belum ada", "Sudah ada"), "it negates more or less than the article"),
        (TALKS_ID.replace("sepakat", "tidak sepakat"), "it negates more or less than the article"),
        (TALKS_ID.replace("Turki", "Mesir"), "names that the article has not: Egypt"),
        (TALKS_ID.replace("Para perunding", "Erdogan"), "names that the article has not: Recep Tayyip Erdoğan"),
        (
            TALKS_ID.replace("kata mediator Turki", "kata Mehmet Yilmaz dari Turki"),
            "names that the article has not: Mehmet, Yilmaz",
        ),
        (f"{TALKS_ID} Semua lega.", "it has more than 2 sentences or 300 characters"),
        (TALKS_ID.replace("berikutnya.", "berikut"), "it breaks off"),
        (f"**{TALKS_ID}**", "it is not a plain sentence"),
        (TALKS_ID.replace(". Belum", ", lihat https://jahat.example. Belum"), "it is not a plain sentence"),
        (TALKS_ID.replace("tahanan", "tahanan\r\nBcc: x"), "it is not a plain sentence"),
        ("Belum ada kabar.", "most names are left out"),
        ("", "it is not a plain sentence"),
    ],
    ids=lambda value: value[:40],
)
def test_what_the_article_does_not_say_is_found(text, fault):
    """Invented or lost numbers, dates, names and negations; length, markup and links."""
    assert fault in to_indonesian(text)


def test_a_text_without_name_or_number_is_not_taken_on_trust():
    """Nothing would show that a translation says the same."""
    assert to_indonesian("Kota itu sunyi.", "The city was quiet.") == ["no name or number shows that it says the same"]


def test_a_denial_is_a_negation():
    """`denied` needs `membantah`, or its like."""
    original = "Iran denied that its forces had crossed into Iraq."
    assert to_indonesian("Iran membantah pasukannya masuk ke Irak.", original) == []
    assert "it negates more or less than the article" in to_indonesian(
        "Iran mengakui pasukannya masuk ke Irak.", original
    )


def test_a_name_that_opens_a_sentence_is_not_taken_for_a_common_word():
    """A capital says nothing there, so only common words of the one language pass."""
    original = "The minister said Iran would send 12 ships."
    assert to_indonesian("Menteri itu mengatakan Iran akan mengirim 12 kapal.", original) == []
    assert "names that the article has not: Haverkamp" in to_indonesian(
        "Haverkamp mengatakan Iran akan mengirim 12 kapal.", original
    )


def test_a_shortened_text_has_the_articles_words_alone():
    """In the same language nothing need be put another way."""
    short = "Turkish mediators said negotiators agreed to exchange 600 prisoners. No date was set."
    wrong = "Turkish mediators said negotiators promised to exchange 600 prisoners. No date was set."
    assert faults(short, TALKS, language="en", original_language="en") == []
    assert faults(wrong, TALKS, language="en", original_language="en") == ["words that the article has not: promised"]
