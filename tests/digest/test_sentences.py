"""Plain text and where a sentence ends."""

import pytest

from processing.digest.plain import plain, safe_link, shorten, shorten_headline
from processing.digest.sentences import sentences


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "Jend. (Purn.) Wiranto tiba di Natuna pukul 06.00 WIB. Ia disambut Letjen. TNI Agus.",
            ["Jend. (Purn.) Wiranto tiba di Natuna pukul 06.00 WIB.", "Ia disambut Letjen. TNI Agus."],
        ),
        (
            "Perpres No. 8 Tahun 2021 dicabut. Anggaran Rp 1.500.000 dialihkan.",
            ["Perpres No. 8 Tahun 2021 dicabut.", "Anggaran Rp 1.500.000 dialihkan."],
        ),
        ("Will they go? He said no. Then he left.", ["Will they go?", "He said no.", "Then he left."]),
        (
            "The U.S. Navy sent Lt. Gen. J. R. Smith. It gave no reason.",
            ["The U.S. Navy sent Lt. Gen. J. R. Smith.", "It gave no reason."],
        ),
        ("They met in the U.S. The talks failed.", ["They met in the U.S.", "The talks failed."]),
        (
            '"Kami siap. Kami tidak mundur," kata Yudo. Ia menolak merinci.',
            ['"Kami siap. Kami tidak mundur," kata Yudo.', "Ia menolak merinci."],
        ),
        ("“We will stay. We will fight.” Kyiv agreed.", ["“We will stay. We will fight.”", "Kyiv agreed."]),
        ('Ia berkata "cukup. Lalu pergi. Semua diam.', ['Ia berkata "cukup.', "Lalu pergi.", "Semua diam."]),
        ("Tanpa titik di akhir", ["Tanpa titik di akhir"]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(paragraph, expected):
    """Titles, numbers, initials and quotations end no sentence; a quotation that never closes is split all the same."""
    assert sentences(paragraph) == expected


def test_no_word_is_lost_in_splitting():
    """The sentences together are the paragraph."""
    paragraph = (
        'Kol. A. Rahman (52) tiba. "Aman," katanya! Benarkah? No. 3 pergi... Lalu e.g. Dr. Siti. U.S. A. Selesai'
    )
    assert " ".join(sentences(paragraph)) == paragraph


def test_plain_text_can_break_nothing():
    """Line ends, separators, control characters and direction marks go; letters of any script stay."""
    assert plain(" a\r\nBcc: x\u2028b\u2029c\u0085d\x00e\x1bf\u202eg\u2069\ufeff عربي ") == "a Bcc: x b c d e fg عربي"


def test_an_encoded_word_is_taken_apart():
    """In a header it would be decoded, with the line ends in it."""
    assert plain("Kapal =?utf-8?q?=0D=0ABcc:_x?= lagi") == "Kapal = ?utf-8?q?=0D=0ABcc:_x?= lagi"


@pytest.mark.parametrize("limit", [20, 40, 65])
def test_shortening_keeps_whole_words_and_the_limit(limit):
    """A cut text ends with an ellipsis after a whole word."""
    text = "Kapal penjaga pantai berbendera asing bertahan di zona ekonomi eksklusif Indonesia"
    cut = shorten(text, limit)
    assert len(cut) <= limit
    assert text.startswith(cut[:-1] + " ")
    assert shorten("pendek", limit) == "pendek"
    assert len(shorten("x" * 300, limit)) == limit


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("http://a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", None),
        ("//a.example/x", None),
        ("https://a.example/x\r\nBcc: y", None),
    ],
)
def test_only_safe_https_links_are_given(address, link):
    """What a mail may not link to is no link at all."""
    assert safe_link(address) == link


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Kapal asing masuk ZEE di Natuna, Bakamla kerahkan kapal", "Kapal asing masuk ZEE di Natuna…"),
        ("Natuna: kapal asing masuk ZEE Indonesia sejak pagi", "Natuna: kapal asing masuk ZEE Indonesia…"),
        ("Anggaran Rp 54,8 triliun untuk alutsista disepakati", "Anggaran Rp 54,8 triliun untuk…"),
        ("Kapal asing pergi, nelayan lega", "Kapal asing pergi, nelayan lega"),
    ],
)
def test_a_headline_is_cut_at_the_end_of_a_clause(title, cut):
    """Where enough of it stays; a decimal comma ends none, and what fits is whole."""
    assert shorten_headline(title, 40) == cut
    assert len(cut) <= 40
