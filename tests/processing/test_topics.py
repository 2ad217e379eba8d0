"""Topics speak through their terms, weighed by place; an editor's slip in the taxonomy is named."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from processing.entities import find_entities
from processing.errors import PantauError, SettingError
from processing.judging import JUDGE
from processing.topics import evidence_in, tags, taxonomy
from processing.topics.taxonomy import FILE, chosen, read_taxonomy

ROOT = Path(__file__).parents[2]

TWELVE = {
    "armed_conflict", "terrorism_insurgency_separatism", "nuclear_missile_wmd", "exercises_deployments", "defence_policy_procurement_industry",
    "diplomacy", "sanctions_economic_coercion", "maritime", "intelligence_espionage", "cyber", "alliances_basing", "unrest_coup",
}  # fmt: skip


def topics_of(title: str, text: str = "", language: str = "id") -> list[str]:
    """Return the topics of an article, the strongest first."""
    return [tag.topic for tag in tags(evidence_in(title, text, language), find_entities(title, text, language))]


def test_the_first_level_is_what_the_labelled_articles_know() -> None:
    """A finer topic names one of the twelve."""
    topics = taxonomy().topics.values()
    assert {topic.code for topic in topics if topic.parent is None} == TWELVE
    assert {topic.parent for topic in topics if topic.parent} <= TWELVE


@pytest.mark.corpus
def test_codes_are_iptcs(shared: Path) -> None:
    """Every topic's code stands in the published list."""
    with (shared / "topics" / "iptc-media-topics.csv").open(encoding="utf-8") as file:
        codes = {row["qcode"] for row in csv.DictReader(file)}
    assert {topic.iptc for topic in taxonomy().topics.values()} <= codes


@pytest.mark.parametrize(
    ("title", "language", "topic"),
    [
        ("Houthi Luncurkan Serangan Drone ke Kilang", "id", "armed_conflict"),
        ("Densus 88 Tangkap Terduga Teroris", "id", "terrorism_insurgency_separatism"),
        ("Korut Uji Coba Rudal Balistik", "id", "nuclear_missile_wmd"),
        ("Indonesia Borong Jet Tempur Rafale", "id", "arms_transfers"),
        ("Latihan Gabungan Super Garuda Shield Dibuka", "id", "exercises_deployments"),
        ("Uni Eropa Jatuhkan Sanksi Baru", "id", "sanctions_economic_coercion"),
        ("Bakamla Usir Kapal Asing dari Natuna", "id", "maritime"),
        ("Junta Militer Umumkan Darurat Militer Usai Kudeta", "id", "unrest_coup"),
        ("UNIFIL peacekeepers leave post", "en", "peacekeeping"),
        ("Spy agency accused of espionage", "en", "intelligence_espionage"),
        ("Ransomware and malware hit ministry in cyberattack", "en", "cyber"),
        ("NATO weighs new security pact", "en", "alliances_basing"),
        ("Envoy resumes peace talks", "en", "diplomacy"),
    ],
)
def test_a_headline_names_its_topic(title: str, language: str, topic: str) -> None:
    """One strong term in a title is enough."""
    assert topics_of(title, language=language)[0] == topic


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Perang Harga Ponsel Memanas", "id"),
        ("Ayah Meninggal karena Serangan Jantung", "id"),
        ("Lini Serang Tajam, Lini Pertahanan Rapuh", "id"),
        ("PSSI Terima Sanksi FIFA", "id"),
        ("Invasi Belalang Landa Sawah, Petani Pasrah", "id"),
        ("Kampung Ini Diserang Monyet", "id"),
        ("DPR Beri Anggaran Mendesak untuk Sekolah", "id"),
        ("Price war and bidding war among carriers", "en"),
        ("Rival pizzerias call a truce in village feud", "en"),
        ("Ant invasion: invasive species found in three gardens", "en"),
        ("Heart attack was his second", "en"),
        ("Attorney general faces uphill battle", "en"),
    ],
)
def test_contexts_rule_terms_out(title: str, language: str) -> None:
    """A war on prices is no war."""
    assert not evidence_in(title, "", language).topics


