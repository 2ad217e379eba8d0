"""`pantau topics check` and `retag`, and what `pantau status` says of older verdicts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import closing

import pytest
from stored_articles import LIGHTHOUSES, TITLES, keep_articles, rename_judges

from desk.home import CHECKOUT
from processing.store import connect
from processing.topics.taxonomy import FILE

SMALL = """iptc_release = "2022"
[[topic]]
code = "lighthouses"
iptc = "medtop:20000602"
label = { id = "Mercusuar", en = "Lighthouses" }
strong.id = ["mercusuar", "menara suar"]
"""


@pytest.fixture
def pantau(tmp_path, monkeypatch):
    """Run the command in a home of its own, without a database; gives exit code, output and errors."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: object) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "desk.cli", *map(str, words)]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def corpus(tmp_path):
    """Give articles in the form of `pantau judge`."""
    path = tmp_path / "corpus.jsonl"
    lines = [{"id": number, "title": title, "text": title, "lang": "id"} for number, title in enumerate(TITLES)]
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ("", 0, "Nothing is wrong; 0 advice."),
        ('weak.id = ["mercusuar"]\n', 0, "Nothing is wrong; 1 advice."),
        ('[not_meant]\nid = ["mercusuar"]\n', 1, "1 wrong, which should be mended; 0 advice."),
    ],
)
def test_the_exit_code_tells_wrong_from_advice(pantau, corpus, tmp_path, more, code, said):
    """0 where all is advice, 1 where something is wrong; what never stood is listed by topic."""
    path = tmp_path / "mine.toml"
    path.write_text(SMALL + more)
    ended, out, _ = pantau("topics", "check", path, "--on", corpus)
    assert (ended, said in out) == (code, True), out
    assert "Tried on corpus.jsonl: 5 id." in out
    assert re.search(r"lighthouses +1 +[23] +menara suar", out)


def test_a_slip_is_one_sentence(pantau, corpus, tmp_path):
    """Exit code 2, with the line."""
    path = tmp_path / "mine.toml"
    path.write_text(SMALL + 'srtong.en = ["lighthouse"]\n')
    ended, out, err = pantau("topics", "check", path, "--on", corpus)
    assert (ended, out) == (2, "")
    assert err == "pantau: mine.toml, line 7: topic lighthouses has an unknown field srtong; did you mean strong?\n"
    corpus.write_text('{"id": 1, "title": "A"}')
    path.write_text(SMALL)
    assert "corpus.jsonl, line 1: not an article" in pantau("topics", "check", path, "--on", corpus)[2]


def test_without_a_corpus_and_a_database_the_recorded_edition_serves(pantau, tmp_path):
    """And no database is made for it. The taxonomy is ours, or that which PANTAU_TAXONOMY names."""
    _, out, err = pantau("topics", "check")
    assert "taxonomy.toml: 17 topics" in out, err
    assert "Tried on the recorded edition, as no articles are stored: 32 en, 100 id." in out
    assert sorted(path.name for path in (tmp_path / "home").glob("*")) == []


def test_from_a_changed_file_to_other_tags(pantau, database_url, tmp_path, monkeypatch):
    """Status tells of older verdicts, a dry run of what would change, retagging changes it, and then nothing waits."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    with closing(connect(database_url)) as connection, connection, connection.cursor() as cursor:
        keep_articles(connection)
        cursor.execute("UPDATE revision SET seen_at = seen_at - interval '40 days' WHERE id = 1")
    assert "older judge" not in pantau("status")[1]
    path = tmp_path / "mine.toml"
    path.write_text(FILE.read_text("utf-8") + LIGHTHOUSES, "utf-8")
    monkeypatch.setenv("PANTAU_TAXONOMY", str(path))
    assert "5 of 5 articles carry an older judge's verdict" in pantau("status")[1]
    assert "4 texts would be judged anew" in pantau("topics", "retag", "--dry-run", "--since", "2026-11-01")[1]
    code, out, _ = pantau("topics", "retag")
    assert (code, out.splitlines()[0]) == (
        0,
        "5 texts were judged anew: 1 become relevant, 0 no longer are, 0 get other topics.",
    )
    assert "the next `pantau process`" in out
    assert "older judge" not in pantau("status")[1]
    assert pantau("topics", "retag")[1] == "Every full text has a verdict by the rules of today; nothing to do.\n"


def test_the_stored_articles_are_the_corpus(pantau, database_url, monkeypatch):
    """Those of the last 90 days, as of the instant given."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    with closing(connect(database_url)) as connection, connection:
        keep_articles(connection)
        rename_judges(connection)
    assert (
        "the stored articles of the last 90 days: 5 id." in pantau("topics", "check", "--as-of", "2026-12-01T00:00Z")[1]
    )
    assert "the recorded edition" in pantau("topics", "check", "--as-of", "2027-12-01T00:00Z")[1]
