"""Each DAG run as Airflow runs it, on the recorded edition: with the real spider, the real store and a real mailbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawlers.outlets import OUTLETS
from desk.settings import Settings
from desk.steps.digesting import DESK, desk_series
from processing.judging import JUDGE, judge
from processing.model import Article
from processing.store import articles, judgements, outlets, readers, retagging, runs
from processing.store.series import save_series

pytestmark = pytest.mark.heavy

CRAWLED = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
SENT = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


@pytest.fixture
def desk(airflow, database_url, recorded, mailbox, tmp_path, monkeypatch):
    """Give the settings of a desk of its own: one small outlet, answered by the recorded edition."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_SMTP_URL", mailbox.url)
    monkeypatch.setenv("PANTAU_REPLAY", str(recorded))
    monkeypatch.setenv("PANTAU_OUTLETS", "defense_news")
    monkeypatch.setenv("PANTAU_ARCHIVE", str(tmp_path / "archive"))
    return Settings.load()


def states(run) -> dict[str, str]:
    """Give the state of each task of a run, that of a mapped one's first part."""
    return {task.task_id: str(task.state) for task in reversed(run.get_task_instances())}


def test_the_route_with_no_logical_date(dags, desk, connection, mailbox):
    """Crawled, processed and sent as of the recorded day, as the demo does it: by hand, so without a logical date."""
    with connection:
        save_series(connection, desk_series(desk))
        readers.add_reader(connection, "reader@example.org", DESK, consent_source="a test", as_of=CRAWLED)

    crawled = dags["crawl"].test(logical_date=None, run_conf={"as_of": CRAWLED.isoformat()})
    assert states(crawled) == {"outlets": "success", "fetch": "success", "ring": "success", "all_well": "success"}
    with connection:
        assert len(runs.waiting(connection)) == 1

    processed = dags["process"].test(logical_date=None, run_conf={"as_of": CRAWLED.isoformat()})
    assert states(processed) == {"waiting": "success", "read": "success", "join": "success", "all_well": "success"}
    with connection:
        assert runs.waiting(connection) == []
        assert sum(runs.fates(connection)["page"].values()) > 0

    sent = dags["digest"].test(logical_date=None, run_conf={"as_of": SENT.isoformat()})
    assert states(sent) == {"build": "success", "deliver": "success"}
    assert [message.deliveries[0].recipients for message in mailbox.messages()] == [("reader@example.org",)]

    again = dags["digest"].test(logical_date=None, run_conf={"as_of": SENT.isoformat()})
    assert str(again.state) == "success"
    assert len(mailbox.messages()[0].deliveries) == 1


def test_a_failed_crawl_is_red_and_rings_all_the_same(dags, desk, tmp_path, monkeypatch):
    """An archive that answers nothing gives a red task and a red run, and wakes `process` with the crawl's instant."""
    from airflow import settings  # noqa: PLC0415  (Airflow's settings stand by now)
    from airflow.models.asset import AssetEvent  # noqa: PLC0415

    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PANTAU_REPLAY", str(tmp_path / "empty"))
    run = dags["crawl"].test(logical_date=None, run_conf={"as_of": CRAWLED.isoformat()})
    assert str(run.state) == "failed"
    assert states(run) == {"outlets": "success", "fetch": "failed", "ring": "success", "all_well": "upstream_failed"}
    rung = settings.Session().query(AssetEvent).filter_by(source_run_id=run.run_id).one()
    assert datetime.fromisoformat(rung.extra["as_of"]) == CRAWLED


def test_an_empty_queue_is_no_failure(dags, desk):
    """A sweep that finds nothing is green, with a logical date and without one; it works as of its own instant."""
    for logical_date in (None, datetime(2026, 11, 21, 5, 0, tzinfo=UTC)):
        run = dags["process"].test(logical_date=logical_date, run_after=datetime(2026, 11, 21, 5, 0, tzinfo=UTC))
        assert str(run.state) == "success"
        assert states(run) == {"waiting": "success", "read": "skipped", "join": "success", "all_well": "skipped"}


def test_upkeep_judges_anew_what_other_rules_judged(dags, desk, connection):
    """With a logical date and without one; what was seen before `since` or after `as_of` is left, and then nothing waits."""
    outlet = OUTLETS["kontan"]
    with connection:
        outlets.declare(connection, [outlet])
        article = Article(url="https://kontan.example/1", title="Kapal Asing di Natuna", paragraphs=("Satu.",))
        revision, _ = articles.keep(connection, outlet.name, article, [], reader="a test", seen_at=CRAWLED)
        judgements.keep(connection, revision, replace(judge(article.title, article.body), judged_by="older"))
    too_early = {"as_of": (CRAWLED - timedelta(days=1)).isoformat()}
    too_late = {"as_of": SENT.isoformat(), "since": SENT.isoformat()}
    # In one process a Param keeps what the last run was given: each is given here.
    for conf, left in ((too_early, 1), (too_late, 1), ({"as_of": SENT.isoformat(), "since": None}, 0)):
        run = dags["upkeep"].test(logical_date=None, run_conf=conf)
        assert states(run) == {"retag": "success"}
        with connection:
            assert retagging.stale_articles(connection, JUDGE) == (left, 1)
    again = dags["upkeep"].test(logical_date=SENT, run_after=SENT)
    assert states(again) == {"retag": "success"}


def test_with_no_reader_the_digest_is_built_all_the_same(dags, desk, mailbox):
    """On its hour, with the logical date that a schedule gives, the edition is made though nobody gets it."""
    run = dags["digest"].test(logical_date=SENT, run_after=SENT)
    assert states(run) == {"build": "success", "deliver": "success"}
    assert mailbox.messages() == []
