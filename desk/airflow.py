"""Airflow on this machine: four processes of our own, and the wait until they are well."""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Self

from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from desk.airflow_api import UNENDED, AirflowApi, AirflowError
from desk.airflow_settings import USER, environment, password, take_port
from desk.home import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from desk.processes import Processes

COMPONENTS = {
    "api-server": ("airflow", "api-server"),
    "scheduler": ("desk.warm", "scheduler", "--skip-serve-logs"),
    "dag-processor": ("airflow", "dag-processor"),
    "triggerer": ("airflow", "triggerer", "--skip-serve-logs"),
}
"""Our processes, each a module and its words; without --skip-serve-logs two of them would listen on every interface."""

DAGS = {path.stem for path in (CHECKOUT / "dags").glob("*.py")} - {"__init__"}
"""The DAGs there must be: one a file, of the file's name."""

PATIENCE = 240.0
"""Seconds until Airflow must be well: 15 to 22 on two free cores, several times that on a loaded machine."""


class Airflow:
    """Airflow with its metadata in the database at an SQLAlchemy URL and everything else in `folder`, its AIRFLOW_HOME.

    `given` is what the tasks find in their environment (PANTAU_*, AIRFLOW_CONN_*). `login` asks for a name and a
    password; without it everyone on this machine is an admin. `clock` lets DAGs start at their hours; without it they
    run only when they are triggered or woken.
    """

    def __init__(
        self, folder: Path, database: str, processes: Processes, *, given: Mapping[str, str], login: bool, clock: bool
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        port, self._holder = take_port(8080)
        self.url = f"http://127.0.0.1:{port}"
        self.password, self.password_is_new = password(folder) if login else ("", False)
        self.api = AirflowApi(self.url, (USER, self.password) if login else None)
        self._database = database
        self._processes = processes
        self._environment = {**environment(folder, database, self.url, login=login, clock=clock), **given}
        self._since = ""

    def migrate(self) -> None:
        """Bring Airflow's own tables up to date; the four seconds of asking Airflow are spent only where they may be."""
        note = self.folder / "migrated.json"
        known = {"airflow": version("apache-airflow-core"), "revision": self._revision()}
        with suppress(OSError, ValueError):
            if known["revision"] and json.loads(note.read_text()) == known:
                return
        self._processes.start(
            "migration", self._command("airflow", "db", "migrate"), env=self._environment, cwd=self.folder
        )
        if status := self._processes.wait("migration"):
            raise self._death("migration", status)
        self._processes.stop("migration")
        note.write_text(json.dumps({**known, "revision": self._revision()}))

    def _revision(self) -> str | None:
        engine = create_engine(self._database, poolclass=NullPool)
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the four processes."""
        for name in COMPONENTS:
            self._start(name)

    def _start(self, name: str) -> None:
        command = self._command(*COMPONENTS[name])
        leader = self._processes.start(name, command, env=self._environment, cwd=self.folder)
        if name == "dag-processor":
            self._since = datetime.fromtimestamp(leader.started, UTC).isoformat()

    @staticmethod
    def _command(*words: str) -> list[str]:
        return [sys.executable, "-m", *words]

    def wait_until_well(self, tell: Callable[[str], None]) -> None:
        """Wait until every process is healthy and every DAG read, telling what is still waited for.

        Raises AirflowError with the end of a log when a process dies, a DAG cannot be read, or patience ends.
        """
        until = time.monotonic() + PATIENCE
        while missing := self._missing():
            for name, status in self.died().items():
                raise self._death(name, status)
            if time.monotonic() > until:
                raise AirflowError(f"Airflow was not well after {PATIENCE:.0f} s ({missing}); logs: {self.logs}")
            tell(missing)
            time.sleep(0.3)
        self.api.warm()

    def _missing(self) -> str:
        """Say what is not there yet; nothing when all is well."""
        try:
            ill = sorted(name for name, status in self.api.health().items() if status != "healthy")
            unread = [] if ill else sorted(DAGS - {dag for dag, at in self.api.parsed().items() if at >= self._since})
            errors = self.api.import_errors() if unread else []
        except AirflowError:
            return "the server does not answer yet"
        if errors:
            raise AirflowError(f"Airflow cannot read a DAG file: {'; '.join(errors)}")
        return ", ".join(ill) or ", ".join(f"the DAG {dag}" for dag in unread)

    def forget_unended(self) -> None:
        """Mark what a killed desk left queued or running as failed: its processes are gone, and it blocks the next run."""
        for dag in sorted(DAGS):
            for run in self.api.runs(dag, UNENDED):
                self.api.give_up(dag, run)

    def died(self) -> dict[str, int]:
        """Give the processes that have ended by themselves, with their exit status."""
        return {name: status for name, status in self._processes.ended().items() if name in COMPONENTS}

    def restart(self, name: str) -> None:
        """Start a process that has died again, after whatever it left."""
        self._processes.stop(name)
        self._start(name)

    def stop(self) -> None:
        """Stop the scheduler first, since its tasks need the server until they have ended; the rest has nothing to lose."""
        self.api.close()
        self._processes.stop("scheduler")
        self._processes.stop(*COMPONENTS, grace=2)
        self._holder.close()

    @property
    def logs(self) -> Path:
        """The folder of our processes' logs."""
        return self._processes.folder

    def _death(self, name: str, status: int) -> AirflowError:
        log = self._processes.log(name)
        end = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        return AirflowError(f"Airflow's {name} ended by itself (status {status}); its log {log} ends:\n{end}")
