"""Languages are told from short samples, in any case, and not guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from processing.language import language_of

INDONESIAN = "Menteri Pertahanan menyatakan bahwa kapal itu akan tiba di pelabuhan pada akhir pekan ini."
ENGLISH = "The defence minister said that the ship would arrive at the port by the end of this week."


@pytest.mark.parametrize(("text", "language"), [(INDONESIAN, "id"), (ENGLISH, "en"), (INDONESIAN.upper(), "id")])
def test_a_sentence_is_enough(text: str, language: str) -> None:
    """Also in capitals, which langdetect by itself gets wrong."""
    assert language_of("", text) == language


@pytest.mark.parametrize("text", ["", "   ", "12/9", "KTT G20", "2026 – 100%"])
def test_what_is_too_short_is_undetermined(text: str) -> None:
    """Whatever the outlet declares."""
    assert language_of(text, "", declared=["id"]) == "und"


def test_addresses_are_no_language() -> None:
    """Letters alone are not enough: langdetect finds nothing to go by."""
    assert language_of("", "https://example.org/berita/kapal " * 5, declared=["id"]) == "und"


def test_malay_is_the_outlets_word() -> None:
    """What langdetect calls Indonesian may be Malay: an outlet that declares Malay first is believed, one that does not is not."""
    malay = "Menteri Pertahanan berkata kapal itu dijangka tiba di pelabuhan pada hujung minggu ini."
    assert language_of("", malay, declared=["ms"]) == "ms"
    assert language_of("", malay, declared=["ms", "id"]) == "ms"
    assert language_of("", INDONESIAN, declared=["id", "ms"]) == "id"
    assert language_of("", ENGLISH, declared=["ms"]) == "en"


def test_the_same_text_gets_the_same_answer() -> None:
    """The detector is seeded: its trials are random otherwise."""
    mixed = "Breaking: kapal perang USS Nimitz tiba, says navy official di pelabuhan today"
    assert len({language_of(mixed, "") for _ in range(20)}) == 1


@pytest.mark.corpus
def test_articles_of_the_corpus(shared: Path) -> None:
    """On title and 200 characters all 62 Indonesian and English articles are right, Malay where it is declared."""
    path = shared / "corpus" / "language" / "ntrex.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wrong = [
        row["doc"]
        for row in rows
        if language_of(row["headline"], row["text"][:200], declared=["ms"] if row["lang"] == "ms" else [])
        != row["lang"]
    ]
    assert wrong == []
