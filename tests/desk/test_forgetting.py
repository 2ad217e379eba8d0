"""`pantau forget`: an article goes from texts, stories, editions, letters, labels and archive, and does not come back."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desk import steps
from desk.cli import _verbs
from desk.home import CHECKOUT
from desk.importing import import_pages
from desk.labels import drop_labels, read_labels
from desk.steps.opened import load_settings, opened
from processing import archive
from processing.archive_cutting import next_name
from processing.errors import PantauError
from processing.store import letters, readers

CRAWL = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
OUTLETS = ("kontan", "kompas", "naval_news")
"""The last is read by its feed alone."""
DIGEST = datetime(2026, 11, 20, 23, tzinfo=UTC)
NEXT = datetime(2026, 11, 21, 22, 45, tzinfo=UTC)


@pytest.fixture
def desk(database_url, monkeypatch, tmp_path):
    """Give a desk that has read three outlets of the recording's first day and built its edition; nobody is mailed."""
    folder = tmp_path / "recorded"
    subprocess.run([sys.executable, "-m", "crawlers.recorded", "--out", str(folder)], cwd=CHECKOUT, check=True)
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_REPLAY", str(folder))
    monkeypatch.setenv("PANTAU_OUTLETS", ",".join(OUTLETS))
    read(CRAWL)
    steps.build_editions(as_of=DIGEST)
    return load_settings()


def read(as_of: datetime) -> None:
    """Crawl, process and join as of an instant."""
    for outlet in OUTLETS:
        steps.crawl(outlet, as_of=as_of)
    for run in steps.waiting_runs():
        steps.process_run(run)
    steps.join_stories(as_of=as_of)


