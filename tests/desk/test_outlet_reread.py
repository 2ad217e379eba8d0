"""`pantau outlet reread`: what changed rules would change in the store is shown first, and written only when asked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from crawlers.outlets import outlet_named
from desk import steps
from desk.importing import import_pages
from desk.outlets import rereading
from desk.outlets.stored_pages import frozen
from desk.verbs import outlet_reread
from desk.verbs.outlet import app
from processing.errors import PantauError
from processing.model import Outlet

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def desk(database_url, connection, tmp_path, monkeypatch):
    """Give a store that holds Kontan's frozen pages, read by Kontan's rules."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path / "home"))
    cases = frozen("kontan")
    folder = tmp_path / "pages"
    folder.mkdir()
    lines = []
    for number, held in enumerate(cases):
        (folder / f"{number}.html").write_bytes(held.pages[0].content)
        lines.append(json.dumps({"url": held.pages[0].url, "file": f"{number}.html"}))
    (folder / "pages.jsonl").write_text("\n".join(lines))
    run = import_pages(folder, as_of=cases[0].as_of)
    steps.process_run(run)
    return connection


def with_rules(**rules) -> Outlet:
    """Give Kontan with other rules in its newest layout."""
    kontan = outlet_named("kontan")
    return replace(kontan, rules=(replace(kontan.rules[0], **rules), *kontan.rules[1:]))


def rows(connection) -> list[tuple]:
    """Give all revisions, each with the number of its judgements and sources."""
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, article_id, title, body, authors, tags, (SELECT count(*) FROM judgement WHERE revision_id = revision.id),"
            " (SELECT count(*) FROM revision_source WHERE revision_id = revision.id) FROM revision ORDER BY id"
        )
        return cursor.fetchall()


def test_the_same_rules_change_nothing(desk):
    """Reading stored pages again by the rules that read them gives the same articles."""
    found = rereading.reread(desk, outlet_named("kontan"))
    assert len(found) == len(frozen("kontan"))
    assert [one.changed for one in found] == [()] * len(found)


def test_other_rules_are_shown_and_nothing_is_written(desk, monkeypatch):
    """The verb counts what would change by field and leaves every row as it was."""
    before = rows(desk)
    monkeypatch.setattr(outlet_reread, "outlet_named", lambda _: with_rules(tags=()))
    said = CliRunner().invoke(app, ["reread", "kontan"], env={"COLUMNS": "200"})
    assert said.exit_code == 0, said.output
    assert "tags" in said.output
    assert "Nothing was written; --write does it." in said.output
    assert rows(desk) == before


def test_a_changed_text_is_a_new_revision(desk):
    """Written, each new text is a revision of its own, judged and with its sources; the old ones are as they were."""
    before = rows(desk)
    outlet = without_third_paragraphs()
    found = rereading.reread(desk, outlet)
    changed = [one for one in found if "paragraphs" in one.changed]
    assert changed
    with desk:
        counts = rereading.write(desk, outlet, found, as_of=NOW)
    assert counts["revised"] == len(changed)
    after = rows(desk)
    assert after[: len(before)] == before
    assert len(after) == len(before) + len(changed)
    assert all(judged == 1 and sources == 1 for *_, judged, sources in after)


def test_writing_twice_adds_nothing(desk):
    """What was written is what reading gives, so a second time there is nothing to write."""
    outlet = without_third_paragraphs()
    with desk:
        rereading.write(desk, outlet, rereading.reread(desk, outlet), as_of=NOW)
    before = rows(desk)
    with desk:
        assert rereading.write(desk, outlet, rereading.reread(desk, outlet), as_of=NOW) == {}
    assert rows(desk) == before


def test_a_text_that_an_older_revision_has_is_brought_back(desk):
    """Rules that are put back as they were make the older text the newest again, judged, sourced and recorded as such."""
    first = rows(desk)
    kontan, other = outlet_named("kontan"), without_third_paragraphs()
    with desk:
        rereading.write(desk, other, rereading.reread(desk, other), as_of=NOW)
    before = rows(desk)
    revised = len(before) - len(first)
    with desk:
        assert rereading.write(desk, kontan, rereading.reread(desk, kontan), as_of=NOW) == {"brought back": revised}
    after = rows(desk)
    assert after[: len(before)] == before
    back = after[len(before) :]
    texts = {article: (title, body) for _, article, title, body, *_ in first}
    assert [(title, body) for _, _, title, body, *_ in back] == [texts[row[1]] for row in back]
    assert all(judged == 1 and sources == 1 for *_, judged, sources in back)
    ids = {row[1]: row[0] for row in first}
    with desk, desk.cursor() as cursor:
        cursor.execute("SELECT article_id, again_of FROM revision WHERE again_of IS NOT NULL ORDER BY id")
        assert cursor.fetchall() == [(row[1], ids[row[1]]) for row in back]
    assert not any(one.changed for one in rereading.reread(desk, kontan))
    with desk:
        assert rereading.write(desk, other, rereading.reread(desk, other), as_of=NOW) == {"brought back": revised}


def test_what_stands_beside_the_text_is_mended_in_place(desk):
    """Where only names, dates or tags change the revision keeps its id, its text and its judgement."""
    before = rows(desk)
    outlet = with_rules(tags=())
    found = rereading.reread(desk, outlet)
    with desk:
        assert rereading.write(desk, outlet, found, as_of=NOW) == {"mended": sum(bool(one.changed) for one in found)}
    after = rows(desk)
    assert [row[:5] + row[6:] for row in after] == [row[:5] + row[6:] for row in before]
    assert after != before


def test_pages_that_left_the_archive_are_said_to_be_lost(desk, tmp_path):
    """Without its WARC file an article is counted as lost, with the reason, and stays as it is."""
    for warc in tmp_path.rglob("*.warc.gz"):
        warc.unlink()
    found = rereading.reread(desk, outlet_named("kontan"))
    assert {one.article for one in found} == {None}
    assert all("cannot be opened" in one.fault for one in found)
    with desk:
        assert rereading.write(desk, outlet_named("kontan"), found, as_of=NOW) == {}


def test_an_outlet_without_articles_is_one_sentence(desk):
    """Nothing stored is said, with what brings articles."""
    with pytest.raises(PantauError, match="No article of Kompas"):
        outlet_reread.reread("kompas")


def without_third_paragraphs() -> Outlet:
    """Give rules that take a paragraph too many out of the container."""
    remove = outlet_named("kontan").rules[0].remove
    return with_rules(remove=(*remove, "p:nth-of-type(3)"))
