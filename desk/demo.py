"""`pantau demo`: the whole route lived through on two recorded days, driven by Airflow."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from rich.console import Console

from desk import pages
from desk.airflow import Airflow
from desk.airflow_settings import take_port
from desk.demo_days import DAYS, live_through
from desk.demo_report import report
from desk.home import CHECKOUT, Home
from desk.mailbox import Mailbox
from desk.postgres import Postgres
from desk.processes import Processes
from desk.stages import stage
from desk.stopping import Stopped, stoppable
from processing.errors import PantauError

if TYPE_CHECKING:
    from pathlib import Path

OUTLETS = ("kontan", "kompas", "detik", "cnn_indonesia", "sindonews", "bbc", "defense_news", "naval_news")
"""The outlets of the recorded edition."""

CONTACT = "mailto:demo@example.org"
"""Nobody is asked for pages, so nobody needs to reach us."""

READER = "reader@example.org"

WEB_PORT = 8081
"""Where the reader's pages are, if it can be had."""

RECORDED = "recorded"
"""The folder of the recorded edition's WARC files, among the home's data."""


def run(*, keep: bool = False) -> None:
    """Run the demo in a home of its own, `demo` in PANTAU_HOME, so that it never touches the live desk's articles.

    Prints where the digests lie, what became of each fetch, and what failed. Everything is stopped at the end, with
    `keep` only when the user asks for it. Raises PantauError, Stopped among them.
    """
    console = Console(soft_wrap=True, highlight=False)
    home = Home(Home.of().path / "demo")
    forget_settings()
    with stoppable(), home.lock(), ExitStack() as until_end:
        processes = until_end.enter_context(Processes(home.logs))
        with stage(console, "Database and mailbox started"):
            server = until_end.enter_context(Postgres(home))
            mailbox = until_end.enter_context(Mailbox(home.mailbox))
            web_port, _held = take_port(WEB_PORT)
            os.environ |= settings(home, server, mailbox, web_port)
        with stage(console, "Airflow started, recorded edition packed") as tell:
            pack(processes, home.data / RECORDED)
            airflow = until_end.enter_context(started(home, server, processes))
            prepare(server)
            airflow.wait_until_well(tell)
            airflow.forget_unended()
            packed(processes)
        start_pages(processes, web_port)
        report([live_through(day, airflow, console) for day in DAYS], mailbox, console)
        if keep:
            console.print(f"The reader's pages are at {os.environ['PANTAU_WEB_URL']}, where the digests' links lead.")
            linger(airflow, console)
    console.print(
        f"Airflow ran at {airflow.url}; everything is stopped now"
        + ("." if keep else ", and `pantau demo --keep` leaves it running for a look.")
    )


def forget_settings() -> None:
    """Take the user's own settings out of our environment: the demo is the same for everyone."""
    for name in [name for name in os.environ if name.startswith(("PANTAU_", "AIRFLOW_"))]:
        del os.environ[name]


def settings(home: Home, server: Postgres, mailbox: Mailbox, web_port: int) -> dict[str, str]:
    """Give the settings of the demo's desk."""
    archive = home.data / RECORDED
    archive.mkdir(exist_ok=True)
    return {
        "PANTAU_HOME": str(home.path),
        "PANTAU_DATABASE_URL": server.url("pantau"),
        "PANTAU_SMTP_URL": mailbox.url,
        "PANTAU_REPLAY": str(archive),
        "PANTAU_OUTLETS": ",".join(OUTLETS),
        "PANTAU_CONTACT": CONTACT,
        "PANTAU_WEB_URL": f"http://127.0.0.1:{web_port}",
    }


def started(home: Home, server: Postgres, processes: Processes) -> Airflow:
    """Start Airflow, which then takes its time to be well."""
    database = server.ensure_database("airflow").replace("postgresql:", "postgresql+psycopg2:", 1)
    airflow = Airflow(home.airflow, database, processes, given={}, login=False, clock=False)
    airflow.migrate()
    airflow.start()
    return airflow


def prepare(server: Postgres) -> None:
    """Make the tables, and a reader of the desk's digest."""
    # Two seconds of imports, spent while Airflow starts; the settings they read are the demo's by now.
    from desk.settings import Settings  # noqa: PLC0415
    from desk.steps.digesting import DESK, desk_series  # noqa: PLC0415
    from desk.steps.opened import opened  # noqa: PLC0415
    from processing.store import migrate, readers  # noqa: PLC0415
    from processing.store.series import save_series  # noqa: PLC0415

    migrate(server.ensure_database("pantau"))
    with opened(Settings.load()) as connection:
        save_series(connection, desk_series(Settings.load()))
        readers.add_reader(connection, READER, DESK, consent_source="pantau demo", as_of=DAYS[0].crawled)


def start_pages(processes: Processes, port: int) -> None:
    """Start the reader's pages, whose clock stands at the end of the last recorded day: links in its mail have not expired."""
    pages.start(processes, {}, "--host", "127.0.0.1", "--port", str(port), "--as-of", DAYS[-1].sent.isoformat())


def pack(processes: Processes, archive: Path) -> None:
    """Begin to pack the recorded edition into WARC files; one that is up to date stays as it is."""
    command = [sys.executable, "-m", "crawlers.recorded", "--out", str(archive)]
    processes.start("recorded", command, env=os.environ, cwd=CHECKOUT)


def packed(processes: Processes) -> None:
    """Wait until the recorded edition is packed."""
    if processes.wait("recorded"):
        raise PantauError(f"The recorded edition cannot be packed: {processes.log('recorded').read_text().strip()}")
    processes.stop("recorded")


def linger(airflow: Airflow, console: Console) -> None:
    """Leave Airflow running until the user has seen enough, which is no failure."""
    console.print(f"Airflow runs at {airflow.url} until you press Ctrl-C.")
    try:
        while not airflow.died():
            time.sleep(1)
    except Stopped:
        console.print("Stopping.")
