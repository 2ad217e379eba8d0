"""Languages are told from short samples, in any case, and not guessed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from processing.language import _detectors, language_of, ngrams

CORPUS_SHA256 = "441e94def7ce475d426fcfefab37a00fb5a7da52500f8d81bfc7fb0d467edba2"
FEWEST_MALAY = 61
"""Of 62 Malay articles by title and 400 characters, nobody declaring Malay; 62 when this was written."""
FEWEST_ENGLISH_HEADLINES = 56
"""Of 62 English headlines alone, nobody declaring English; 57 when this was written, 51 before capitals were kept."""
INDONESIAN = "Menteri Pertahanan menyatakan bahwa kapal itu akan tiba di pelabuhan pada akhir pekan ini."
ENGLISH = "The defence minister said that the ship would arrive at the port by the end of this week."


@pytest.mark.parametrize(("text", "language"), [(INDONESIAN, "id"), (ENGLISH, "en"), (INDONESIAN.upper(), "id")])
def test_a_sentence_is_enough(text: str, language: str) -> None:
    """Also in capitals, which langdetect by itself gets wrong."""
    assert language_of("", text) == language


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Minister tritt nach Streit zurück", "de"),
        ("Le ministre démissionne après une dispute", "fr"),
        ("Minister går af efter strid om budgettet", "da"),
    ],
)
def test_headlines_in_other_languages_stay_theirs(headline: str, language: str) -> None:
    """Though Indonesian and English are expected where nobody declares a language."""
    assert language_of(headline, "") == language


@pytest.mark.parametrize("text", ["", "   ", "12/9", "KTT G20", "2026 – 100%"])
def test_what_is_too_short_is_undetermined(text: str) -> None:
    """Whatever the outlet declares."""
    assert language_of(text, "", declared=["id"]) == "und"


def test_addresses_are_no_language() -> None:
    """Letters alone are not enough: langdetect finds nothing to go by."""
    assert language_of("", "https://example.org/berita/kapal " * 5, declared=["id"]) == "und"


MALAY = (
    "Menteri Pertahanan berkata kapal itu dijangka tiba di pelabuhan pada hujung minggu ini kerana cuaca buruk. "
    "Beliau memberitahu akhbar bahawa syarikat itu akan menghantar jurulatih ke pangkalan tentera."
)
JAVANESE = (
    "Menteri Pertahanan ngandharake yen kapal iku bakal teka ing pelabuhan minggu iki. Para prajurit wis siyaga wiwit "
    "wingi, nanging cuaca ora becik. Kapal kasebut nggawa panganan lan obat kanggo warga sing kena banjir saka desa."
)
SUNDANESE = (
    "Menteri Pertahanan nyarios yén éta kapal baris datang ka palabuan dina minggu ieu. Para prajurit geus siap ti "
    "kamari, tapi cuaca henteu alus. Kapal téh mawa dahareun jeung ubar pikeun warga nu katarajang caah di désa."
)


@pytest.mark.parametrize(
    ("text", "language"), [(MALAY, "ms"), (JAVANESE, "jv"), (SUNDANESE, "su"), (MALAY.upper(), "ms")]
)
def test_the_relatives_of_indonesian_are_told_by_their_words(text: str, language: str) -> None:
    """Langdetect calls all of them Indonesian; nobody needs to declare them."""
    assert language_of("", text) == language


def test_where_words_do_not_tell_the_outlet_does() -> None:
    """A headline that is good Malay and Indonesian alike; a text full of the other's words is not overruled."""
    headline = "Menteri Pertahanan Tiba di Jakarta untuk Pertemuan Dua Hari"
    assert language_of(headline, "", declared=["ms"]) == "ms"
    assert language_of(headline, "", declared=["ms", "id"]) == "ms"
    assert language_of(headline, "", declared=["id", "ms"]) == "id"
    assert language_of("", MALAY, declared=["id"]) == "ms"
    assert language_of("", f"{INDONESIAN} Karena itu polisi dan kantor pemerintah bersiap.", declared=["ms"]) == "id"
    assert language_of("", ENGLISH, declared=["ms"]) == "en"


def test_a_foreign_quotation_at_the_beginning() -> None:
    """Does not decide over an article: half of the sample is from its middle, and the outlet is believed."""
    article = '"We shall not leave this port before the weather has changed." ' + f"{INDONESIAN} " * 12
    assert language_of("Kapal Perang Tertahan di Pelabuhan", article, declared=["id"]) == "id"


def test_the_quick_loop_finds_what_langdetects_own_finds() -> None:
    """The same runs of characters, as often; also of accents and other scripts."""
    for text in (MALAY, ENGLISH, "“Ça va”, İstanbul -- ệ 北京 今日は https://example.org привет.", "a  b.c"):
        detector = _detectors(latin=False).create()
        detector.append(text.lower() + ".")
        assert Counter(ngrams(detector.text, detector.word_lang_prob_map)) == Counter(detector._extract_ngrams())


def test_the_same_text_gets_the_same_answer() -> None:
    """The detector is seeded: its trials are random otherwise."""
    mixed = "Breaking: kapal perang USS Nimitz tiba, says navy official di pelabuhan today"
    assert len({language_of(mixed, "") for _ in range(20)}) == 1


@pytest.mark.corpus
def test_articles_of_the_corpus(shared: Path) -> None:
    """On title and 200 characters all Indonesian and English articles are right; whole Malay ones without the outlet's word."""
    data = (shared / "corpus" / "language" / "ntrex.jsonl").read_bytes()
    assert hashlib.sha256(data).hexdigest() == CORPUS_SHA256
    rows = [json.loads(line) for line in data.decode("utf-8").splitlines()]
    assert [
        r["doc"] for r in rows if r["lang"] != "ms" and language_of(r["headline"], r["text"][:200]) != r["lang"]
    ] == []
    assert [r["doc"] for r in rows if language_of(r["headline"], r["text"]) != r["lang"]] == []
    english = [language_of(r["headline"], "") for r in rows if r["lang"] == "en"]
    assert english.count("en") >= FEWEST_ENGLISH_HEADLINES
    malay = [language_of(r["headline"], r["text"][:400]) for r in rows if r["lang"] == "ms"]
    assert malay.count("ms") >= FEWEST_MALAY
