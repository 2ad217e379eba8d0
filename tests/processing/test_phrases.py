"""Terms and names are found whole, in their case, the longest first."""

from __future__ import annotations

import pytest

from processing.phrases import SUFFIXES, Phrases, fold, spellings


def found(phrases: list[str], text: str, suffixes: frozenset[str] = frozenset()) -> list[str]:
    """Return the words of the text that were found."""
    return [text[hit.start : hit.end] for hit in Phrases(phrases, suffixes=suffixes).find(text)]


def test_a_word_inside_another_word_is_not_found() -> None:
    """`perang` is not in `perangai`, `oman` not in `Roman`."""
    assert found(["perang", "oman"], "Perangai orang Roman; perang!") == ["perang"]


def test_of_overlapping_phrases_the_longest_is_kept() -> None:
    """The short one is still found where it stands alone."""
    assert found(["perang", "perang harga"], "Perang harga, lalu perang.") == ["Perang harga", "perang"]


def test_the_longest_is_kept_and_not_the_first() -> None:
    """Also where a shorter one begins before it; what a dropped one covered is free again."""
    assert found(["harga dolar", "dolar AS", "dolar AS Roma"], "harga dolar AS Roma") == ["dolar AS Roma"]
    assert found(["satu dua", "dua tiga empat", "empat lima"], "satu dua tiga empat lima") == ["dua tiga empat"]
    assert found(["satu dua", "dua tiga empat", "lima"], "satu dua tiga empat lima") == ["dua tiga empat", "lima"]


def test_the_longest_phrase_that_ends_inside_a_word_hides_nothing() -> None:
    """`serangan uda` fails at the word's end, so `serangan` is kept."""
    assert found(["serangan", "serangan uda"], "serangan udara") == ["serangan"]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("AS", "AS menang as usual", ["AS"]),
        ("Cuba", "cuba lagi di Cuba", ["Cuba"]),
        ("rudal", "RUDAL dan Rudal", ["RUDAL", "Rudal"]),
        ("Kim Jong Un", "Kim Jong-un", ["Kim Jong-un"]),
        ("Erdoğan", "Presiden Erdogan", ["Erdogan"]),
    ],
)
def test_case_hyphens_and_accents(phrase: str, text: str, expected: list[str]) -> None:
    """Capitals in the phrase are demanded of the text; hyphens and accents are not."""
    assert found([phrase], text) == expected


def test_clitics_are_part_of_no_other_word() -> None:
    """`rudalnya` is rudal in Indonesian; `rudalan` is not."""
    assert found(["rudal"], "rudalnya rudalan", SUFFIXES["id"]) == ["rudal"]


def test_braces_give_every_spelling() -> None:
    """Several groups multiply."""
    assert list(spellings("{a,b} c{,d}")) == ["a c", "a cd", "b c", "b cd"]


def test_folding_keeps_the_length() -> None:
    """Offsets in the folded text are offsets in the text, whatever the script."""
    text = "Ça İstanbul ß 北京 ﬁ “rudal”"
    assert len(fold(text)) == len(text)