def test_a_term_of_ours_is_no_term_of_others() -> None:
    """What rules a term out (an invasion of locusts) must not stand among the terms that it rules out."""
    against = {term.text for terms in taxonomy().unrelated.values() for term in terms}
    not_meant = {term.text for term in taxonomy().not_meant}
    strong = {term.text for topic in taxonomy().topics.values() for term in topic.terms if term.strength == "strong"}
    assert strong & (against | not_meant) == set()


def test_sport_speaks_against() -> None:
    """Words of unrelated subjects are evidence too."""
    assert evidence_in("Pelatih Timnas Puji Lini Depan", "", "id").unrelated["sport"]


def test_a_term_weighs_by_class_and_place_and_once_a_place() -> None:
    """Strong is 3; the title counts whole, the lead six tenths, the body 0.15."""
    lead = "Ada gencatan senjata, gencatan senjata."
    body = "\n".join([lead, "Kalimat panjang tentang hal lain. " * 12, "Paragraf tiga.", "Lalu gencatan senjata."])
    (match,) = evidence_in("Gencatan Senjata", body, "id").topics["armed_conflict"]
    assert (match.term, match.place, match.weight) == ("gencatan senjata", "title", 3 * (1 + 0.6 + 0.15))


def test_weak_terms_do_not_count_alone() -> None:
    """They count beside a strong or medium term of any topic."""
    assert not evidence_in("Kapal dan pulau di laut", "", "id").topics
    assert "maritime" in evidence_in("Kapal dan pulau di laut, dekat Natuna", "", "id").topics


def test_evidence_is_bounded_and_strongest_first() -> None:
    """At most six matches a tag."""
    text = "perang, invasi, gencatan senjata, pertempuran, kejahatan perang, garis depan, medan perang, agresi militer"
    (tag,) = tags(evidence_in(text, text, "id"), find_entities("", "", "id"))
    weights = [match.weight for match in tag.evidence]
    assert len(weights) == 6
    assert weights == sorted(weights, reverse=True)
    assert 0 < tag.score < 1


def test_two_countries_in_a_headline_without_a_term_are_diplomacy() -> None:
    """The tag says so with their names."""
    (tag,) = tags(
        evidence_in("Putin Telepon Xi Jinping", "", "id"), find_entities("Putin Telepon Xi Jinping", "", "id")
    )
    assert (tag.topic, tag.evidence[0].term) == ("diplomacy", "Putin + Xi Jinping")


