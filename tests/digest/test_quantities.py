"""Numbers as values, however either language writes them."""

import pytest

from processing.digest.quantities import quantities


@pytest.mark.parametrize(
    ("indonesian", "english", "values"),
    [
        ("Rp 1.000,5", "1,000.5 rupiah", {"1000.5"}),
        ("1.234.567 orang", "1,234,567 people", {"1234567"}),
        ("Rp 54,8 triliun", "54.8 trillion rupiah", {"54800000000000"}),
        ("US$ 4,1 miliar", "$4.1bn", {"4100000000"}),
        ("empat belas jam", "14 hours", {"14"}),
        ("dua puluh tiga kapal", "twenty-three ships", {"23"}),
        ("seratus lima prajurit", "one hundred and five soldiers", {"105"}),
        ("tiga ratus dua puluh ribu ton", "320,000 tonnes", {"320000"}),
        ("dua juta rumah", "two million homes", {"2000000"}),
        ("pukul 06.00 WIB", "at 06:00", {"6:00"}),
        ("pukul 18:30", "at 18:30", {"18:30"}),
        ("kedua negara", "both countries", {"2"}),
        ("insiden ketiga pada 2026", "the third incident in 2026", {"3", "2026"}),
        ("ratusan warga", "hundreds of residents", {"hundreds"}),
        ("F-16 dan S-400", "F-16 and S-400", {"16", "400"}),
        ("satu kapal", "one ship", set()),
        ("dua, tiga kapal", "two, three ships", {"2", "3"}),
        ("tidak ada angka", "there is no number", set()),
    ],
)
def test_both_languages_give_the_same_values(indonesian, english, values):
    """In digits with each language's marks, in words, with words of scale, as hours."""
    assert quantities(indonesian, "id") == quantities(english, "en") == values


def test_marks_are_read_as_the_language_has_them():
    """A thousand and a half is not a million: what a model copies without changing the marks is found out."""
    assert quantities("1.500 prajurit", "id") == {"1500"}
    assert quantities("1.500 soldiers", "en") == {"1.5"}


def test_what_is_no_number_is_kept_as_it_is_written():
    """An odd chain of digits equals itself alone, and nothing breaks."""
    assert quantities("versi 1.2.3,4 dan ²", "id") == {"1.2.3,4", "²"}
