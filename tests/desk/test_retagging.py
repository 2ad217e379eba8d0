"""Retagging: what another judge has judged is judged anew, in order of date, and an edition stays as it was shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest
from stored_articles import FIRST_SEEN, LIGHTHOUSES, TITLES, keep_articles, rename_judges

from desk import steps
from desk.home import CHECKOUT
from desk.steps import retagging as step
from processing.judging import JUDGE
from processing.store import connect, judgements, retagging
from processing.topics.taxonomy import FILE

LATER = FIRST_SEEN + timedelta(days=3)

RETAG = """
import os, signal, sys
from datetime import datetime
from desk.steps import retagging
retagging.BATCH = 2
def tell(done, of):
    print(done, of, flush=True)
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
print(retagging.retag(as_of=datetime.fromisoformat(sys.argv[1]), tell=tell))
"""


@pytest.fixture
def desk(database_url, monkeypatch):
    """Set the desk up on the test's database, with five articles that the rules of today have judged."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    with closing(connect(database_url)) as connection, connection:
        keep_articles(connection)
    with closing(connect(database_url)) as connection:
        yield connection


def asked(connection, query: str, *values) -> list[tuple]:
    """Give the rows of a query, in a transaction of its own."""
    with connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def retag_elsewhere(database_url, taxonomy=FILE, *, kill_at: int = 0) -> subprocess.CompletedProcess:
    """Retag in a process of its own, two revisions a batch, by a taxonomy; killed when so many are done."""
    environ = os.environ | {"PANTAU_DATABASE_URL": database_url, "PANTAU_TAXONOMY": str(taxonomy)}
    command = [sys.executable, "-c", RETAG, LATER.isoformat(), str(kill_at)]
    return subprocess.run(command, cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=False)


def test_only_what_another_judge_judged_is_judged_anew(desk):
    """The others keep their rows; each new verdict names its judge, the older one stays beside it, and then nothing waits."""
    with desk, desk.cursor() as cursor:
        cursor.execute("UPDATE judgement SET judged_by = 'older', relevant = false WHERE revision_id <= 2")
    others = asked(desk, "SELECT id FROM judgement WHERE judged_by = %s ORDER BY id", JUDGE)
    assert retagging.stale_articles(desk, JUDGE) == (2, 5)
    told = []
    assert steps.retag(as_of=LATER, tell=lambda *count: told.append(count)) == {
        "judged": 2, "relevant": 2, "irrelevant": 0, "retagged": 0
    }  # fmt: skip
    assert told == [(2, 2)]
    assert asked(desk, "SELECT id FROM judgement WHERE judged_by = %s ORDER BY id", JUDGE)[:3] == others
    assert asked(desk, "SELECT count(*) FROM judgement WHERE judged_by = 'older'") == [(2,)]
    assert retagging.stale_articles(desk, JUDGE) == (0, 5)
    assert steps.retag(as_of=LATER)["judged"] == 0


def test_it_goes_by_date_and_within_bounds(desk, monkeypatch):
    """The oldest first; what was seen before `since` or after `as_of` waits."""
    rename_judges(desk)
    desk.commit()
    monkeypatch.setattr(step, "BATCH", 1)
    since, as_of = FIRST_SEEN + timedelta(hours=1), FIRST_SEEN + timedelta(hours=3)
    assert steps.retag(as_of=as_of, since=since)["judged"] == 3
    rows = asked(desk, "SELECT revision_id FROM judgement WHERE judged_by = %s ORDER BY id", JUDGE)
    assert [TITLES[row[0] - 1] for row in rows] == list(TITLES[1:4])
    assert retagging.stale_articles(desk, JUDGE) == (2, 5)


def test_a_dry_run_tells_and_writes_nothing(desk):
    """It judges, so that its counts are those of the run itself."""
    with desk, desk.cursor() as cursor:
        cursor.execute("UPDATE judgement SET judged_by = 'older', relevant = NOT relevant")
        cursor.execute("DELETE FROM topic_tag")
    before = asked(desk, "SELECT * FROM judgement ORDER BY id")
    tried = steps.retag(as_of=LATER, dry_run=True)
    assert (tried["judged"], tried["relevant"], tried["irrelevant"]) == (5, 3, 2)
    assert asked(desk, "SELECT * FROM judgement ORDER BY id") == before
    assert steps.retag(as_of=LATER) == tried


def test_killed_halfway_it_goes_on(desk, database_url):
    """SIGKILL after two batches leaves their work done, the third's undone, and the rest to the next run."""
    rename_judges(desk)
    desk.commit()
    killed = retag_elsewhere(database_url, kill_at=4)
    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout.splitlines() == ["2 5", "4 5"]
    assert retagging.stale_articles(desk, JUDGE) == (1, 5)
    assert steps.retag(as_of=LATER)["judged"] == 1
    assert retagging.stale_articles(desk, JUDGE) == (0, 5)


def test_a_changed_taxonomy_tags_anew_and_changed_back_as_before(desk, database_url, tmp_path):
    """A topic that an editor adds is given; taken out again, the verdicts are the first judge's, and they count."""
    own = tmp_path / "taxonomy.toml"
    own.write_text(FILE.read_text("utf-8") + LIGHTHOUSES, "utf-8")
    newest = (
        "SELECT revision_id, judged_by = %s, relevant, ARRAY(SELECT topic FROM topic_tag WHERE judgement_id = judgement.id)"
        " FROM judgement WHERE id IN (SELECT max(id) FROM judgement GROUP BY revision_id) ORDER BY 1"
    )
    first = asked(desk, newest, JUDGE)
    assert "'relevant': 1" in retag_elsewhere(database_url, own).stdout
    second = asked(desk, newest, JUDGE)
    assert second[2][2:] == (True, ["lighthouses"])
    assert {row[1] for row in second} == {False}
    assert steps.retag(as_of=LATER) == {"judged": 5, "relevant": 0, "irrelevant": 1, "retagged": 0}
    assert asked(desk, newest, JUDGE) == first


def test_what_an_edition_has_shown_is_not_rewritten(desk, monkeypatch):
    """Its content and parts stay to the byte, though every one of its articles has become irrelevant."""
    monkeypatch.setenv("PANTAU_OUTLETS", "kontan")
    steps.join_stories(as_of=LATER)
    steps.build_editions(as_of=FIRST_SEEN + timedelta(days=1))
    tables = ("edition", "edition_article", "story", "story_article")
    before = [asked(desk, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    assert "Natuna" in before[0][0][5]
    assert len(before[1]) == 3
    with desk, desk.cursor() as cursor:
        cursor.execute("UPDATE judgement SET judged_by = 'older'")
        cursor.execute("UPDATE revision SET title = 'Resep Kue', body = 'Kue lapis dan bolu.'")
    assert steps.retag(as_of=LATER)["irrelevant"] == 3
    steps.build_editions(as_of=FIRST_SEEN + timedelta(days=1))
    assert [asked(desk, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables] == before


def test_a_verdict_that_is_there_already_stays(desk):
    """Two that judge the same text at once, `process` and retagging, give one verdict and no error."""
    (row,) = asked(desk, "SELECT id, relevant FROM judgement WHERE revision_id = 1")
    with desk:
        verdict = step._verdict(retagging.take(desk, [1], "someone else")[0])
        judgements.keep(desk, 1, verdict)
    assert asked(desk, "SELECT id, relevant FROM judgement WHERE revision_id = 1") == [row]
