"""Letting go: what is old enough goes, what somebody may yet read stays, and whoever asks for what went is told so."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsspec
import pytest
from archived_runs import CRAWLED, crawled, pages, write_warc
from typer.testing import CliRunner

from crawlers.outlets import outlet_named
from desk import steps
from desk.cli import _verbs
from desk.home import CHECKOUT
from desk.importing import import_pages
from desk.outlets import rereading
from desk.steps import retaining
from desk.steps.opened import load_settings, opened
from processing.archive import read_record
from processing.errors import PantauError
from processing.judging import JUDGE
from processing.store import retagging, texts

DAY = timedelta(days=1)
OLD = CRAWLED + 90 * DAY + timedelta(hours=20)
"""The night in which what came on the day of the crawl goes."""

LET_GO = """
import os, signal, sys
from datetime import datetime
from desk.steps import retaining
retaining.FILES = retaining.TEXTS = 1
def tell(what, done, of):
    print(what, done, of, flush=True)
    if what == sys.argv[2] and done == 1:
        os.kill(os.getpid(), signal.SIGKILL)
print(retaining.let_go(as_of=datetime.fromisoformat(sys.argv[1]), tell=tell))
"""


@pytest.fixture
def desk(database_url, monkeypatch, tmp_path):
    """Set a desk up on the test's database; gives its settings."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path / "home"))
    return load_settings()


def asked(settings, query: str, *values) -> list[tuple]:
    """Give the rows of a query."""
    with opened(settings) as connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def there(uri: str) -> bool:
    """Tell whether a file is there."""
    filesystem, path = fsspec.url_to_fs(uri)
    return filesystem.exists(path)


def pantau(*words: str) -> str:
    """Run the command and give what it printed; raises what it raised."""
    result = CliRunner().invoke(_verbs(), words, catch_exceptions=False, env={"COLUMNS": "400"})
    assert result.exit_code == 0, result.output
    return result.output


def gone_files(settings) -> int:
    """Count the files that are written down as gone."""
    return len(asked(settings, "SELECT FROM archive_file WHERE let_go_at IS NOT NULL"))


