"""The table of outlets: whole, true in the docs, and readable by people and machines."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from crawlers.absent import absent_outlets
from crawlers.outlets import OUTLETS
from desk.home import CHECKOUT
from desk.outlet_table import Reading, page, rows
from desk.verbs import outlet
from processing.errors import PantauError


def listed(*words: str) -> list[dict[str, object]]:
    """Run `pantau outlet list --json` in this process and read its lines."""
    result = CliRunner().invoke(outlet.app, ["list", "--json", *words])
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_page_is_the_table():
    """docs/outlets.md is what the table gives; make it anew with `python -m desk.outlet_table > docs/outlets.md`."""
    assert (CHECKOUT / "docs/outlets.md").read_text("utf-8") == page()


def test_every_outlet_has_a_row_and_none_is_declared_and_absent():
    """Declared and absent outlets are all there, each once, sorted by name."""
    names = [row.name for row in rows()]
    assert names == sorted({*OUTLETS, *(missing.name for missing in absent_outlets())})
    assert len(names) == len(OUTLETS) + len(absent_outlets())


def test_whatever_is_not_read_by_its_pages_says_why():
    """Feed only, off and absent have a reason; pages need none."""
    for row in rows():
        assert bool(row.reason) is (row.reading is not Reading.PAGES), row.name
        assert not row.reason.endswith("."), row.name


def test_a_permission_switches_an_outlet_on(monkeypatch):
    """An outlet that asks for permission is off, and on for who has it."""
    off = {row["name"] for row in listed() if row["reading"] == "off"}
    assert {"aljazeera", "france24", "yonhap"} <= off
    monkeypatch.setenv("PANTAU_PERMITTED", "yonhap")
    assert {row["name"] for row in listed() if row["reading"] == "off"} == off - {"yonhap"}


def test_machines_read_lines():
    """Each line names the outlet, how it is read, how many listings it has, and what that rests on, with a date."""
    lines = {line["name"]: line for line in listed()}
    tass = lines["tass"]
    assert (tass["reading"], tass["ownership"], tass["listings"], tass["languages"]) == ("pages", "state", 1, ["en"])
    assert tass["evidence"] in {"live", "documented"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", str(line["checked"])) for line in lines.values())
    assert (lines["reuters"]["reading"], lines["reuters"]["listings"]) == ("absent", 0)


def test_people_read_a_table():
    """`pantau outlet list` names outlet, reason and mark."""
    wide = os.environ | {"COLUMNS": "200"}
    command = [sys.executable, "-m", "desk.cli", "outlet", "list"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True, env=wide)
    assert re.search(r"│ guardian +│ The Guardian +│ GB en +│ private +│ feed only: its robots\.txt", done.stdout)
    assert re.search(
        r"│ yonhap +│.*│ off: its terms ask for written consent +│ 1 +│ documented 2026-09-13 │", done.stdout
    )


def test_an_entry_that_lacks_something_is_named(tmp_path):
    """A mistake in absent.toml is one sentence with the outlet's name."""
    table = tmp_path / "absent.toml"
    table.write_text('[kabar]\ntitle = "Kabar"\nlanguages = ["id"]\n', encoding="utf-8")
    with pytest.raises(PantauError, match="kabar"):
        absent_outlets(table)


@pytest.mark.corpus
def test_no_outlet_of_the_dossier_is_forgotten(shared):
    """Every outlet of the dossier is declared or absent."""
    dossier = json.loads((shared / "sources/outlets.json").read_text("utf-8"))
    assert {entry["id"] for entry in dossier["outlets"]} <= {row.name for row in rows()}
