"""The two days of the demo, and how Airflow lives through one: crawl, process when the bell rings, digest."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desk.airflow_api import BROKEN, UNENDED, AirflowError
from desk.stages import stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from desk.airflow import Airflow
    from desk.airflow_api import AirflowApi, Task

SECONDS = 300.0
"""How long one run of a DAG may take; on two free cores none takes more than 30."""

BELL = 60.0
"""Seconds within which `process` must have been woken; it takes one or two."""


@dataclass(frozen=True, slots=True)
class Day:
    """A recorded day: as of when it is crawled, at 05:45 WIB, and as of when its digest goes out, at 06:00 WIB."""

    title: str
    crawled: datetime
    sent: datetime


DAYS = (
    Day(
        "Saturday 21 November",
        datetime(2026, 11, 20, 22, 45, tzinfo=UTC),
        datetime(2026, 11, 20, 23, 0, tzinfo=UTC),
    ),
    Day(
        "Sunday 22 November",
        datetime(2026, 11, 21, 22, 45, tzinfo=UTC),
        datetime(2026, 11, 21, 23, 0, tzinfo=UTC),
    ),
)


@dataclass(frozen=True, slots=True)
class Lived:
    """What a day has shown: the runs of the queue that were read, and the sentence of each outlet that failed."""

    day: Day
    runs: tuple[int, ...]
    failures: dict[str, str]


def live_through(day: Day, airflow: Airflow, console: Console) -> Lived:
    """Crawl a day, wait until all is processed, and send its digest. Raises AirflowError where that cannot be had."""
    api = airflow.api
    before = set(api.runs("process"))
    with stage(console, f"{day.title}: outlets crawled") as tell:
        crawl = api.trigger("crawl", as_of=day.crawled.isoformat())
        api.wait("crawl", crawl, seconds=SECONDS, look=teller(tell))
    with stage(console, f"{day.title}: pages read and joined to stories") as tell:
        read = [
            task for run in processed(api, before, tell) for task in api.tasks("process", run) if task.task == "read"
        ]
    with stage(console, f"{day.title}: digest built and sent") as tell:
        digest = api.trigger("digest", as_of=day.sent.isoformat(), mail=True)
        api.wait("digest", digest, seconds=SECONDS, look=all_well(api, "digest", digest, tell))
    failed = [task for task in api.tasks("crawl", crawl) if task.state == "failed"]
    return Lived(
        day,
        runs=tuple(int(task.name.removeprefix("run ")) for task in read if task.name),
        failures={str(task): api.reason("crawl", crawl, task) for task in failed},
    )


def processed(api: AirflowApi, before: set[str], tell: Callable[[str], None]) -> set[str]:
    """Wait until the bell has woken `process`, its runs have ended and the queue is empty; give the ids of those runs."""
    from desk import steps  # noqa: PLC0415 - loads what reads pages, while Airflow crawls

    until = time.monotonic() + BELL
    while not (woken := set(api.runs("process")) - before) or steps.waiting_runs() or api.runs("process", UNENDED):
        for run in api.runs("process", UNENDED):
            api.wait("process", run, seconds=SECONDS, look=all_well(api, "process", run, tell))
            until = time.monotonic() + BELL
        if time.monotonic() > until:
            raise AirflowError(
                f"{len(steps.waiting_runs())} runs wait, but `process` was not woken within {BELL:.0f} s."
            )
        time.sleep(0.3)
    return woken


def teller(tell: Callable[[str], None]) -> Callable[[list[Task]], None]:
    """Give a look at tasks that tells how many have ended and which run."""

    def look(tasks: list[Task]) -> None:
        mapped = [task for task in tasks if task.index >= 0] or tasks
        ended = sum(task.state in ("success", "failed") for task in mapped)
        running = ", ".join(str(task) for task in tasks if task.state == "running")
        tell(f"{ended} of {len(mapped)} {running}")

    return look


def all_well(api: AirflowApi, dag: str, run: str, tell: Callable[[str], None]) -> Callable[[list[Task]], None]:
    """Give a look at tasks that tells how far they are and raises AirflowError at the first that failed."""
    told = teller(tell)

    def look(tasks: list[Task]) -> None:
        told(tasks)
        for task in tasks:
            if task.state in BROKEN and task.state != "upstream_failed":
                raise AirflowError(f"The task {task} of the DAG {dag} failed: {api.reason(dag, run, task)}")

    return look
