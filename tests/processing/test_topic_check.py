"""What `pantau topics check` finds: in the file alone, and on a corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from processing.topics import evidence_in, taxonomy
from processing.topics.collisions import Entry, Remark, collisions, entries
from processing.topics.taxonomy import Taxonomy, read_taxonomy
from processing.topics.usage import COVERED, ENOUGH, Text, never, remarks, usage

LABEL = 'iptc = "medtop:1"\nlabel = { id = "A", en = "A" }\n'


def rules(tmp_path: Path, war: str, cyber: str = "", rest: str = "", parent: str = "") -> Taxonomy:
    """Read a small taxonomy of two topics, war and cyber, with these lines in each, and more after them."""
    path = tmp_path / "small.toml"
    path.write_text(
        f'iptc_release = "2022"\n[[topic]]\ncode = "war"\n{LABEL}{war}\n[[topic]]\ncode = "cyber"\n{LABEL}{cyber}\n{parent}\n{rest}\n',
        "utf-8",
    )
    return read_taxonomy(path)


def kinds(found: list[Remark]) -> set[tuple[str, str, bool]]:
    """Reduce remarks to kind, term and whether they are wrong."""
    return {(remark.kind, remark.term, remark.wrong) for remark in found}


@pytest.mark.parametrize(
    ("war", "cyber", "rest", "found"),
    [
        ('strong.id = ["perang"]', 'strong.id = ["retas"]', '[not_meant]\nid = ["perang harga"]', set()),
        ('strong.id = ["bom"]', 'weak.id = ["bom"]', "", {("in two topics", "bom", False)}),
        ('strong.any = ["bom"]', 'weak.en = ["bom"]', "", {("in two topics", "bom", False)}),
        ('strong.id = ["bom"]', 'weak.en = ["bom"]', "", set()),
        ('strong.id = ["bom"]\nweak.id = ["bom"]', "", "", {("written twice", "bom", False)}),
        ('strong.id = ["Bom"]\nweak.id = ["bom"]', "", "", {("a variant that never counts", "bom", True)}),
        ('strong.id = ["bom"]\nweak.id = ["Bom"]', "", "", {("a variant that never counts", "Bom", False)}),
        ('strong.id = ["al Qaeda", "al-Qaeda"]', "", "", {("a variant that never counts", "al-Qaeda", False)}),
        ('strong.id = ["bom", "bomnya"]', "", "", {("an ending that need not be written", "bomnya", False)}),
        ('strong.en = ["bomb", "bombs"]', "", "", {("an ending that need not be written", "bombs", False)}),
        ('strong.en = ["bomb"]', 'weak.en = ["bombs"]', "", set()),
        ('strong.id = ["bom"]', "", '[not_meant]\nid = ["bom"]', {("for a topic and against it", "bom", True)}),
        ('strong.id = ["bom"]', "", '[[unrelated]]\ncode = "x"\nid = ["Bom"]', {("for a topic and against it", "bom", True)}),
        ('strong.id = [" bom"]', "", "", {("cannot be found", " bom", True)}),
        ('strong.id = ["bom  ikan"]', "", "", {("cannot be found", "bom  ikan", True)}),
        ('strong.en = ["C.I.A.", "U.S. troops"]', "", "", set()),
    ],
)  # fmt: skip
def test_collisions_are_told_from_the_file(tmp_path, war, cyber, rest, found):
    """Each kind once, and nothing of a file that is well."""
    assert kinds(collisions(rules(tmp_path, war, cyber, rest))) == found


def test_a_term_of_parent_and_child_counts_twice(tmp_path):
    """That is another advice than for two topics that have nothing to do with each other."""
    (told,) = collisions(rules(tmp_path, 'strong.id = ["bom"]', 'weak.id = ["bom"]', parent='parent = "war"'))
    assert told.kind == "in two topics of one family"
    assert told.where == ("war strong.id", "cyber weak.id")


@pytest.mark.parametrize("terms", ['["Bom"]\nweak.id = ["bom"]', '["al Qaeda", "al-Qaeda"]'])
def test_what_never_counts_does_not_count(tmp_path, terms, monkeypatch):
    """The advice says what the matcher does: of two variants, one is looked for."""
    from processing.topics import matching  # noqa: PLC0415 - to judge by another taxonomy for once

    small = rules(tmp_path, f"strong.id = {terms}")
    monkeypatch.setattr(matching, "taxonomy", lambda: small)
    matching._searcher.cache_clear()
    try:
        (_, meanings) = matching._searcher("id")
    finally:
        matching._searcher.cache_clear()
    assert len(meanings) == len(entries(small)) - len(collisions(small)) == 1


def test_a_term_never_stands_or_stands_everywhere(tmp_path):
    """Told by topic, and only of languages that the corpus has; in too few articles nothing stands everywhere."""
    small = rules(
        tmp_path, 'strong.id = ["perang", "invasi"]\nstrong.en = ["war"]\nweak.id = ["kata"]', 'strong.id = ["retas"]'
    )
    texts = [Text(f"Nomor {number}", "Itu kata dia.", "id") for number in range(ENOUGH - 1)]
    texts.append(Text("Perang", "Perang berkecamuk.", "id"))
    counted = usage(small, texts)
    assert never(small, counted) == {"war": (3, ["invasi"]), "cyber": (1, ["retas"])}
    (told,) = remarks(small, counted)
    assert (told.kind, told.term, told.where) == ("fires everywhere", "kata", ("war weak.id",))
    assert f"49 of {ENOUGH} articles (98%)" in told.advice
    assert list(remarks(small, usage(small, texts[1:]))) == []


@pytest.mark.parametrize(
    ("war", "cyber", "rest", "kind", "advice"),
    [
        ('strong.id = ["perang"]', "", '[not_meant]\nid = ["perang harga"]', "swallowed by [not_meant]", "it does nothing"),
        ('strong.id = ["perang"]', 'weak.id = ["perang harga"]', "", "always inside a longer term", "does not speak for war"),
        ('strong.id = ["perang"]\nweak.id = ["perang harga"]', "", "", "always inside a longer term", "weighs less than strong"),
        ('weak.id = ["perang"]\nstrong.id = ["perang harga"]', "", "", "always inside a longer term", "nothing is lost"),
    ],
)  # fmt: skip
def test_a_term_is_always_covered(tmp_path, war, cyber, rest, kind, advice):
    """By an exclusion, another topic's term, or one of its own; told from the third article, and not if it once stood alone."""
    small = rules(tmp_path, war, cyber, rest)
    texts = [Text("Perang Harga", "Perang harga ponsel.", "id")] * COVERED
    (told,) = remarks(small, usage(small, texts))
    assert (told.kind, told.term) == (kind, "perang")
    assert advice in told.advice
    assert list(remarks(small, usage(small, texts[1:]))) == []
    assert list(remarks(small, usage(small, [*texts, Text("Perang", "", "id")]))) == []


def test_what_stood_is_what_the_judge_finds():
    """On one article, the terms counted are those that the judge weighs."""
    title, text = "Bakamla Usir Kapal Asing dari Natuna", "Kapal itu pergi. Menlu memprotes pelanggaran wilayah."
    found = evidence_in(title, text, "id")
    weighed = {(code, match.term) for code, matches in (found.topics | found.unrelated).items() for match in matches}
    counted = usage(taxonomy(), [Text(title, text, "id")])
    stood = {(row.owner, row.term.text) for row, count in counted.stood.items() if count and row.owner != "not_meant"}
    assert weighed == stood
    assert len(weighed) > 3


def test_where_the_language_is_unknown_both_vocabularies_count():
    """An article in neither language is one in which every term was looked for."""
    counted = usage(taxonomy(), [Text("Perang", "War", "und")])
    assert counted.articles == Counter(any=1)
    assert {row.term.text for row in counted.stood if isinstance(row, Entry)} >= {"perang", "war"}
