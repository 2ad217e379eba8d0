"""An article's sources are the newsrooms it says it rests on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from processing.attribution import sources_of

LABELLED = Path(__file__).parent / "labelled" / "attribution.jsonl"
FLOORS = {"recall": 0.97, "precision": 0.98, "copies": 0.97}
"""On the labelled sentences, all of which are right; .86, .99 and .86 before anything was mended for them."""


def sources(text: str, language: str = "id") -> list[str]:
    """Return the sources' names."""
    return [source.source for source in sources_of(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        ("Melansir Reuters, juru bicara itu membantah.", "id", "Reuters"),
        ("Ia membantah, seperti dikutip dari AFP, Senin (3/2).", "id", "AFP"),
        ("Sumber New York Times mengatakan, pertemuan batal.", "id", "The New York Times"),
        ("Permintaan komentar yang diajukan Reuters belum dijawab.", "id", "Reuters"),
        ("“Kami siap,” katanya kepada Antara.", "id", "ANTARA"),
        ("Mengutip kantor berita Anadolu, pasukan mundur.", "id", "Anadolu"),
        ("Demikian dilansir dari laman BBC, Selasa.", "id", "BBC"),
        ("Kantor berita Xinhua melaporkan, kapal telah tiba.", "id", "Xinhua"),
        ("Dikutip dari Kompas.com, rapat digelar tertutup.", "id", "Kompas"),
        ("The minister told the Financial Times that talks failed.", "en", "Financial Times"),
        ("Talks failed, Reuters reported on Monday.", "en", "Reuters"),
        ("Talks failed, according to the Associated Press.", "en", "AP"),
        ("The memo was first reported by The Washington Post.", "en", "The Washington Post"),
    ],
)
def test_forms_of_attribution(text: str, language: str, source: str) -> None:
    """Of both languages, to the newsroom's usual name; the words that say so are kept."""
    (found,) = sources_of(text, language)
    assert found.source == source
    assert found.evidence in text


@pytest.mark.parametrize(
    "text",
    [
        "Jarak antara Jakarta dan Bandung. Antara lain, ia hadir.",
        "Saham Reuters naik tiga persen.",
        "Foto: Reuters",
        "Asap membubung di kota itu (REUTERS/Nama Juru Foto)",
        "Kantor BBC di London dijaga polisi.",
        "“Kami siap,” katanya kepada Kompas.com.",
    ],
)
def test_a_newsroom_that_is_only_named_is_no_source(text: str) -> None:
    """Nor a picture's credit, nor the word antara, nor the outlet that was told."""
    assert sources(text) == []


def test_the_outlets_own_dateline_is_no_source() -> None:
    """Even where the outlet is quoted later by its own name."""
    assert sources(
        "JAKARTA, KOMPAS.com - Rapat batal.\nDikutip dari Kompas.com, rapat ditunda. Melansir AFP, damai."
    ) == ["AFP"]


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("WASHINGTON (Reuters) - Officials met on Monday.\nThey told The Washington Post more.", True),
        ("Jakarta (ANTARA) - Panglima hadir.\nRapat selesai.", True),
        ("Pasukan mundur.\nKota tenang kembali. (Reuters)", True),
        ("Pasukan mundur.\nSumber: Antara", True),
        ("Melansir Reuters, pasukan mundur.\nKota tenang.", True),
        ("Melansir Reuters, pasukan mundur.\nMenurut AFP, kota tenang.", False),
        ("Melansir BBC, pasukan mundur.", False),
        ("Pasukan mundur.\n" + "Kota tenang kembali setelah itu. " * 30 + "\nMelansir Reuters, jalan dibuka.", False),
    ],
)
def test_wire_copies(text: str, copy: bool) -> None:
    """One agency in dateline or last line, or alone and in the lead; a newspaper is no wire."""
    assert sources_of(text, "id")[0].wire_copy is copy


def test_each_source_once_in_order() -> None:
    """However often it is named."""
    assert sources("Melansir AFP, hujan.\nMenurut AFP, panas.\nMengutip Reuters, dingin.") == ["AFP", "Reuters"]


def test_a_long_text_of_capitals_is_quick() -> None:
    """The words between a cue and a name are bounded, so no text makes the search explode."""
    assert sources("Menurut " + "Abang Badrun " * 3000 + "Reuters") == []


def test_quoted_together() -> None:
    """A list of newsrooms is one quotation, wherever its cue stands."""
    assert sources("Dikutip dari Reuters, AFP, dan BBC, kota itu jatuh.") == ["Reuters", "AFP", "BBC"]
    assert sources("CNN and Reuters reported that the town fell.", "en") == ["CNN", "Reuters"]


@pytest.mark.parametrize("outlet", ["Fox News", "fox_news", "FOX NEWS"])
def test_the_outlet_itself_is_no_source(outlet: str) -> None:
    """Where the caller says which it is, by name or key."""
    found = sources_of("He told Fox News that Reuters reported it.", "en", outlet=outlet)
    assert [source.source for source in found] == ["Reuters"]


def test_a_caption_may_stand_before_the_dateline() -> None:
    """As on the pages of one agency."""
    text = "Kapal di pelabuhan, Senin. (AP Photo/Nama)\nSEOUL (AP) — Kapal itu berlayar."
    assert [(s.source, s.wire_copy) for s in sources_of(text, "id")] == [("AP", True)]


def test_labelled_sentences() -> None:
    """140 sentences in the forms of both languages' press, a third of them traps, keep their floors."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    found = [sources_of(row["text"], row["language"]) for row in rows]
    named = [{source.source for source in sources} for sources in found]
    right = sum(len(names & set(row["sources"])) for names, row in zip(named, rows, strict=True))
    copies = sum(
        any(s.wire_copy for s in sources) == row["wire_copy"] for sources, row in zip(found, rows, strict=True)
    )
    assert len(rows) >= 120
    assert right >= FLOORS["recall"] * sum(len(row["sources"]) for row in rows)
    assert right >= FLOORS["precision"] * sum(map(len, named))
    assert copies >= FLOORS["copies"] * len(rows)
