"""`pantau up`: the desk on the live outlets, until it is told to stop."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

from rich.console import Console

from desk import pages
from desk.airflow import DAGS, Airflow
from desk.airflow_api import BROKEN, ENDED, AirflowError
from desk.airflow_settings import PASSWORDS, USER
from desk.mailbox import Mailbox
from desk.postgres import Postgres
from desk.processes import Processes
from desk.settings import Settings
from desk.stages import stage
from desk.stopping import Stopped, stoppable
from processing.errors import SettingError
from processing.store import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

RESTARTS = 5
"""How often one process is started again before the desk gives up: what dies that often does not die by chance."""

LOOK = 10.0
"""Seconds between two looks at the processes and at the runs."""


def run() -> None:
    """Start the desk and keep it running until Ctrl-C or SIGTERM, which is its usual end.

    Raises SettingError without PANTAU_CONTACT, and PantauError where something does not come up or dies again and again.
    """
    settings = Settings.load()
    if not settings.contact:
        raise SettingError(
            "PANTAU_CONTACT is not set: outlets must be able to reach whoever crawls them; set a mail address."
        )
    if settings.web_url:
        pages.listen(settings.web_host, settings.web_port).close()  # a taken port is said now, not in a log later
    console = Console(soft_wrap=True, highlight=False)
    with stoppable(), settings.home.lock(), ExitStack() as until_end:
        try:
            server = until_end.enter_context(Postgres(settings.home))
            processes = until_end.enter_context(Processes(settings.home.logs))
            airflow = started(settings, server, processes, until_end, console)
            web = Pages(settings, processes, console) if settings.web_url else None
            keep_running(airflow, web, server, console)
        except Stopped as asked:
            console.print(str(asked))


class Pages:
    """The reader's pages beside the desk; made, they are started."""

    def __init__(self, settings: Settings, processes: Processes, console: Console) -> None:
        self._processes = processes
        self._given = {"PANTAU_HOME": str(settings.home.path)}
        if settings.taxonomy:
            self._given["PANTAU_TAXONOMY"] = str(settings.taxonomy)
        pages.start(processes, self._given)
        console.print(
            f"The reader's pages are served at {settings.web_host}:{settings.web_port} for {settings.web_url}."
        )

    def died(self) -> int | None:
        """Give the exit status of pages that have ended by themselves."""
        return self._processes.ended().get(pages.NAME)

    def restart(self) -> None:
        """Start the pages again."""
        self._processes.stop(pages.NAME)
        pages.start(self._processes, self._given)


def started(
    settings: Settings, server: Postgres, processes: Processes, until_end: ExitStack, console: Console
) -> Airflow:
    """Bring the desk up: its tables, a mailbox where no relay is set, and Airflow."""
    with stage(console, "Database up to date"):
        if settings.embedded:
            server.ensure_database("pantau")
        migrate(settings.database_url)
    given = {"PANTAU_HOME": str(settings.home.path)}
    if settings.taxonomy:
        given["PANTAU_TAXONOMY"] = str(settings.taxonomy)  # absolute: Airflow's tasks run in another folder
    if settings.relay is None:
        mailbox = until_end.enter_context(Mailbox(settings.home.mailbox))
        given["PANTAU_SMTP_URL"] = mailbox.url
        console.print(f"PANTAU_SMTP_URL is not set: digests go to {mailbox.folder} and nowhere else.")
    with stage(console, "Airflow started") as tell:
        database = server.ensure_database("airflow").replace("postgresql:", "postgresql+psycopg2:", 1)
        airflow = Airflow(settings.home.airflow, database, processes, given=given, login=True, clock=True)
        until_end.enter_context(airflow)
        airflow.migrate()
        airflow.start()
        airflow.wait_until_well(tell)
    console.print(f"Airflow runs at {airflow.url} until you press Ctrl-C; log in as {USER}.")
    if airflow.password_is_new:
        console.print(f"Password, shown this once: {airflow.password}")
        console.print(f"It is kept, for you alone, in {settings.home.airflow / PASSWORDS}", markup=False)
    return airflow


def keep_running(airflow: Airflow, web: Pages | None, server: Postgres, console: Console) -> None:
    """Start what dies again, so many times, and print a line for each run of a DAG that ends."""
    deaths: Counter[str] = Counter()
    told = set(ended_runs(airflow))
    while True:
        time.sleep(LOOK)
        if not server.answers():
            deaths["database"] += 1
            server.start()
        for name, status in airflow.died().items():
            deaths[name] += 1
            console.print(f"[red]Airflow's {name} ended by itself (status {status}); it is started again.[/]")
            airflow.restart(name)
        if web and (ended := web.died()) is not None:
            deaths[pages.NAME] += 1
            console.print(f"[red]The reader's pages ended by themselves (status {ended}); they are started again.[/]")
            web.restart()
        if worst := [name for name, count in deaths.items() if count > RESTARTS]:
            raise AirflowError(f"{worst[0]} died more than {RESTARTS} times; see {airflow.logs}.")
        for dag, run_id in ended_runs(airflow):
            if (dag, run_id) not in told:
                told.add((dag, run_id))
                console.print(outcome(airflow, dag, run_id), markup=False)


def ended_runs(airflow: Airflow) -> Iterator[tuple[str, str]]:
    """Give the DAG and id of each of the newest runs that have ended; none while Airflow does not answer."""
    try:
        yield from [(dag, run_id) for dag in sorted(DAGS) for run_id in airflow.api.runs(dag, ENDED)]
    except AirflowError:
        return


def outcome(airflow: Airflow, dag: str, run_id: str) -> str:
    """Say in a line how a run of a DAG ended, and which of its tasks failed."""
    tasks = airflow.api.tasks(dag, run_id)
    broken = [str(task) for task in tasks if task.state in BROKEN and task.state != "upstream_failed"]
    return f"{dag} {run_id}: " + (f"failed at {', '.join(broken)}" if broken else "done")
