"""The demo's parts that need no Airflow; the whole demo is run by .ci."""

from __future__ import annotations

import io
import os
import smtplib
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from crawlers.outlets import outlet_named
from crawlers.recorded.edition import pack
from desk import demo, up
from desk.airflow_api import AirflowError, Task
from desk.demo_days import DAYS, Lived, all_well, teller
from desk.demo_report import report
from processing.errors import SettingError
from processing.model import CrawlResult, Fate, Fetch, FetchKind
from processing.store import outlets, runs

JAKARTA = ZoneInfo("Asia/Jakarta")


def test_the_demos_outlets_are_those_of_the_recorded_edition(tmp_path):
    """Each outlet that is crawled has its archive, and each archive is crawled."""
    assert sorted(pack(tmp_path)) == sorted(f"{outlet_named(name).name}.warc.gz" for name in demo.OUTLETS)


def test_the_days_are_consecutive_mornings_in_jakarta():
    """Crawled at 05:45, sent at 06:00, on Saturday and Sunday."""
    crawled = [day.crawled.astimezone(JAKARTA) for day in DAYS]
    assert [f"{at:%A %H:%M}" for at in crawled] == ["Saturday 05:45", "Sunday 05:45"]
    assert [day.sent - day.crawled for day in DAYS] == [timedelta(minutes=15)] * 2
    assert [f"{at:%A %-d %B}" for at in crawled] == [day.title for day in DAYS]


def test_the_users_settings_do_not_reach_the_demo(monkeypatch):
    """It is the same for everyone, and mails nobody but its own mailbox."""
    theirs = {"PANTAU_SMTP_URL": "smtps://relay.example.org", "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor"}
    monkeypatch.setattr(os, "environ", {"PATH": "/bin", **theirs})
    demo.forget_settings()
    assert os.environ == {"PATH": "/bin"}


def test_progress_names_what_runs():
    """The operator reads outlets' names, not indices; tasks that are not mapped do not count among them."""
    told = []
    teller(told.append)(
        [
            Task(task="outlets", state="success"),
            Task(task="fetch", state="success", name="bbc", index=0),
            Task(task="fetch", state="running", name="kontan", index=1),
            Task(task="fetch", state="queued", index=2),
        ]
    )
    assert told == ["1 of 3 kontan"]


@pytest.mark.parametrize("state", ["failed", "up_for_retry"])
def test_a_broken_task_ends_the_wait_with_its_reason(state):
    """The demo does not wait five minutes for a retry."""

    class Log:
        def reason(self, dag, run, task):
            return f"{dag} {run} {task.task}: the relay refuses"

    look = all_well(Log(), "digest", "r1", lambda detail: None)
    look([Task(task="build", state="success"), Task(task="deliver", state="running")])
    with pytest.raises(AirflowError, match="digest r1 deliver: the relay refuses"):
        look([Task(task="build", state="success"), Task(task="deliver", state=state)])


def fetched(connection, fates) -> int:
    """Register a crawl whose fetches met these fates."""
    with connection:
        outlets.declare(connection, [outlet_named("bbc")])
        run = runs.open_run(connection, "bbc", "crawl", datetime(2026, 11, 20, tzinfo=UTC))
        fetches = tuple(
            Fetch(url=f"https://bbc.com/{n}", kind=FetchKind.PAGE, canonical_url=f"https://bbc.com/{n}", fate=fate)
            for n, fate in enumerate(fates)
        )
        result = CrawlResult(
            outlet="bbc",
            as_of=datetime(2026, 11, 20, tzinfo=UTC),
            warc="file:///x.warc.gz",
            finish_reason="finished",
            fetches=fetches,
        )
        runs.register(connection, run, result)
    return run


def test_the_report_gives_paths_whole_and_counts_by_day(connection, database_url, mailbox, monkeypatch):
    """Each path stands alone on its line however narrow the window, and only the demo's own runs are counted."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Kapal [perang]", "desk@example.org", "reader@example.org"
    message["Message-ID"] = "<0123456789abcdef0123456789abcdef@example.org>"
    message.set_content("teks")
    message.add_alternative("<p>teks</p>", subtype="html")
    with smtplib.SMTP(mailbox.url.removeprefix("smtp://")) as smtp:
        smtp.send_message(message)
    fetched(connection, [Fate.FAILED] * 5)
    first = fetched(connection, [Fate.FAILED, Fate.DISALLOWED, Fate.FAILED])
    days = [Lived(DAYS[0], (first,), {"kontan": "Kontan: the [feed] is broken."}), Lived(DAYS[1], (), {})]

    console = Console(width=40, record=True, file=io.StringIO(), soft_wrap=True)
    report(days, mailbox, console)
    lines = console.export_text().splitlines()
    (kept,) = mailbox.messages()
    for path in (kept.html, kept.text, kept.eml):
        assert str(path) in lines
    assert "Digest 1: Kapal [perang]" in lines
    assert "Saturday 21 November, kontan: Kontan: the [feed] is broken." in lines
    rows = {line.split()[1]: line.split()[3] for line in lines if line.startswith("│")}
    assert rows == {"failed": "2", "disallowed": "1", "all": "3"}


def test_the_live_desk_does_not_start_without_a_contact(monkeypatch):
    """An outlet must be able to reach whoever crawls it."""
    monkeypatch.delenv("PANTAU_CONTACT", raising=False)
    with pytest.raises(SettingError, match="PANTAU_CONTACT"):
        up.run()
