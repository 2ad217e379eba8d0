"""A Postgres of our own: the wheel's programs, one data directory, a Unix socket that only its owner reaches."""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Self, TextIO
from urllib.parse import quote

import psycopg2
from psycopg2 import errors, sql

from desk.ground import Account, binaries, socket_folder, standing
from desk.home import Home
from desk.leftovers import end_server, volatile_folder
from processing.errors import DatabaseError

OPTIONS = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "150", "timezone": "UTC"}
"""Airflow's four processes and their tasks take up to 60 connections at PARALLELISM=4."""

VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""For data that may be lost: tests."""

INITDB = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
"""The order of code points in every database, whatever the machine's C library has."""

SECONDS = 60
"""How long a start or stop may take; on a loaded machine after a crash, recovery takes its time."""


class Postgres:
    """The server of one home. `start` adopts one that runs already; `stop` stops it, whoever started it; `with` does both.

    `borrowed` is for a command that must not disturb a desk at work. A volatile server lives once, in memory where
    there is room, and is gone with its data when it stops.
    """

    def __init__(self, home: Home, *, volatile: bool = False) -> None:
        self.account = Account.of_server()
        self.home = home
        self.volatile = volatile
        if volatile:
            self.ground, self._starter = volatile_folder()
        else:
            self.ground = standing(home.path, self.account)
        self.data = self.ground / "data"
        self.socket = socket_folder(self.ground)
        self.log = self.ground / "server.log"
        self._borrowed = home.path / "postgres.borrowed"

    def url(self, database: str = "postgres") -> str:
        """Return the libpq address of a database on this server."""
        return f"postgresql://postgres@/{quote(database)}?host={self.socket}"

    def start(self) -> None:
        """See that the server runs and answers, and stays until `stop`. Raises DatabaseError."""
        with self._alone():
            self._ensure()
            self._borrowed.write_text("")

    def stop(self) -> None:
        """Stop the server, if it runs; connections that are open end. A volatile server leaves nothing behind."""
        with self._alone():
            self._halt()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @contextmanager
    def borrowed(self) -> Iterator[Self]:
        """Give the running desk's server, or one that is started for the while: its last borrower stops that."""
        with ExitStack() as until_end:
            with self._alone():
                users = until_end.enter_context(self._borrowed.open("a"))
                fcntl.flock(users, fcntl.LOCK_SH)
                if self._ensure():
                    self._borrowed.write_text("started for a borrower\n")
            until_end.callback(self._give_back, users)
            yield self

    def _give_back(self, users: TextIO) -> None:
        """Stop a server that was started for borrowers, unless others still use it."""
        with self._alone(), suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self._borrowed.stat().st_size:
                self._halt()

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        with suppress(psycopg2.OperationalError), closing(psycopg2.connect(self.url(), connect_timeout=3)):
            return True
        return False

    def ensure_database(self, name: str, *, template: str | None = None) -> str:
        """Make a database where it is missing, as a copy of `template` if one is named; return its address."""
        copy = sql.SQL(" TEMPLATE {} STRATEGY file_copy").format(sql.Identifier(template)) if template else sql.SQL("")
        with suppress(errors.DuplicateDatabase, errors.UniqueViolation):
            self._order(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + copy)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, if it is there, and with it the connections to it."""
        self._order(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _order(self, order: sql.Composable) -> None:
        """Carry out an order that stands outside any transaction."""
        try:
            with closing(psycopg2.connect(self.url())) as connection:
                connection.autocommit = True
                connection.cursor().execute(order)
        except psycopg2.OperationalError as error:
            raise DatabaseError(
                f"The embedded database refuses ({str(error).strip()}); its log is {self.log}."
            ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other process starts or stops this server."""
        self._borrowed.parent.mkdir(parents=True, exist_ok=True)
        with self._borrowed.with_suffix(".lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _ensure(self) -> bool:
        """Start the server unless it answers; tell whether that was needed."""
        if self.answers():
            return False
        end_server(self.data, self.socket)
        self._initialise()
        self._launch()
        return True

    def _initialise(self) -> None:
        """Make the data directory, whole or not at all."""
        for folder in (self.ground, self.socket):
            self.account.own_folder(folder)
        if not self.data.is_dir():
            unfinished = self.data.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            self._run("initdb", unfinished, *INITDB, *(["--no-sync"] if self.volatile else []))
            unfinished.rename(self.data)

    def _launch(self) -> None:
        """Start the server and wait until it answers."""
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".previous.log"))
        options = OPTIONS | {"unix_socket_directories": str(self.socket)} | (VOLATILE if self.volatile else {})
        words = shlex.join(f"--{name}={value}" for name, value in options.items())
        self._run(
            "pg_ctl", self.data, "start", "--log", self.log, "--options", words, "--wait", "--timeout", str(SECONDS)
        )

    def _halt(self) -> None:
        """Stop the server; a volatile one with all it held."""
        with suppress(DatabaseError):
            if (self.data / "postmaster.pid").exists():
                mode = "immediate" if self.volatile else "fast"
                self._run("pg_ctl", self.data, "stop", "--mode", mode, "--wait", "--timeout", str(SECONDS))
        end_server(self.data, self.socket)
        with suppress(OSError):
            self.socket.rmdir()
        if self.volatile:
            shutil.rmtree(self.ground, ignore_errors=True)

    def _run(self, program: str, data: Path, *arguments: str | Path) -> None:
        """Run one of Postgres's programs as the server's account. Raises DatabaseError with what it said last."""
        # A file for its output: the server inherits it, and would hold a pipe open.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [binaries(self.account) / program, "--pgdata", data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd=self.ground,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                umask=0o077,
                check=False,
                **self.account.identity,
            )
            if done.returncode:
                said.seek(0)
                log = self.log.read_text(errors="replace") if self.log.exists() else ""
                raise DatabaseError(
                    f"The embedded database failed ({program}): {reason(log or said.read().decode(errors='replace'))} "
                    f"Its log is {self.log}."
                )


def reason(said: str) -> str:
    """Return the line that says why: the last FATAL or PANIC, or else the last."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["it gave no reason."]
    return next((line for line in reversed(lines) if "FATAL" in line or "PANIC" in line), lines[-1])