def test_english_words_are_not_looked_for_in_indonesian() -> None:
    """Nor the other way round; where the language is unknown, both are."""
    assert not evidence_in("war", "", "id").topics
    assert not evidence_in("perang", "", "en").topics
    assert evidence_in("war", "", "und").topics
    assert evidence_in("perang", "", "und").topics


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('parent = "diplomacy"', 'parent = "diplomasi"'), "diplomasi"),
        (('code = "cyber"', 'code = "maritime"'), "maritime"),
        (("strong.id = [", "strnog.id = ["), "strnog"),
        (("strong.id = [", "strong.fr = ["), "fr"),
        (('label = { id = "Diplomasi", en', "label = { en"), "diplomacy"),
        (('iptc = "medtop:20000056"\n', ""), "iptc"),
        (("[[topic]]", "[[topic]"), "not valid TOML"),
        (("[[topic]]", "[[topics]]"), "unknown field topics; did you mean topic?"),
        (('[[unrelated]]\ncode = "business"\nany = [', '[[unrelated]]\ncode = "business"\nany = "OJK" # ['), "needs a list for any"),
        (('code = "sport"', 'label = "sport"'), "unrelated subject  has an unknown field label"),
        (("iptc_release", "release"), "unknown field release"),
        (('code = "cyber"', 'code = "Cyber attacks"'), "write one in small letters"),
        (("[not_meant]\n", "[not_meant]\nid = ['perang harga'\n"), "not valid TOML"),
        (("[not_meant]\nany = [", "[not_meant]\nany = ['{perang,damai', "), "braces do not pair up"),
        (("[not_meant]\nany = [", "[not_meant]\nany = ['', "), "empty term"),
        (("[not_meant]\nany = [", "[not_meant]\nany = [7, "), "every term in quotes"),
        (("[not_meant]\nany = [", "[not_meant]\nall = ["), "not_meant.all"),
    ],
)  # fmt: skip
def test_a_slip_in_the_taxonomy_is_named(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    """In one sentence, before anything is judged."""
    path = tmp_path / "taxonomy.toml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(PantauError, match=re.escape(complaint)):
        read_taxonomy(path)


@pytest.mark.parametrize("slip", ['parnet = "diplomacy"', 'parent = "cyber_war"', "strong.id = 'perang'"])
def test_a_slip_is_named_with_its_line(tmp_path: Path, slip: str) -> None:
    """The line of the block it stands in, though other blocks have lines like it."""
    path = tmp_path / "mine.toml"
    topic = '[[topic]] # {0}\ncode = "{0}"\niptc = "medtop:1"\nlabel = {{ id = "A", en = "A" }}\n'
    path.write_text(
        'iptc_release = "2022"\n'
        + topic.format("cyber")
        + topic.format("summit")
        + slip
        + '\n[not_meant]\nid = ["parent"]\n'
    )
    with pytest.raises(PantauError, match=r"^mine\.toml, line 10: topic summit .*") as caught:
        read_taxonomy(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    """One that is not there, or in another encoding."""
    path = tmp_path / "mine.toml"
    if content:
        path.write_bytes(content)
    with pytest.raises(PantauError, match=r"mine\.toml"):
        read_taxonomy(path)


def test_an_operators_own_file_judges(tmp_path: Path) -> None:
    """PANTAU_TAXONOMY names it; the checkout's own is left alone, and the judge has another name."""
    path = tmp_path / "mine.toml"
    path.write_text(
        'iptc_release = "2022"\n[[topic]]\ncode = "lighthouses"\niptc = "medtop:1"\n'
        'label = { id = "Mercusuar", en = "Lighthouses" }\nstrong.id = ["mercusuar"]\n'
    )
    code = (
        "from processing.judging import JUDGE; from processing.topics import taxonomy; print(JUDGE, *taxonomy().topics)"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PANTAU_TAXONOMY": str(path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert said[0] != JUDGE
    assert said[1:] == ["lighthouses"]


def test_an_operators_file_that_is_not_there_is_named() -> None:
    """In the sentence of a wrong setting."""
    with pytest.raises(SettingError, match=r"PANTAU_TAXONOMY is '/no/such\.toml', but should be a file that exists"):
        chosen({"PANTAU_TAXONOMY": "/no/such.toml"})
    assert chosen({"PANTAU_TAXONOMY": " "}) == FILE


def test_an_editors_topic_is_read(tmp_path: Path) -> None:
    """The example of docs/topics.md, put at the end of the file, is a topic."""
    page = (ROOT / "docs" / "topics.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(\s*\[\[topic\]\].*?)```", page, re.DOTALL)
    path = tmp_path / "taxonomy.toml"
    path.write_text(FILE.read_text(encoding="utf-8") + "\n" + example, encoding="utf-8")
    new = read_taxonomy(path).topics.keys() - taxonomy().topics.keys()
    assert len(new) == 1


def test_the_page_shows_its_topic_at_work(tmp_path: Path) -> None:
    """The line that docs/topics.md gives to `pantau judge` fires the topic that it has told to add."""
    page = (ROOT / "docs" / "topics.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(\s*\[\[topic\]\].*?)```", page, re.DOTALL)
    (line,) = re.findall(r"echo '(\{.*?\})' \| \./pantau judge", page)
    path = tmp_path / "taxonomy.toml"
    path.write_text(FILE.read_text(encoding="utf-8") + "\n" + example, encoding="utf-8")
    said = subprocess.run(
        [sys.executable, "-m", "desk.cli", "judge"],
        env=os.environ | {"PANTAU_TAXONOMY": str(path), "PYTHONPATH": str(ROOT)},
        input=line,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    verdict = json.loads(said)
    assert verdict["relevant"]
    assert verdict["topics"][0]["topic"] == re.findall(r'code = "(\w+)"', example)[0]