def test_on_the_day_and_not_before(desk):
    """The night before nothing goes; then file and texts, rows and verdicts stay, and a second time there is nothing to do."""
    run, uri = crawled(pages())
    steps.process_run(run)
    tables = ("fetched", "record", "judgement", "topic_tag", "entity_mention", "revision_source")
    before = [asked(desk, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    whole = asked(desk, "SELECT id, title, text_sha256, authors, length(body) FROM revision ORDER BY id")
    assert steps.let_go(as_of=CRAWLED + 90 * DAY) == {"texts": 0, "files": 0, "held": 0}
    assert there(uri)
    told = []
    assert steps.let_go(as_of=OLD, tell=lambda *said: told.append(said)) == {"texts": len(whole), "files": 1, "held": 0}
    assert told == [("texts", len(whole), len(whole)), ("archive files", 1, 1)]
    assert not there(uri)
    assert [asked(desk, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables] == before
    left = asked(desk, "SELECT id, title, text_sha256, authors, length(body), let_go_at FROM revision ORDER BY id")
    assert [row[:4] for row in left] == [row[:4] for row in whole]
    assert all(0 < row[4] <= 301 < wide[4] and row[5] == OLD for row, wide in zip(left, whole, strict=True))
    assert asked(desk, "SELECT uri, let_go_at FROM archive_file") == [(uri, OLD)]
    assert steps.let_go(as_of=OLD + DAY) == {"texts": 0, "files": 0, "held": 0}
    assert asked(desk, "SELECT DISTINCT let_go_at FROM revision") == [(OLD,)]


def test_each_has_its_setting(desk, monkeypatch):
    """Texts may go while pages stay, and the other way round; `forever` keeps both."""
    run, uri = crawled(pages(2))
    steps.process_run(run)
    monkeypatch.setenv("PANTAU_KEEP_ARCHIVE_DAYS", "forever")
    monkeypatch.setenv("PANTAU_KEEP_TEXT_DAYS", "forever")
    assert steps.let_go(as_of=OLD + 3650 * DAY) == {"texts": 0, "files": 0, "held": 0}
    monkeypatch.setenv("PANTAU_KEEP_TEXT_DAYS", "30")
    assert steps.let_go(as_of=CRAWLED + 31 * DAY) == {"texts": 2, "files": 0, "held": 0}
    assert there(uri)
    monkeypatch.setenv("PANTAU_KEEP_ARCHIVE_DAYS", "1")
    assert steps.let_go(as_of=CRAWLED + 32 * DAY) == {"texts": 0, "files": 1, "held": 0}


def test_what_was_never_read_stays(desk):
    """A run that waits keeps its file, however old, and so does one that was set aside, until somebody gives it up."""
    waits, waiting = crawled(pages(2))
    broken, aside = crawled(pages(2), as_of=CRAWLED + timedelta(hours=1))
    with opened(desk) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE run SET state = 'failed', error = 'KeyError: x' WHERE id = %s", (broken,))
    found = steps.overdue(as_of=OLD)
    assert found.files == ()
    first, second = found.held
    assert first == f"{waiting} waits to be read: run {waits} (kontan); `pantau process` reads it."
    assert second == (
        f"{aside} was never read, since run {broken} (kontan) was set aside (KeyError: x); `pantau process --warc"
        f" {aside.removeprefix('file://')}` tries again, and `pantau retention --give-up {broken}` gives it up."
    )
    assert steps.let_go(as_of=OLD) == {"texts": 0, "files": 0, "held": 2}
    assert there(waiting)
    assert there(aside)
    with pytest.raises(PantauError, match=f"Run {waits} was not set aside"):
        steps.give_up(waits)
    assert steps.process_run(waits) == {"stored": 2}
    assert f"2 pages of run {broken} given up" in pantau("retention", "--give-up", str(broken))
    assert asked(desk, "SELECT DISTINCT fate FROM fetched WHERE run_id = %s", broken) == [("failed",)]
    assert steps.let_go(as_of=OLD) == {"texts": 2, "files": 2, "held": 0}


def test_a_run_that_reads_a_file_again_keeps_it(desk):
    """An import from where a crawl's file lies holds the file until it is processed."""
    run, uri = crawled(pages(2))
    steps.process_run(run)
    again = import_pages(Path(uri.removeprefix("file://")), as_of=OLD)
    assert steps.let_go(as_of=OLD) == {"texts": 2, "files": 0, "held": 1}
    assert steps.process_run(again) == {"unchanged": 2}
    assert steps.let_go(as_of=OLD)["files"] == 1


def test_what_others_gave_us_is_theirs(desk, tmp_path):
    """A WARC file that was imported from where it lies stays; what we packed of a folder of pages goes."""
    write_warc(f"file://{tmp_path}/given.warc.gz", pages(2), CRAWLED)
    (tmp_path / "page.html").write_bytes(pages()[2].content)
    (tmp_path / "pages.jsonl").write_text(json.dumps({"url": pages()[2].url, "file": "page.html"}))
    for source in (tmp_path / "given.warc.gz", tmp_path):
        steps.process_run(import_pages(source, as_of=CRAWLED))
    assert len(list((desk.home.data / "imports").iterdir())) == 1
    assert steps.let_go(as_of=OLD) == {"texts": 3, "files": 1, "held": 0}
    assert (tmp_path / "given.warc.gz").exists()
    assert not list((desk.home.data / "imports").iterdir())


def test_a_file_that_is_gone_already_fails_nothing(desk):
    """A kill after deleting and before writing it down, or a hand that deleted it: the next run writes it down."""
    (first, gone), (second, uri) = crawled(pages(1)), crawled(pages(2)[1:])
    for run in (first, second):
        steps.process_run(run)
    Path(gone.removeprefix("file://")).unlink()
    assert steps.let_go(as_of=OLD) == {"texts": 2, "files": 2, "held": 0}
    assert not there(uri)
    assert gone_files(desk) == 2


def test_an_archive_that_is_away_is_not_taken_for_gone(desk):
    """Where the folder is missing too the files are still to be deleted: texts go, the task is red, and then it goes on."""
    run, uri = crawled(pages(2))
    steps.process_run(run)
    Path(desk.archive).rename(Path(desk.archive).with_name("away"))
    with pytest.raises(
        retaining.NotDeleted, match=r"1 archive files could not be deleted; the first is .*is the archive away\?"
    ):
        steps.let_go(as_of=OLD)
    assert gone_files(desk) == 0
    assert len(asked(desk, "SELECT FROM revision WHERE let_go_at IS NOT NULL")) == 2
    Path(desk.archive).with_name("away").rename(desk.archive)
    assert steps.let_go(as_of=OLD)["files"] == 1
    assert not there(uri)


def test_one_that_cannot_be_deleted_keeps_back_no_other(desk):
    """The file is named with the reason, the others go, and nothing says that it is gone."""
    (first, stuck), (second, uri) = crawled(pages(1)), crawled(pages(2)[1:])
    for run in (first, second):
        steps.process_run(run)
    path = Path(stuck.removeprefix("file://"))
    path.unlink()
    path.mkdir()
    with pytest.raises(
        retaining.NotDeleted, match=f"1 archive files could not be deleted; the first is {stuck}.*1 files, 2 texts"
    ):
        steps.let_go(as_of=OLD)
    assert not there(uri)
    assert asked(desk, "SELECT uri FROM archive_file WHERE let_go_at IS NULL") == [(stuck,)]


@pytest.mark.parametrize("what", ["texts", "archive files"])
def test_killed_halfway_it_goes_on(desk, what):
    """SIGKILL after the first batch leaves that done, and the rest to the next run."""
    uris = []
    for page in pages(3):
        run, uri = crawled([page])
        steps.process_run(run)
        uris.append(uri)
    command = [sys.executable, "-c", LET_GO, OLD.isoformat(), what]
    killed = subprocess.run(command, cwd=CHECKOUT, env=os.environ, capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert killed.stdout.splitlines()[-1] == f"{what} 1 3"
    left = {"texts": (2, 3), "archive files": (0, 2)}[what]
    assert sum(map(there, uris)) == left[1]
    assert steps.let_go(as_of=OLD) == {"texts": left[0], "files": left[1], "held": 0}
    assert not any(map(there, uris))


def test_the_archive_may_be_anywhere(desk, monkeypatch):
    """In memory, as in a bucket: no path of this machine is used."""
    monkeypatch.setenv("PANTAU_ARCHIVE", "memory://letting-go")
    run, uri = crawled(pages(1))
    assert uri.startswith("memory://")
    steps.process_run(run)
    assert steps.let_go(as_of=OLD)["files"] == 1
    assert not there(uri)


def test_an_unchanged_page_is_known_and_brings_no_text_back(desk):
    """A later crawl of the same pages finds them unchanged, and its records lie where it wrote them; another text is a revision."""
    run, _ = crawled(pages(2))
    steps.process_run(run)
    steps.let_go(as_of=OLD)
    short = asked(desk, "SELECT id, body FROM revision ORDER BY id")
    first, second = pages(2)
    changed = replace(second, content=second.content.replace(b"</h1>", b" lagi</h1>"))
    assert changed.content != second.content
    again, uri = crawled([first, changed], as_of=OLD)
    assert steps.process_run(again) == {"unchanged": 1, "revised": 1}
    rows = asked(desk, "SELECT id, body, let_go_at FROM revision ORDER BY id")
    assert [row[:2] for row in rows[:2]] == short
    assert rows[2][2] is None
    assert len(rows[2][1]) > 301
    assert steps.let_go(as_of=OLD + DAY) == {"texts": 0, "files": 0, "held": 0}
    assert there(uri)


def test_pages_that_come_again_in_another_file_are_read_there(desk, tmp_path):
    """A copy of the crawl's file, imported when that was let go, has the same records, and they lie in it now."""
    run, uri = crawled(pages(2))
    steps.process_run(run)
    copy = tmp_path / "copy.warc.gz"
    shutil.copy(uri.removeprefix("file://"), copy)
    steps.let_go(as_of=OLD)
    assert steps.process_run(import_pages(copy, as_of=OLD)) == {"unchanged": 2}
    assert asked(desk, "SELECT DISTINCT uri FROM record JOIN archive_file ON archive_file.id = archive_file_id") == [
        (copy.as_uri(),)
    ]


def test_a_folder_that_is_packed_again_is_read_again(desk, tmp_path):
    """At the place of the file that was let go: its records are found where they lie in the new one, which goes 90 days later."""
    names = {f"{number}.html": page for number, page in enumerate(pages(2))}
    for name, page in names.items():
        (tmp_path / name).write_bytes(page.content)
    (tmp_path / "pages.jsonl").write_text(
        "\n".join(json.dumps({"url": page.url, "file": name}) for name, page in names.items())
    )
    lie = "SELECT record.id, uri, byte_offset FROM record JOIN archive_file ON archive_file.id = archive_file_id ORDER BY byte_offset"
    steps.process_run(import_pages(tmp_path, as_of=CRAWLED))
    before = asked(desk, lie)
    steps.let_go(as_of=OLD)
    assert steps.process_run(import_pages(tmp_path, as_of=OLD + timedelta(minutes=13, seconds=47))) == {"unchanged": 2}
    after = asked(desk, lie)
    assert [row[:2] for row in after] == [row[:2] for row in before]
    assert after != before, "another date, so the first record has another length"
    assert [read_record(uri, offset).record.id for _, uri, offset in after] == [id_ for id_, _, _ in after]
    assert steps.let_go(as_of=OLD + 89 * DAY)["files"] == 0
    assert steps.let_go(as_of=OLD + 91 * DAY)["files"] == 1


def test_what_is_left_of_a_text_is_never_judged(desk):
    """Other rules judge the articles that have their text; the others keep their verdict, and nobody says that they wait."""
    for page, as_of in zip(pages(2), (CRAWLED, OLD), strict=True):
        steps.process_run(crawled([page], as_of=as_of)[0])
    steps.let_go(as_of=OLD)
    with opened(desk) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE judgement SET judged_by = 'older'")
    with opened(desk) as connection:
        assert retagging.stale_articles(connection, JUDGE) == (1, 2)
        assert retagging.stale(connection, JUDGE, as_of=OLD) == [2]
        assert retagging.take(connection, [1], JUDGE) == []
        assert [title for title, *_ in texts.recent(connection, since=CRAWLED, as_of=OLD, limit=9)] == [
            row[0] for row in asked(desk, "SELECT title FROM revision WHERE let_go_at IS NULL")
        ]
        assert len(texts.judged(connection, since=CRAWLED, as_of=OLD)) == 1
        assert len(texts.of(connection, [page.url for page in pages(2)], as_of=OLD)) <= 1
    assert steps.retag(as_of=OLD)["judged"] == 1
    assert asked(desk, "SELECT judged_by FROM judgement WHERE revision_id = 1") == [("older",)]


def test_reading_again_says_what_is_gone(desk, monkeypatch):
    """Without its page an article is lost, in one sentence. Without its text, what stands beside it is mended, and no text comes back."""
    run, _ = crawled(pages(3))
    steps.process_run(run)
    monkeypatch.setenv("PANTAU_KEEP_ARCHIVE_DAYS", "forever")
    steps.let_go(as_of=OLD)
    kontan = outlet_named("kontan")
    others = replace(kontan, rules=(replace(kontan.rules[0], tags=()), *kontan.rules[1:]))
    cut = replace(kontan, rules=(replace(kontan.rules[0], remove=(*kontan.rules[0].remove, "p:nth-of-type(3)")),))
    with opened(desk) as connection:
        assert [one.changed for one in rereading.reread(connection, kontan)] == [()] * 3
        mended = rereading.reread(connection, others)
        assert {one.changed for one in mended} <= {("tags",), ()}
        rereading.write(connection, others, mended, as_of=OLD)
        faults = [one.fault for one in rereading.reread(connection, cut) if one.article is None]
        assert len(set(faults)) == 1
        assert faults[0] == (
            "Its text of 2026-11-24 was let go on 2027-02-22, after 90 days (PANTAU_KEEP_TEXT_DAYS)."
            " These rules read another text, which is not taken in its place."
        )
    assert len(asked(desk, "SELECT FROM revision")) == 3
    assert not asked(desk, "SELECT FROM revision WHERE let_go_at IS NULL")
    monkeypatch.setenv("PANTAU_KEEP_ARCHIVE_DAYS", "90")
    steps.let_go(as_of=OLD)
    assert "3 are lost" in (said := pantau("outlet", "reread", "kontan"))
    assert "Its page of 2026-11-24 was let go on 2027-02-22, after 90 days (PANTAU_KEEP_ARCHIVE_DAYS)." in said


def test_whoever_asks_for_a_text_is_told(desk):
    """`explain` says when it went, `forget` takes the rest down, and `status` counts."""
    run, _ = crawled(pages(2))
    steps.process_run(run)
    url = asked(desk, "SELECT url FROM article ORDER BY id LIMIT 1")[0][0]
    assert "Let go" not in pantau("status")
    assert "log odds" in pantau("explain", url)
    steps.let_go(as_of=OLD)
    with pytest.raises(
        PantauError, match=r"^The text of http.* was let go on 2027-02-22, after 90 days \(PANTAU_KEEP_TEXT_DAYS\)\."
    ):
        pantau("explain", url)
    assert "Let go for their age: 1 archive files, 2 full texts; last on 2027-02-23." in pantau("status")
    assert "1 texts, 0 editions told without it, 0 letters blanked, 0 pages cut" in pantau("forget", url, "--yes")


def test_the_verb_shows_first_and_lets_go_when_asked(desk):
    """It counts what would go and changes nothing; with --write it does it; of a day to come it only tells."""
    early = CRAWLED - 400 * DAY
    steps.process_run(crawled(pages(2), as_of=early)[0])
    said = pantau("retention")
    assert (
        f"1 archive file older than 90 days, of {early:%Y-%m-%d} to {early:%Y-%m-%d}\n2 full texts older than 90 days"
        in said
    )
    assert "Nothing was let go" in said
    assert gone_files(desk) == 0
    with pytest.raises(PantauError, match="has not come yet"):
        pantau("retention", "--write", "--as-of", "2999-01-01T00:00Z")
    assert "1 archive file and 2 texts let go." in pantau("retention", "--write")
    assert "0 archive files older than 90 days\n0 full texts" in pantau("retention")


def test_what_a_crawl_left_behind_is_named(desk):
    """A file that a killed spider left open belongs to no registered run: it stays, and is named when it is old."""
    run, _ = crawled(pages(1))
    steps.process_run(run)
    left = desk.home.data / "crawls" / f"kontan-{run}" / f"kontan-{run}.warc.gz.open"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert steps.overdue(as_of=CRAWLED + DAY).held == ()
    assert steps.let_go(as_of=OLD) == {"texts": 1, "files": 1, "held": 1}
    assert left.exists()
    assert f"Held back: {left} is left of a crawl that broke off" in pantau("retention", "--as-of", OLD.isoformat())


RECORDED = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
DUE = datetime(2026, 11, 20, 23, tzinfo=UTC)


@pytest.mark.heavy
def test_what_readers_were_told_stays(desk, monkeypatch, tmp_path):
    """Real crawls, one of a feed alone: edition, story page and search keep headline and lead, the index loses the rest, and what is replayed stays."""
    folder = tmp_path / "recorded"
    subprocess.run([sys.executable, "-m", "crawlers.recorded", "--out", str(folder)], cwd=CHECKOUT, check=True)
    monkeypatch.setenv("PANTAU_REPLAY", str(folder))
    outlets = ("kontan", "kompas", "naval_news")
    monkeypatch.setenv("PANTAU_OUTLETS", ",".join(outlets))
    for name in outlets:
        steps.crawl(name, as_of=RECORDED)
    for run in steps.waiting_runs():
        steps.process_run(run)
    steps.join_stories(as_of=RECORDED)
    steps.build_editions(as_of=DUE)
    stored = steps.stored_edition(as_of=DUE)
    story = stored.edition.new[0].story
    told = steps.story_told(story, as_of=DUE)
    replayed = {path.name: path.stat().st_size for path in folder.iterdir()}
    bodies = asked(desk, "SELECT id, body FROM revision")

    done = steps.let_go(as_of=RECORDED + 91 * DAY)
    assert (done["files"], done["texts"], done["held"]) == (3, len(bodies), 0)
    assert not list(Path(desk.archive).rglob("*.warc.gz"))
    assert {path.name: path.stat().st_size for path in folder.iterdir()} == replayed

    assert steps.stored_edition(as_of=DUE) == stored
    later = steps.story_told(story, as_of=RECORDED + 92 * DAY)
    assert later.portrait.headline.title == told.portrait.headline.title
    assert [one.article_id for one in later.portrait.story.articles] == [
        one.article_id for one in told.portrait.story.articles
    ]
    assert steps.rerender(as_of=DUE).edition == stored.edition
    headline = stored.edition.new[0].headline
    found = steps.search(headline.title, as_of=RECORDED + 92 * DAY, since=None, topic=None, limit=5)
    assert headline.url in [hit.url for hit in found.articles]
    assert all(len(hit.marked) < 700 for hit in found.articles)
    endings = [body[-80:] for _, body in bodies if len(body) > 600]
    assert len(endings) > 10
    assert not asked(desk, "SELECT FROM revision, unnest(%s) AS ending WHERE strpos(body, ending) > 0", endings)
    assert asked(desk, "SELECT max(length(body)) <= 301, max(length(search_id)) < 60 FROM revision") == [(True, True)]
