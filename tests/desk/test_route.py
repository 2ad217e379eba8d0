"""The whole route without Airflow: two recorded days, and the same again, which must change nothing."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest

from desk import steps
from desk.home import CHECKOUT
from desk.mailbox import Mailbox
from desk.steps.digesting import DESK, desk_series
from desk.steps.opened import load_settings, opened
from processing.store import connect, readers
from processing.store.series import save_series

pytestmark = pytest.mark.heavy

CRAWLS = (datetime(2026, 11, 20, 22, 45, tzinfo=UTC), datetime(2026, 11, 21, 22, 45, tzinfo=UTC))
DIGESTS = (datetime(2026, 11, 20, 23, tzinfo=UTC), datetime(2026, 11, 21, 23, tzinfo=UTC))

UNCHANGING = [
    "outlet",
    "demotion",
    "article",
    "revision",
    "revision_source",
    "record",
    "judgement",
    "topic_tag",
    "entity_mention",
    "attribution",
    "story",
    "story_article",
    "story_redirect",
    "story_change",
    "series",
    "edition",
    "edition_article",
    "reader",
    "subscription",
    "delivery",
]
"""Every table but those of runs, fetches and their archive files."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """Pack the recorded edition."""
    folder = tmp_path_factory.mktemp("recorded")
    subprocess.run([sys.executable, "-m", "crawlers.recorded", "--out", str(folder)], cwd=CHECKOUT, check=True)
    return folder


@pytest.fixture(scope="module")
def desk(recorded, server, template, tmp_path_factory):
    """Give a desk that has lived through both days once."""
    mailbox = Mailbox(tmp_path_factory.mktemp("mailbox"))
    database_url = server.ensure_database("route", template=template)
    with mailbox, pytest.MonkeyPatch.context() as environment:
        environment.setenv("PANTAU_HOME", str(tmp_path_factory.mktemp("home")))
        environment.setenv("PANTAU_DATABASE_URL", database_url)
        environment.setenv("PANTAU_SMTP_URL", mailbox.url)
        environment.setenv("PANTAU_SENDER", "Pantau <pantau@example.org>")
        environment.setenv("PANTAU_REPLAY", str(recorded))
        environment.setenv("PANTAU_OUTLETS", ",".join(path.name.split(".")[0] for path in recorded.glob("*.warc.gz")))
        settings = load_settings()
        with opened(settings) as connection:
            save_series(connection, desk_series(settings))
            readers.add_reader(
                connection, "pembaca@example.org", DESK, consent_source="test", as_of=CRAWLS[0], name="Pembaca"
            )
        red = live_through_both_days()
        yield settings, mailbox, red


def live_through_both_days() -> list[str]:
    """Crawl, process, join, build and send twice; gives what the red crawls said."""
    red = []
    for crawled, due in zip(CRAWLS, DIGESTS, strict=True):
        with ThreadPoolExecutor(4) as crawls:
            begun = [crawls.submit(steps.crawl, outlet, as_of=crawled) for outlet in steps.enabled_outlets()]
        red += [str(crawl.exception()) for crawl in begun if crawl.exception()]
        for run in steps.waiting_runs():
            steps.process_run(run)
        steps.join_stories(as_of=crawled)
        steps.build_editions(as_of=due, mail=True)
        steps.deliver(as_of=due)
    return red


def asked(settings, query: str, *values: object) -> list[tuple]:
    """Ask the database."""
    with closing(connect(settings.database_url)) as connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def test_every_fetch_met_one_fate(desk):
    """Nothing is left open, and what was not kept says why."""
    settings, _, _ = desk
    assert asked(settings, "SELECT url, kind FROM fetched WHERE fate IS NULL") == []
    unexplained = asked(
        settings,
        "SELECT url, fate FROM fetched WHERE fate IN ('failed', 'rejected', 'quarantined', 'disallowed') AND reason = ''",
    )
    assert unexplained == []
    assert dict(asked(settings, "SELECT fate, count(*) FROM fetched WHERE kind = 'page' GROUP BY fate"))["stored"] >= 80


def test_broken_feed_is_red_and_the_rest_goes_on(desk):
    """One outlet is named, with its cause; its good pages are in the store."""
    settings, _, red = desk
    assert len(red) == 1
    assert red[0].startswith("SINDOnews: ")
    assert asked(settings, "SELECT count(*) > 10 FROM article WHERE outlet = 'sindonews'") == [(True,)]


def test_two_digests_arrived(desk):
    """The mailbox holds one mail a day, for the one reader, text before HTML."""
    _, mailbox, _ = desk
    received = mailbox.messages()
    assert [len(mail.deliveries) for mail in received] == [1, 1]
    for mail in (mail.message for mail in received):
        assert mail["To"] == "Pembaca <pembaca@example.org>"
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_second_day_tells_what_developed(desk):
    """The later edition has stories that the first one told, with what is new."""
    settings, _, _ = desk
    (first,), (second,) = asked(settings, "SELECT content FROM edition ORDER BY cutoff")
    assert first["developing"] == []
    assert len(second["developing"]) >= 3
    assert {card["story"] for card in second["developing"]} <= {int(story) for story in first["shown"]}


def test_wire_copy_in_five_papers_is_one_newsroom(desk):
    """Six outlets carry the arrests in Poso, in both languages: one story of two newsrooms, Antara and the BBC."""
    settings, _, _ = desk
    ((second,),) = asked(settings, "SELECT content FROM edition ORDER BY cutoff DESC LIMIT 1")
    (card,) = [card for card in second["new"] if "Poso" in card["entities"]]
    assert (card["articles"], card["newsrooms"]) == (6, 2)
    assert card["folded"] == {"source": "ANTARA", "outlets": 5}
    assert {carrier["language"] for carrier in card["carriers"]} == {"id", "en"}


def test_same_again_adds_runs_and_fetches_alone(desk):
    """Running the route twice on the same input changes no article, story or edition, and sends nothing."""
    settings, mailbox, _ = desk
    before = versions(settings)
    live_through_both_days()
    after = versions(settings)
    assert before["record"] <= after.pop("record"), (
        "lists and robots.txt are fetched, and archived, anew; the rest stays"
    )
    assert after == {table: rows for table, rows in before.items() if table != "record"}
    assert [len(mail.deliveries) for mail in mailbox.messages()] == [1, 1]


def versions(settings) -> dict[str, set[tuple]]:
    """Give every row's version and place, by table."""
    return {table: set(asked(settings, f"SELECT xmin::text, ctid::text FROM {table}")) for table in UNCHANGING}


def test_spider_that_leaves_no_result_is_red_and_waits_for_nothing(desk, monkeypatch, tmp_path):
    """A crash is a sentence about the outlet; nothing of it blocks the queue."""
    settings, _, _ = desk
    monkeypatch.setenv("PANTAU_OUTLET_PATH", str(tmp_path))
    (tmp_path / "kontan.py").write_text("raise SystemExit(3)")
    with pytest.raises(steps.CrawlFailed, match=r"kontan: the spider ended with code \d+ and left no result"):
        steps.crawl("kontan", as_of=CRAWLS[1])
    assert steps.waiting_runs() == []
    assert asked(settings, "SELECT state FROM run ORDER BY id DESC LIMIT 1") == [("failed",)]


def test_runs_say_how_fields_were_found(desk):
    """Field coverage stands on each run: here every body of an outlet with rules was found by them."""
    settings, _, _ = desk
    found = asked(settings, "SELECT fields FROM run WHERE outlet = 'kontan' AND fields <> '{}' ORDER BY id LIMIT 2")
    assert len(found) == 2
    for (fields,) in found:
        assert set(fields["body"]) == {"rules"}
        assert sum(fields["title"].values()) == sum(fields["body"].values())
