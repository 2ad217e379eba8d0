"""Rules that fell short on a live run are demoted: later runs read without them until they change or are trusted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from typer.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.outlets import OUTLETS
from desk import steps
from desk.outlets.stored_pages import frozen
from desk.steps import demoting, reading, strangers
from desk.verbs import outlet, outlet_trust
from desk.verbs import status as status_verb
from processing.archive import iter_responses
from processing.model import CrawlResult, Fetch, FetchKind
from processing.store import outlets, runs

KONTAN = OUTLETS["kontan"]
BROKEN = replace(KONTAN, rules=tuple(replace(layout, body=("div.gone",)) for layout in KONTAN.rules))
"""Kontan as it is declared after Kontan has renamed the containers of its texts."""
FIRST = datetime(2026, 11, 23, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
SHORT = r"^Kontan: the rules for body fitted 0 of \d+ pages, and the generic reader read the rest; they are set aside"


def declare(monkeypatch, kontan) -> None:
    """Put a declaration of Kontan in the place of the one that stands in the checkout."""
    for module in (reading, strangers, status_verb):
        monkeypatch.setattr(module, "OUTLETS", {**OUTLETS, "kontan": kontan})
    monkeypatch.setattr(outlet_trust, "outlet_named", {"kontan": kontan}.__getitem__)


@pytest.fixture
def desk(database_url, connection, tmp_path, monkeypatch):
    """Give a desk on which Kontan's rules for the text find nothing any more."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path / "home"))
    declare(monkeypatch, BROKEN)
    with connection:
        outlets.declare(connection, OUTLETS.values())
    return connection


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> str:
    """Pack Kontan's frozen pages, as a crawl does; gives the file's address."""
    path = tmp_path_factory.mktemp("archive") / "kontan.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for held in frozen("kontan"):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            page = held.pages[0]
            writer.write_record(
                writer.create_warc_record(page.url, "response", payload=BytesIO(page.content), http_headers=headers)
            )
    return path.as_uri()


def crawled(desk, archive: str, as_of: datetime, problems: tuple[str, ...] = ()) -> int:
    """Register a crawl of Kontan that brought the archive's pages; gives its run."""
    fetches = tuple(
        Fetch(
            url=got.url, kind=FetchKind.PAGE, canonical_url=got.url, article_url=got.url, status=200, record=got.record
        )
        for got in iter_responses(archive)
    )
    result = CrawlResult(
        outlet="kontan", as_of=as_of, warc=archive, finish_reason="finished", fetches=fetches, problems=problems
    )
    with desk:
        run = runs.open_run(desk, "kontan", "crawl", as_of)
        runs.register(desk, run, result)
    return run


def asked(desk, query: str) -> list[tuple]:
    """Ask the database."""
    with desk, desk.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def demoted(desk, archive: str) -> int:
    """Let a run demote Kontan's rules; gives it."""
    run = crawled(desk, archive, FIRST)
    with pytest.raises(steps.ReadingFailed, match=SHORT):
        steps.process_run(run)
    return run


def status() -> str:
    """Give what `pantau status` says."""
    said = CliRunner().invoke(status_verb.app, [], env={"COLUMNS": "300"})
    assert said.exit_code == 0, said.output
    return said.output


def test_the_run_that_demotes_is_red_and_later_ones_are_not(desk, archive):
    """One sentence names outlet, field and cause; what was read is stored; the next run is read without those rules."""
    run = demoted(desk, archive)
    ((field, of, since, reason),) = asked(desk, "SELECT field, run_id, since, reason FROM demotion")
    assert (field, of, since) == ("body", run, FIRST)
    assert "the generic reader read the rest" in reason
    assert asked(desk, "SELECT count(*) FROM article") == [(len(frozen("kontan")),)]
    assert steps.process_run(crawled(desk, archive, FIRST + HOUR)) == {"unchanged": len(frozen("kontan"))}
    assert asked(desk, "SELECT count(*) FROM demotion") == [(1,)]
    assert "Kontan: body is read without its rules since 2026-11-23 13:00 WIB, because the rules for body" in status()


