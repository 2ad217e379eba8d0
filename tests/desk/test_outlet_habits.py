"""What `pantau outlet new` proposes for the habits of pages: datelines, plugs, bylines at the side, zones, short feeds."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from small_sites import served
from warta_muara import NAMES, SECTIONS, fill_with_warta_muara, headline, paragraphs
from workshop import workshop_in

from desk.outlets.openings import dateline_form
from desk.outlets.samples import modules, stable
from processing.cleaning.credits import credits_of
from processing.cleaning.dateline import dateline_of
from processing.cleaning.names import names_of

TEXT = "Perahu itu tiba pada Rabu pagi."


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Have Warta Muara declared; gives the workshop, what the command said, and the declaration."""
    workshop = workshop_in(tmp_path_factory.mktemp("habits"))
    with served() as site:
        fill_with_warta_muara(site, today=datetime.now(UTC).astimezone(timezone(timedelta(hours=8))))
        said = workshop.run(f"./pantau outlet new warta_muara {site.home}/ --delay 0")
        assert said.returncode == 0, said.stderr
        yield workshop, said.stdout, (workshop.folder / "crawlers/outlets/warta_muara.py").read_text()


@pytest.mark.heavy
def test_cases_state_what_a_reader_sees(made):
    """Text without plugs and dateline; people, not their post; editor and section: on each frozen page."""
    workshop, _, _ = made
    paths = sorted((workshop.folder / "tests/outlets/warta_muara").glob("*/expected.json"))
    assert len(paths) >= 3
    for path in paths:
        case = json.loads(path.read_text())
        number = int(re.search(r"/(\d+)/", case["url"])[1]) - 4000
        assert (case["title"], case["body"]) == (headline(number), paragraphs(number))
        assert case["authors"] == [NAMES[(number + n) % 3] for n in range(1 + number % 2)]
        assert (case["editor"], case["section"]) == ("Hana Sibarani", list(SECTIONS.values())[number % 3])
        assert case.get("dateline") == ("TANJUNG PARE", "Muara Lama", "MUARA LAMA", None)[number % 4]
        assert case["published_at"].endswith("+08:00")


@pytest.mark.heavy
def test_the_generated_test_of_habits_passes(made):
    """The cases hold the declaration as it was written."""
    workshop, _, _ = made
    done = workshop.run("python -m pytest tests/outlets -k warta_muara")
    assert done.returncode == 0, done.stdout


@pytest.mark.heavy
def test_a_short_feed_is_read_beside_the_index_of_a_small_sitemap(made):
    """A feed of three among eight does not stand alone; the index is listed, and what is left out is said."""
    _, said, declared = made
    assert "/umpan.xml" in declared
    assert "/peta.xml" in declared
    assert "peta-1.xml" not in declared
    assert 'exclude=("/video/",)' in declared
    assert re.search(r"^found +left out .*: /video/$", said, re.MULTILINE)


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("PALKA.ID, TELUK HIJAU -- ", "TELUK HIJAU"),
        ("Teluk Hijau, Harian Palka – ", "Teluk Hijau"),
        ("TELUK HIJAU, PALKA.ID — ", "TELUK HIJAU"),
    ],
)
def test_a_house_that_takes_turns_is_one_pattern(opening, place):
    """One pattern reads each of an outlet's spellings, and leaves prose with a dash alone."""
    openings = ["PALKA.ID, TELUK HIJAU -- ", "Teluk Hijau, Harian Palka – ", "TELUK HIJAU, PALKA.ID — ", ""]
    form = dateline_form([opening + TEXT for opening in openings], ("Harian Palka", "palka"))
    assert dateline_of(opening + TEXT, form) == (place, TEXT)
    prose = "Tiga nakhoda lama – semuanya dari pulau seberang – menolak berlayar."
    assert dateline_of(prose, form) == (None, prose)


def test_days_and_the_outlets_short_name_belong_to_the_dateline():
    """`PLACE, Nov 3 (Courier) —` and `PLACE —` are one habit."""
    firsts = ["PORT LORN, Nov 3 (Courier) — A", "GULL BAY — A", "The A", "PORT LORN (Courier) — A", "Nobody knew."]
    form = dateline_form(firsts, ("The Strait Courier",))
    assert [dateline_of(first, form)[0] for first in firsts] == ["PORT LORN", "GULL BAY", None, "PORT LORN", None]


def test_no_habit_is_made_of_chance():
    """Two sentences with a dash among many are no dateline."""
    assert dateline_form(["Tiga nakhoda – semuanya tua – pulang.", "Hujan turun.", "Pasar tutup.", "Air naik."]) is None


def test_names_of_css_modules_are_used_without_their_hash():
    """A hash goes with the next build; what stands before it stays."""
    assert modules(["Article_body__9f304", "plain"]) == ["[class*='Article_body__']"]
    assert stable(["Article_body__abcde", "plain"]) == ["plain"]


def test_an_agencys_line_gives_reporters_and_editor():
    """`(Reporting by ...; Editing by ...)` is read before it leaves the text, places left out."""
    found = credits_of("(Reporting by Ines Okafor in Port Lorn and Tom Verhoeven; Editing by Mira Solheim)")
    assert found is not None
    assert (found.authors, found.editor) == (("Ines Okafor", "Tom Verhoeven"), "Mira Solheim")


def test_a_post_at_the_outlet_is_no_person():
    """`Wartawan Warta Muara` names nobody; a reporter with the post before the name is one."""
    assert names_of(["Wartawan Warta Muara"], not_these=("WartaMuara",)) == ()
    assert names_of(["Wartawan: Lani Wuwungan"], not_these=("WartaMuara",)) == ("Lani Wuwungan",)