def ask(settings, query: str, *values: object) -> list[tuple]:
    """Ask the store."""
    with opened(settings) as connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def forget(*words: str) -> str:
    """Run the verb and give what it printed; raises what it raised."""
    result = CliRunner().invoke(_verbs(), ["forget", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.heavy
def test_article_goes_everywhere_and_stays_away(desk, tmp_path):
    """No table, part of an edition or archive file has a word of it; other records read as before; no crawl, import or reread brings it back."""
    stored = steps.stored_edition(as_of=DIGEST)
    headline = stored.edition.new[0].headline
    with opened(desk) as connection:
        reader = readers.add_reader(connection, "a@example.org", "desk", consent_source="test", as_of=DIGEST)
        letter = letters.Letter(
            reader=reader.id,
            kind="alert",
            key="k",
            language="id",
            subject=headline.title,
            text=f"{headline.url}\n",
            html="",
        )
        letters.write(connection, letter, domain="example.org", as_of=DIGEST)
    ((uri, page),) = ask(
        desk,
        "SELECT uri, record.id FROM fetched JOIN record ON record.id = record_id JOIN archive_file"
        " ON archive_file.id = archive_file_id WHERE canonical_url = %s",
        headline.url,
    )
    (page_bytes,) = [found.content for found in archive.iter_responses(uri) if found.record.id == page]

    said = forget(f"{headline.url}?utm_source=mail", "--yes")
    assert "1 texts, 1 editions told without it, 1 letters blanked, 1 pages cut out of the archive, 0 labels" in said

    again = steps.stored_edition(as_of=DIGEST)
    for part in (again.subject, again.text, again.html):
        assert headline.title not in part
        assert headline.url not in part
    for table in ("edition", "letter", "revision", "entity_mention"):
        assert not ask(desk, f"SELECT FROM {table} WHERE strpos({table}::text, %s) > 0", headline.title), table
    assert ask(desk, "SELECT state FROM delivery WHERE letter_id IS NOT NULL") == [("withdrawn",)]
    assert not ask(
        desk, "SELECT FROM story_article JOIN article ON article.id = article_id WHERE url = %s", headline.url
    )
    assert not ask(desk, "SELECT FROM fetched WHERE fate IS NULL")

    assert not Path(uri.removeprefix("file://")).exists()
    records = ask(
        desk,
        "SELECT uri, byte_offset, record.id, payload_sha256 FROM record JOIN archive_file ON archive_file.id = archive_file_id"
        " WHERE uri = %s",
        next_name(uri),
    )
    assert len(records) > 5
    for place, offset, id_, digest in records:
        found = archive.read_record(place, offset).record
        assert (found.id, found.sha256) == (id_, digest)
    assert page not in {response.record.id for response in archive.iter_responses(next_name(uri))}

    read(NEXT)
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "page.html").write_bytes(page_bytes)
    (folder / "pages.jsonl").write_text(json.dumps({"url": headline.url, "file": "page.html"}))
    assert steps.process_run(import_pages(folder, as_of=NEXT)) == {"rejected": 1}
    assert not ask(desk, "SELECT FROM revision JOIN article ON article.id = article_id WHERE url = %s", headline.url)
    fates = ask(desk, "SELECT fate, reason FROM fetched WHERE canonical_url = %s ORDER BY id", headline.url)
    assert [fate for fate, _ in fates] == ["stored", "rejected"], "no crawl asks for it again"
    assert "pantau forget" in fates[-1][1]
    assert "Not to be cut" in forget(headline.url, "--yes"), "an imported file is its giver's"


@pytest.mark.heavy
def test_article_of_a_feed_goes_and_the_feed_is_read_on(desk):
    """The feed's file is named as what still has it; the next crawls read the feed's other entries, and not this one."""
    urls = "SELECT url FROM revision JOIN article ON article.id = article_id WHERE outlet = 'naval_news' ORDER BY url"
    ((gone,), *others) = ask(desk, urls)
    assert others
    said = forget(gone, "--yes")
    ((uri,),) = ask(
        desk,
        "SELECT DISTINCT uri FROM archive_file JOIN run ON run.id = run_id WHERE outlet = 'naval_news' AND kind = 'crawl'",
    )
    assert "0 pages cut out of the archive" in said
    assert f"Not to be cut, and it still has something of it: {uri}" in said
    read(NEXT)
    later = ask(desk, urls)
    assert (gone,) not in later
    assert set(others) <= set(later)
    assert not ask(
        desk, "SELECT FROM fetched JOIN run ON run.id = run_id WHERE outlet = 'naval_news' AND fate <> 'stored'"
    )


def test_unknown_address_and_a_no_change_nothing(database_url, monkeypatch, tmp_path):
    """One sentence each."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    with pytest.raises(PantauError, match=r"No article is stored under https://www\.kontan\.example/1"):
        forget("http://www.kontan.example/1/", "--yes")
    with pytest.raises(PantauError, match="Nothing was taken down"):
        CliRunner().invoke(_verbs(), ["forget", "https://kontan.example/1"], input="n\n", catch_exceptions=False)


def test_labels_of_it_are_dropped(tmp_path):
    """All lines on the address go, its text with them; the others stay as they were."""
    path = tmp_path / "labels.jsonl"
    rows = [
        {"id": url, "url": url, "title": "t", "text": "x", "relevant": True, "topics": [], "unsure": False}
        for url in ("https://a.example/1", "https://a.example/2", "https://a.example/1")
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert drop_labels(path, "https://a.example/1") == 2
    assert list(read_labels(path)) == ["https://a.example/2"]
    assert drop_labels(tmp_path / "none.jsonl", "https://a.example/1") == 0


def test_versions_of_a_file_have_names_of_their_own():
    """Each has its number, before the ending."""
    assert next_name("file:///a.b/kontan-7.warc.gz") == "file:///a.b/kontan-7~2.warc.gz"
    assert next_name("s3://x/kontan-7~9.warc.gz") == "s3://x/kontan-7~10.warc.gz"
    assert next_name("/x/kontan") == "/x/kontan~2"