def test_demoted_rules_are_not_asked_even_where_they_would_find_text(desk, archive, monkeypatch):
    """A demotion holds for the outlet as a whole: the generic reader reads each page, and the cleaning habits stay."""
    declare(monkeypatch, KONTAN)
    claimed = runs.Run(crawled(desk, archive, FIRST), "kontan", FIRST)
    with desk:
        demoting.demote(desk, claimed, KONTAN, {"body": "the rules for body were said to fall short"})
    steps.process_run(crawled(desk, archive, FIRST + HOUR))
    assert set(asked(desk, "SELECT read_by ->> 'body' FROM revision")) == {("generic",)}
    reduced = demoting.as_trusted(KONTAN, demoting.demotions.standing(desk, as_of=FIRST + HOUR))
    assert [layout.body for layout in reduced.rules] == [()] * len(KONTAN.rules)
    assert [replace(layout, body=()) for layout in KONTAN.rules] == list(reduced.rules)


def test_changed_rules_are_used_at_once(desk, archive, monkeypatch):
    """A mended declaration lifts the demotion by itself, and the old one's stands again if it is put back."""
    demoted(desk, archive)
    declare(monkeypatch, KONTAN)
    steps.process_run(crawled(desk, archive, FIRST + HOUR))
    assert asked(desk, "SELECT fields -> 'body' FROM run ORDER BY id DESC LIMIT 1") == [
        ({"rules": len(frozen("kontan"))},)
    ]
    assert "without its rules" not in status()
    declare(monkeypatch, BROKEN)
    steps.process_run(crawled(desk, archive, FIRST + 2 * HOUR))
    assert asked(desk, "SELECT count(*) FROM demotion") == [(1,)]


def test_a_person_can_trust_the_rules_again(desk, archive):
    """`pantau outlet trust` lifts it; rules that fall short again are demoted again, and the history stays."""
    demoted(desk, archive)
    at = (FIRST + HOUR).isoformat()
    said = CliRunner().invoke(outlet.app, ["trust", "kontan", "--as-of", at], env={"COLUMNS": "300"})
    assert "Kontan: the rules for body are used again" in said.output
    assert "without its rules" not in status()
    said = CliRunner().invoke(outlet.app, ["trust", "kontan", "--as-of", at], env={"COLUMNS": "300"})
    assert "none of the rules it has now is demoted" in said.output
    with pytest.raises(steps.ReadingFailed, match=SHORT):
        steps.process_run(crawled(desk, archive, FIRST + 2 * HOUR))
    assert asked(desk, "SELECT since, lifted_at FROM demotion ORDER BY id") == [
        (FIRST, FIRST + HOUR),
        (FIRST + 2 * HOUR, None),
    ]


def test_the_same_crawl_again_writes_nothing_new(desk, archive):
    """As of the same instant the same is read and said: no second demotion, also after a person lifted the first."""
    demoted(desk, archive)
    tables = "SELECT (SELECT json_agg(d) FROM demotion d)::text, (SELECT json_agg(r.id) FROM revision r)::text"
    before = asked(desk, tables)
    demoted(desk, archive)
    assert asked(desk, tables) == before
    with desk:
        demoting.trust(desk, BROKEN, as_of=FIRST + HOUR)
    demoted(desk, archive)
    assert asked(desk, "SELECT lifted_at FROM demotion") == [(FIRST + HOUR,)]


def test_a_run_that_is_done_tells_the_same_verdict(desk, archive):
    """A cleared task is red again with the same words, without the crawl's own; one that was well stays well."""
    run = crawled(desk, archive, FIRST, problems=("Kontan: a feed was broken.",))
    said = []
    for _ in range(2):
        with pytest.raises(steps.ReadingFailed, match=SHORT) as failure:
            steps.process_run(run)
        said.append(str(failure.value))
    assert said[0] == said[1]
    assert asked(desk, f"SELECT problems FROM run WHERE id = {run}") == [(["Kontan: a feed was broken.", said[0]],)]
    well = crawled(desk, archive, FIRST + HOUR, problems=("Kontan: a feed was broken.",))
    steps.process_run(well)
    assert steps.process_run(well) == {}


def test_a_run_that_was_set_aside_says_why(desk, archive):
    """A run that could not be processed is no green task either."""
    run = crawled(desk, archive, FIRST)
    with desk:
        for _ in range(runs.ATTEMPTS):
            runs.stumble(desk, run, "ArchiveError: gone")
    with pytest.raises(steps.ReadingFailed, match="ArchiveError: gone"):
        steps.process_run(run)
