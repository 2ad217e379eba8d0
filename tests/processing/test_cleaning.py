"""Cleaning: characters, boilerplate, credits, datelines and names."""

import pytest

from processing.cleaning import House, clean, tidy
from processing.cleaning.boilerplate import is_boilerplate
from processing.cleaning.credits import Credits, credits_of
from processing.cleaning.dateline import dateline_of
from processing.cleaning.names import names_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\u200bc\ufeff", "abc"),
        ("satu\u2028dua\x85tiga\u00a0 empat\n\tlima", "satu dua tiga empat lima"),
        ("e\u0301", "é"),
        ("kata\u00adkata \u202eterbalik", "katakata terbalik"),
        ("👩\u200d✈️ می\u200cخواهم", "👩\u200d✈️ می\u200cخواهم"),
    ],
)
def test_only_sound_characters_are_stored(text, expected):
    """No NUL (Postgres), no U+2028 or U+0085 (mail headers), NFC; the joiners that scripts need stay."""
    assert tidy(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Baca Juga: Kapal perang baru tiba di Surabaya",
        "BACA JUGA",
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "Cek Berita dan Artikel yang lain di Google News",
        "Simak juga Video 'Latihan gabungan di Natuna'",
        "[Gambas:Video 20detik]",
        "(rds/bac)",
        "(***)",
        "Halaman 2 dari 3",
        "Ikuti berita kami di Google News",
        "Mari bergabung di kanal WhatsApp kami",
        "Artikel ini telah tayang di harian kami dengan judul lain",
        "Read more: Carrier group enters the strait",
        "Related stories",
        "Sign up for our daily newsletter",
        "© 2026 Contoh Media. All rights reserved.",
        "The post Frigate launched appeared first on Example News.",
    ],
)
def test_furniture_is_told(line):
    """The patterns of the dossier, in any case."""
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Simak pernyataan lengkap menteri itu, yang dibacakan di depan parlemen pada Kamis.",
        "Sumber di kementerian mengatakan kapal itu akan tiba pekan depan.",
        (
            "Google News diblokir di negara itu sejak pekan lalu karena pemerintah menuduh agregator berita tersebut menyebarkan "
            "kabar bohong tentang perang, sementara kantor perwakilan perusahaan di ibu kota tidak menjawab pertanyaan."
        ),
        "Related sanctions on the shipyard were lifted in May.",
        "Read the room, the minister told his generals.",
        "Editor senior itu ditahan di bandara.",
    ],
)
def test_prose_that_begins_like_furniture_stays(line):
    """Patterns are anchored, and the loose ones hold for short lines only."""
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Reporter: Siti Aminah | Editor: Budi Santoso", Credits(("Siti Aminah",), "Budi Santoso")),
        ("Editor: Budi Santoso", Credits((), "Budi Santoso")),
        (
            "Pewarta: Siti Aminah/Joko Susilo Editor: Budi Santoso",
            Credits(("Siti Aminah", "Joko Susilo"), "Budi Santoso"),
        ),
        ("Penulis : Siti Aminah, Joko Susilo", Credits(("Siti Aminah", "Joko Susilo"), None)),
        ("Sumber: Reuters", Credits()),
        (
            "Pewarta: Siti Aminah Editor: Budi Santoso Copyright © ANTARA 2026",
            Credits(("Siti Aminah",), "Budi Santoso"),
        ),
        ("Rep: Siti Aminah/ Red: Budi Santoso", Credits(("Siti Aminah",), "Budi Santoso")),
        ("Editor: kami menunggu jawaban. Sampai malam belum ada kabar.", None),
        ("Sumber kami mengatakan: kapal itu tiba.", None),
        ("Menteri itu berkata: tidak.", None),
    ],
)
def test_credit_lines_become_names(line, expected):
    """A line of roles and names is credits; a sentence that opens with a role is not."""
    assert credits_of(line) == expected


KONTAN = r"^\s*KONTAN\.CO\.ID\s*[-–—]\s*(?:(?P<place>[A-Z][A-Z .'’/()-]{1,40}?)\.\s+)?"


