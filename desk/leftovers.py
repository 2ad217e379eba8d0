"""What killed runs leave behind: servers nobody stops, and the folders of test databases."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import psutil

MEMORY = Path("/dev/shm")  # noqa: S108  (folders of our own are made in it)
MEMORY_WANTED = 600_000_000
"""Bytes that a test run's databases may take."""

VOLATILE = "pantau-volatile-"
STARTER = "starter"
"""A file in a volatile folder, locked by the process that made it for as long as that lives."""

GRACE = 10.0
"""Seconds for an immediate shutdown, which takes well under one; after them, SIGKILL."""


def end_server(data: Path, socket: Path) -> None:
    """End what runs on a data directory, if its server was not stopped, and remove its marks.

    Its processes are known by where they work: a killed postmaster's children bear no path. A postmaster that is dead
    but not yet buried counts as running for Postgres, for ever where nothing buries it: so its two pid files go.
    """
    pid_file = data / "postmaster.pid"
    until = time.monotonic() + GRACE
    while pid_file.exists() and (left := list(working_in(data))):
        for process in left:
            with suppress(psutil.Error):
                process.send_signal(signal.SIGQUIT if time.monotonic() < until else signal.SIGKILL)
        time.sleep(0.05)
    pid_file.unlink(missing_ok=True)
    for mark in socket.glob(".s.PGSQL.*"):
        mark.unlink(missing_ok=True)


def working_in(folder: Path) -> Iterator[psutil.Process]:
    """Yield the live processes whose working directory is `folder`."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.cwd() == str(folder):
                yield process


def volatile_folder() -> tuple[Path, TextIO]:
    """Make a folder for data that may be lost, in memory where 600 MB are free; it is ours while the file stays open."""
    parent = Path(tempfile.gettempdir()).resolve()
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_WANTED:
        parent = MEMORY
    sweep(parent)
    unlocked = Path(tempfile.mkdtemp(prefix="pantau-new-", dir=parent))
    starter = (unlocked / STARTER).open("w")
    fcntl.flock(starter, fcntl.LOCK_EX)
    return unlocked.rename(unlocked.with_name(unlocked.name.replace("pantau-new-", VOLATILE))), starter


def sweep(parent: Path) -> None:
    """Remove the volatile folders whose starter is gone, with the servers on them."""
    for folder in parent.glob(f"{VOLATILE}*"):
        with suppress(OSError), (folder / STARTER).open() as starter:
            fcntl.flock(starter, fcntl.LOCK_EX | fcntl.LOCK_NB)
            end_server(folder / "data", folder / "socket")
            shutil.rmtree(folder, ignore_errors=True)
