"""`pantau outlet check`: sources side by side, a verdict a field, and exit code 1 where a rule falls short."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from typer.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.outlets import OUTLETS, outlet_named
from desk.outlets.checking import Verdict, compare, falls_short
from desk.outlets.declaration import declaration
from desk.outlets.stored_pages import archived, frozen
from desk.verbs import outlet_check
from desk.verbs.outlet import app
from processing.errors import PantauError
from processing.model import Outlet


def verdicts(outlet: Outlet) -> dict[str, list[Verdict]]:
    """Check an outlet on its frozen cases."""
    rows = [row for held in frozen(outlet.name) for row in compare(held, outlet)]
    return {field: [row.verdict for row in rows if row.field == field] for field in ("title", "body", "editor", "tags")}


def with_rules(outlet: Outlet, **rules: tuple[str, ...]) -> Outlet:
    """Give the outlet with other rules in its newest layout, and no older layouts."""
    return replace(outlet, rules=(replace(outlet.rules[0], **rules),))


def shortcomings(outlet: Outlet) -> dict[str, str]:
    """Give what falls short on the outlet's cases."""
    return falls_short(row for held in frozen(outlet.name) for row in compare(held, outlet))


def test_sound_rules_agree():
    """Kontan's own rules find title and text on every case, and nothing falls short."""
    found = verdicts(outlet_named("kontan"))
    assert {*found["title"], *found["body"]} == {Verdict.AGREE}
    assert shortcomings(outlet_named("kontan")) == {}


def test_a_rule_that_finds_nothing_falls_short():
    """A container that is nowhere on the pages is named, with how many pages have a text."""
    broken = with_rules(outlet_named("kontan"), body=("div.no-such-thing",))
    assert set(verdicts(broken)["body"]) == {Verdict.NOTHING}
    assert shortcomings(broken) == {"body": f"finds nothing on any of {len(frozen('kontan'))} pages that have it"}


def test_a_rule_that_takes_in_too_much_is_worse():
    """A container around the whole page loses against the generic reader, judged by what the cases state."""
    broken = with_rules(outlet_named("kontan"), body=("body",), remove=(), drop=(), cut_from=())
    assert Verdict.WORSE in verdicts(broken)["body"]
    assert shortcomings(broken)["body"].startswith("worse than another source on ")


def test_a_field_without_a_rule_is_not_held_against_the_outlet():
    """Where no rule is declared there is nothing to fall short."""
    bare = with_rules(outlet_named("kontan"), tags=())
    assert set(verdicts(bare)["tags"]) == {Verdict.NO_RULE}
    assert "tags" not in shortcomings(bare)


def test_the_verb_shows_sources_and_verdicts():
    """Each case has a table with a line a field; a sound outlet ends with exit code 0."""
    said = CliRunner().invoke(app, ["check", "kontan"], env={"COLUMNS": "200"})
    assert said.exit_code == 0, said.output
    for words in ("Structured data", "Generic reader", "published_at", "agree", "no rule falls short on"):
        assert words in said.output


def test_the_verb_ends_red_where_a_rule_falls_short(monkeypatch):
    """Exit code 1, and a sentence that names outlet and field."""
    broken = with_rules(outlet_named("kontan"), body=("div.no-such-thing",))
    monkeypatch.setattr(outlet_check, "outlet_named", lambda _: broken)
    said = CliRunner().invoke(app, ["check", "kontan"])
    assert said.exit_code == 1
    assert "kontan: the rule for body finds nothing" in said.output


def test_a_feed_is_checked_by_its_entries():
    """An outlet that is read by its feed alone shows how many entries the reader gets."""
    said = CliRunner().invoke(app, ["check", "naval_news"])
    assert said.exit_code == 0
    assert "entries read" in said.output


def test_pages_of_a_warc_file(tmp_path):
    """Articles of the outlet are taken from an archive, other pages and hosts are not."""
    (case, *_) = frozen("kontan")
    (page, *_) = case.pages
    with (tmp_path / "some.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url in (page.url, "https://www.kontan.co.id/", "https://example.org/news/a-b"):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            date = {"WARC-Date": f"{datetime(2026, 11, 22, tzinfo=UTC):%Y-%m-%dT%H:%M:%SZ}"}
            body = BytesIO(page.content)
            writer.write_record(
                writer.create_warc_record(url, "response", payload=body, http_headers=headers, warc_headers_dict=date)
            )
    held = archived(tmp_path / "some.warc.gz", outlet_named("kontan"))
    assert [one.label for one in held] == [page.url]
    assert {row.verdict for row in compare(held[0], outlet_named("kontan")) if row.field == "body"} == {Verdict.AGREE}


def test_nothing_to_check_is_said(tmp_path):
    """An archive that is not there is one sentence."""
    with pytest.raises(PantauError, match="There is no"):
        archived(tmp_path / "none.warc.gz", outlet_named("kontan"))


@pytest.mark.parametrize("outlet", OUTLETS.values(), ids=lambda outlet: outlet.name)
def test_a_declaration_written_anew_is_the_same(outlet):
    """What writes declarations loses nothing of any outlet that people have declared: check --live crawls by it."""
    space: dict = {}
    exec(declaration(outlet), space)
    assert space["OUTLET"] == outlet