def test_an_outlets_own_dateline_leaves_the_text():
    """The declared form tells the place and is taken off; so is the outlet's bare name."""
    assert dateline_of("KONTAN.CO.ID - NEW YORK. Pemimpin itu", KONTAN) == ("NEW YORK", "Pemimpin itu")
    assert dateline_of("KONTAN.CO.ID - Pemimpin itu", KONTAN) == (None, "Pemimpin itu")
    assert dateline_of("Pemimpin itu", KONTAN) == (None, "Pemimpin itu")


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("JAKARTA, KOMPAS.com - ", "JAKARTA"),
        ("KONTAN.CO.ID - NEW YORK. ", "NEW YORK"),
        ("TEMPO.CO, Washington D.C - ", "Washington D.C"),
        ("Jakarta, CNN Indonesia -- ", "Jakarta"),
        ("Mataram, NTB (ANTARA) - ", "Mataram, NTB"),
        ("REPUBLIKA.CO.ID, JAKARTA -- ", "JAKARTA"),
        ("LONDON, Sept 4 (Reuters) - ", "LONDON"),
        ("SEOUL, South Korea (AP) — ", "SEOUL, South Korea"),
        ("MOSCOW, September 4. /TASS/. ", "MOSCOW"),
        ("PYONGYANG - ", "PYONGYANG"),
        ("WASHINGTON DC - ", "WASHINGTON DC"),
    ],
)
def test_without_a_declared_form_the_place_is_told_and_the_text_kept(opening, place):
    """What opens the text may be a wire's credit, on which attribution rests."""
    text = f"{opening}Kapal itu berlayar."
    assert dateline_of(text) == (place, text)


@pytest.mark.parametrize(
    "text", ["Kapal itu - yang terbesar - berlayar.", "AS siap berunding.", "Presiden Prabowo berkata."]
)
def test_prose_has_no_dateline(text):
    """A dash in a sentence is no dateline."""
    assert dateline_of(text)[0] is None


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ana Ruiz and Tom Lee", ("Ana Ruiz", "Tom Lee")),
        ("Oleh: Siti Aminah", ("Siti Aminah",)),
        ("Ana Ruiz, Correspondent", ("Ana Ruiz",)),
        ("Ana Ruiz (Kyiv)", ("Ana Ruiz",)),
        ("Ana Ruiz, Example News", ("Ana Ruiz",)),
        ("Siti Aminah - detikNews", ("Siti Aminah",)),
        ("https://example.org/writers/ana", ()),
        ("admin", ()),
        ("Example News", ()),
        ("J. R. Smith Jr.", ("J. R. Smith Jr.",)),
    ],
)
def test_bylines_become_names(byline, names):
    """Lists are taken apart; roles, places, addresses and the outlet's own name go."""
    assert names_of([byline], not_these=["Example News"]) == names


def test_cleaning_puts_all_of_it_together():
    """Boilerplate and repetition go, credits and dateline become fields, the house's end of the article is kept."""
    long = "Armada itu meninggalkan pangkalan pada pagi hari, kata juru bicara angkatan laut di ibu kota, tanpa merinci tujuan."
    cleaned = clean(
        [
            "Reporter: Siti Aminah | Editor: Budi Santoso",
            f"KONTAN.CO.ID - SURABAYA. {long}",
            "Baca Juga: Kapal lain",
            "Ya.",
            long,
            long,
            "Ya.",
            "Berita Terkait di halaman ini",
            "Bukan bagian artikel.",
        ],
        House(dateline=KONTAN, cut_from=(r"^Berita Terkait",)),
    )
    assert cleaned.paragraphs == (long, "Ya.", "Ya.")
    assert (cleaned.authors, cleaned.editor, cleaned.dateline) == (("Siti Aminah",), "Budi Santoso", "SURABAYA")


def test_credits_below_the_end_of_the_article_are_still_read():
    """Kontan prints its editor under the Google News line."""
    cleaned = clean(
        ["Isi.", "Cek Berita lainnya", "Teks lain.", "Editor: Budi Santoso"], House(cut_from=("^Cek Berita",))
    )
    assert (cleaned.paragraphs, cleaned.editor) == (("Isi.",), "Budi Santoso")
