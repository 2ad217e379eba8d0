"""The desk's child processes: each in a session of its own, with a log, and gone when the desk is gone.

A program leads a new session, so that Ctrl-C in the terminal reaches only us, and whatever it starts in its turn is
found by that session. The sessions are written down in a folder, a file each. A small guard waits at the end of a pipe
that closes when we die, however we die, and then ends every session written there; were the guard killed too, the next
desk does the same before it starts. (A parent-death signal would reach the program but not what it has started, and
setting one needs code between fork and exec, which is not safe once there are threads.)
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil

from desk.home import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

GRACE = 10.0
"""Seconds between the request to end and the kill; Airflow gives its tasks 5."""


@dataclass(frozen=True, slots=True)
class Leader:
    """The leader of a session: its process id and when it started (Unix time), since ids are given out again."""

    pid: int
    started: float

    def members(self) -> list[psutil.Process]:
        """Give the living processes of the session, also where the leader itself has died."""
        if self.started < psutil.boot_time() - 1:
            return []
        found = [process for process in psutil.process_iter() if _session(process.pid) == self.pid and _lives(process)]
        return [] if any(process.pid == self.pid and not self._is(process) for process in found) else found

    def _is(self, process: psutil.Process) -> bool:
        with suppress(psutil.Error):
            return bool(abs(process.create_time() - self.started) < 1)
        return True


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except OSError:
        return None


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def end(leaders: Iterable[Leader], *, grace: float = GRACE) -> None:
    """Ask every process of these sessions to end, and kill what has not ended within `grace` seconds."""
    sessions = list(leaders)
    _send(sessions, signal.SIGTERM)
    until = time.monotonic() + grace
    while _members(sessions) and time.monotonic() < until:
        time.sleep(0.05)
    while _members(sessions):
        _send(sessions, signal.SIGKILL)
        time.sleep(0.05)


def _members(leaders: Iterable[Leader]) -> list[psutil.Process]:
    return [process for leader in leaders for process in leader.members()]


def _send(leaders: Iterable[Leader], number: signal.Signals) -> None:
    for process in _members(leaders):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)


def end_leftovers(folder: Path, *, grace: float = GRACE) -> None:
    """End every session written down in the folder but our own, and forget it."""
    leaders = {note: _read(note) for note in folder.glob("*.pid")}
    end((leader for leader in leaders.values() if leader and leader.pid != os.getpid()), grace=grace)
    for note in leaders:
        note.unlink(missing_ok=True)


def _read(note: Path) -> Leader | None:
    try:
        return Leader(**json.loads(note.read_text()))
    except (OSError, ValueError, TypeError):
        return None


class Processes:
    """The programs that this desk has started; leaving the context ends them all.

    `folder` takes a log (`NAME.log`) and, while it runs, a note (`NAME.pid`) of each. Starting twice on one folder ends
    the first desk's programs: hold the home's lock.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._guard: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        end_leftovers(self.folder)
        guard = [sys.executable, "-m", "desk.processes", str(self.folder.absolute())]
        self._guard = subprocess.Popen(guard, cwd=CHECKOUT, stdin=subprocess.PIPE, start_new_session=True)
        self._write("guard", self._guard.pid)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(*self._running)
        if self._guard and self._guard.stdin:
            self._guard.stdin.close()
            self._guard.wait()

    def start(self, name: str, command: Sequence[str], *, env: Mapping[str, str], cwd: Path | None = None) -> Leader:
        """Start a program whose output goes to a fresh log."""
        with self.log(name).open("wb") as log:
            program = subprocess.Popen(
                command,
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._running[name] = program
        return self._write(name, program.pid)

    def log(self, name: str) -> Path:
        """Where the program's output lies."""
        return self.folder / f"{name}.log"

    def wait(self, name: str) -> int:
        """Wait until a program has ended by itself, and give its exit status."""
        return self._running[name].wait()

    def ended(self) -> dict[str, int]:
        """Give the programs that have ended by themselves and were not stopped, with their exit status."""
        return {name: program.returncode for name, program in self._running.items() if program.poll() is not None}

    def stop(self, *names: str, grace: float = GRACE) -> None:
        """Stop these programs, those of them that run, and whatever they have started, at the same time."""
        running = {name: self._note(name) for name in names if name in self._running}
        end(filter(None, map(_read, running.values())), grace=grace)
        for name, note in running.items():
            self._running.pop(name).wait()
            note.unlink(missing_ok=True)

    def _write(self, name: str, pid: int) -> Leader:
        leader = Leader(pid, psutil.Process(pid).create_time())
        self._note(name).write_text(json.dumps(asdict(leader)))
        return leader

    def _note(self, name: str) -> Path:
        return self.folder / f"{name}.pid"


def _guard(folder: Path) -> None:
    """Wait for the end of the desk, which closes our standard input, and end what it left behind."""
    sys.stdin.buffer.read()
    end_leftovers(folder)


if __name__ == "__main__":
    _guard(Path(sys.argv[1]))
