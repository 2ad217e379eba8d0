"""Each DAG run as Airflow runs it, on the recorded edition: with the real spider, the real store and a real mailbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from crawlers.outlets import OUTLETS
from desk.settings import Settings
from desk.steps.digesting import DESK, desk_series
from processing.judging import JUDGE, judge
from processing.model import Article
from processing.store import (
    alerts,
    articles,
    fetches,
    judgements,
    outlets,
    overview,
    readers,
    retagging,
    retention,
    runs,
)
from processing.store.series import save_series

pytestmark = pytest.mark.heavy

CRAWLED = datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
SENT = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)

DONE = {"build": "success", "deliver": "success", "all_well": "success"}
UPKEPT = {"retag": "success", "read_mail": "success", "tidy": "success", "let_go": "success"}
TICK = {"as_of": None, "mail": False}
"""In one process a Param keeps what the last run was given: each is given here."""


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
        assert sum(fetches.fates(connection)["page"].values()) > 0

    unmailed = dags["digest"].test(logical_date=None, run_conf={"as_of": SENT.isoformat(), "mail": False})
    assert states(unmailed) == DONE
    assert mailbox.messages() == []

    sent = dags["digest"].test(logical_date=None, run_conf={"as_of": SENT.isoformat(), "mail": True})
    assert states(sent) == DONE
    assert [message.deliveries[0].recipients for message in mailbox.messages()] == [("reader@example.org",)]

    again = dags["digest"].test(logical_date=None, run_conf={"as_of": SENT.isoformat(), "mail": True})
    assert states(again) == DONE
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
        assert states(run) == UPKEPT
        with connection:
            assert retagging.stale_articles(connection, JUDGE) == (left, 1)
    again = dags["upkeep"].test(logical_date=SENT, run_after=SENT)
    assert states(again) == UPKEPT


def test_upkeep_lets_go_what_is_old_and_nothing_before_its_day(dags, desk, connection):
    """By an instant that has not come nothing is old; in the night after the ninetieth day the text goes."""
    outlet = OUTLETS["kontan"]
    with connection:
        outlets.declare(connection, [outlet])
        article = Article(url="https://kontan.example/1", title="Kapal Asing di Natuna", paragraphs=("Satu.", "Dua."))
        revision, _ = articles.keep(connection, outlet.name, article, [], reader="a test", seen_at=CRAWLED)
        judgements.keep(connection, revision, judge(article.title, article.body))
    ahead = {"as_of": "2999-01-01T00:00:00+00:00", "since": None}
    night = CRAWLED + timedelta(days=90, hours=1)
    for when, conf, texts in ((SENT, ahead, 0), (night, {"as_of": None, "since": None}, 1)):
        run = dags["upkeep"].test(logical_date=when, run_after=when, run_conf=conf)
        assert states(run) == UPKEPT
        with connection:
            assert retention.tally(connection).texts == texts


@pytest.fixture
def at_this_hour(desk, connection, monkeypatch):
    """Give the instant at which the desk's digest, which has a reader, is due: a minute ago, for a DAG has a clock."""
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
    monkeypatch.setenv("PANTAU_DIGEST_AT", f"{due.astimezone(desk.timezone):%H:%M}")
    with connection:
        save_series(connection, desk_series(Settings.load()))
        readers.add_reader(connection, "reader@example.org", DESK, consent_source="a test", as_of=CRAWLED)
    return due


def test_a_tick_serves_what_is_due_and_the_next_has_nothing_to_do(dags, at_this_hour, connection, mailbox):
    """One mail, whether the tick comes again or is cleared; a tick with nothing to do is green, and says by skipping that it was."""
    first = dags["digest"].test(logical_date=at_this_hour, run_after=at_this_hour, run_conf=TICK)
    assert states(first) == DONE
    assert [len(message.deliveries) for message in mailbox.messages()] == [1]
    for _ in range(2):
        later = datetime.now(UTC)
        again = dags["digest"].test(logical_date=None, run_after=later, run_conf=TICK)
        assert states(again) == {"build": "skipped", "deliver": "skipped", "all_well": "skipped"}
        assert str(again.state) == "success"
    assert [len(message.deliveries) for message in mailbox.messages()] == [1]
    with connection:
        assert overview.counts(connection)["editions"] == 1


def test_a_tick_cleared_days_later_mails_nobody(dags, desk, connection, mailbox):
    """It builds the edition that it missed, and the digest of days ago goes to nobody, though there is a reader."""
    with connection:
        save_series(connection, desk_series(desk))
        readers.add_reader(connection, "reader@example.org", DESK, consent_source="a test", as_of=CRAWLED)
    run = dags["digest"].test(logical_date=SENT, run_after=SENT, run_conf=TICK)
    assert states(run) == DONE
    assert mailbox.messages() == []
    with connection:
        assert overview.counts(connection)["editions"] == 1


def test_a_failing_series_is_red_and_keeps_no_other_back(dags, at_this_hour, connection, mailbox):
    """The one whose zone is nonsense is named; the desk's digest is built and mailed all the same."""
    with connection:
        save_series(connection, replace(desk_series(Settings.load()), name="rusak", topics=("maritime",)))
        with connection.cursor() as cursor:
            # What no verb lets in: a language that has no words of its own.
            cursor.execute("ALTER TABLE series DROP CONSTRAINT series_language_check")
            cursor.execute("UPDATE series SET language = 'xx' WHERE name = 'rusak'")
    run = dags["digest"].test(logical_date=at_this_hour, run_after=at_this_hour, run_conf=TICK)
    assert states(run) == {"build": "failed", "deliver": "success", "all_well": "upstream_failed"}
    assert str(run.state) == "failed"
    assert [len(message.deliveries) for message in mailbox.messages()] == [1]


def test_an_alert_is_written_and_delivered_once(dags, desk, connection, mailbox):
    """The first run mails it, with the headers of a list; the next has nothing to write, says so by skipping, and is green."""
    outlet = OUTLETS["kontan"]
    with connection:
        save_series(connection, desk_series(desk))
        reader = readers.add_reader(connection, "reader@example.org", DESK, consent_source="a test", as_of=CRAWLED)
        alerts.save_search(connection, reader.id, "kapal natuna", as_of=CRAWLED)
        alerts.set_threshold(connection, reader.id, None, 3, time(), time())
        outlets.declare(connection, [outlet])
        title, text = "Kapal Perang Asing di Natuna", "Kapal perang asing memasuki ZEE utara Natuna, kata Bakamla."
        article = Article(url="https://kontan.example/1", title=title, paragraphs=(text,))
        revision, _ = articles.keep(connection, outlet.name, article, [], reader="a test", seen_at=CRAWLED)
        judgements.keep(connection, revision, replace(judge(title, text), relevant=True))
    joined = dags["process"].test(logical_date=None, run_conf={"as_of": CRAWLED.isoformat()})
    assert states(joined)["join"] == "success"
    first = dags["alerts"].test(logical_date=None, run_conf={"as_of": SENT.isoformat()})
    assert states(first) == {"write": "success", "deliver": "success"}
    again = dags["alerts"].test(logical_date=None, run_conf={"as_of": SENT.isoformat()})
    assert states(again) == {"write": "skipped", "deliver": "skipped"}
    assert str(again.state) == "success"
    (mail,) = mailbox.messages()
    assert mail.message["Subject"] == title
    assert mail.message["List-ID"].startswith("<alerts.")
    assert len(mail.deliveries) == 1
