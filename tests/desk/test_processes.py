"""The desk's child processes end with the desk, whatever ends the desk."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from desk.processes import Processes, end_leftovers
from desk.stopping import Stopped, stoppable

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
FAMILY = [
    sys.executable,
    "-c",
    f"import subprocess, time; print(subprocess.Popen({SLEEPER!r}).pid, flush=True); time.sleep(60)",
]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]
DESK = """
import os, sys, time
from pathlib import Path
from desk.processes import Processes
with Processes(Path(sys.argv[1])) as processes:
    processes.start("family", {command!r}, env=os.environ)
    time.sleep(60)
"""


def lives(pid: int) -> bool:
    """Tell whether a process runs; one that waits only to be reaped does not."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def eventually(condition: object, seconds: float = 10) -> bool:
    """Wait until the condition holds."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def printed(log: Path) -> str:
    """Wait for a program's first words."""
    assert eventually(lambda: log.exists() and log.read_text().endswith("\n"))
    return log.read_text().strip()


def test_leaving_the_context_ends_what_the_programs_have_started_too(tmp_path: Path):
    """Not only the program but its own child is gone, and no note is left."""
    with Processes(tmp_path) as processes:
        leader = processes.start("family", FAMILY, env=os.environ)
        child = int(printed(processes.log("family")))
        assert lives(child)
    assert not lives(leader.pid)
    assert not lives(child)
    assert list(tmp_path.glob("*.pid")) == []


def test_a_program_that_ignores_the_request_is_killed(tmp_path: Path):
    """A stop takes no longer than its grace."""
    with Processes(tmp_path) as processes:
        leader = processes.start("deaf", DEAF, env=os.environ)
        printed(processes.log("deaf"))
        processes.stop("deaf", grace=0.2)
        assert not lives(leader.pid)


def test_a_program_that_has_ended_is_told_with_its_status(tmp_path: Path):
    """The desk learns which program died; one that runs is not among them."""
    with Processes(tmp_path) as processes:
        processes.start("brief", [sys.executable, "-c", "raise SystemExit(3)"], env=os.environ)
        processes.start("sleeper", SLEEPER, env=os.environ)
        assert processes.wait("brief") == 3
        assert processes.ended() == {"brief": 3}


def kill_a_desk(folder: Path) -> tuple[int, int]:
    """Start a desk in a process of its own, kill -9 it, and give the ids of its program's child and of its guard."""
    desk = subprocess.Popen([sys.executable, "-c", DESK.format(command=FAMILY), str(folder)])
    child = int(printed(folder / "family.log"))
    guard = next(each.pid for each in psutil.Process(desk.pid).children() if str(folder) in each.cmdline())
    assert eventually((folder / "family.pid").exists)
    desk.kill()
    desk.wait()
    return child, guard


def test_a_killed_desk_takes_its_programs_along(tmp_path: Path):
    """After kill -9 of the desk the guard ends the whole family."""
    child, guard = kill_a_desk(tmp_path)
    assert eventually(lambda: not lives(child))
    assert eventually(lambda: not lives(guard))
    assert list(tmp_path.glob("*.pid")) == []


def test_the_next_desk_ends_what_a_killed_one_left(tmp_path: Path):
    """Where the guard is killed before the desk, the notes lead to what still runs."""
    desk = subprocess.Popen([sys.executable, "-c", DESK.format(command=FAMILY), str(tmp_path)])
    child = int(printed(tmp_path / "family.log"))
    for each in psutil.Process(desk.pid).children():
        if str(tmp_path) in each.cmdline():
            each.kill()
    desk.kill()
    desk.wait()
    assert lives(child)
    with Processes(tmp_path):
        assert not lives(child)


def test_a_note_whose_number_was_given_to_another_process_harms_nobody(tmp_path: Path):
    """A process id with another start time is a stranger's."""
    stranger = subprocess.Popen(SLEEPER, start_new_session=True)
    try:
        (tmp_path / "old.pid").write_text(f'{{"pid": {stranger.pid}, "started": {time.time() - 5}}}')
        end_leftovers(tmp_path)
        assert lives(stranger.pid)
        assert list(tmp_path.glob("*.pid")) == []
    finally:
        stranger.kill()
        stranger.wait()


def interrupted(number: signal.Signals) -> None:
    """Work, take a signal, and take another while cleaning up."""
    with stoppable():
        try:
            os.kill(os.getpid(), number)
            time.sleep(5)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_becomes_an_error_once(number: signal.Signals):
    """The first signal unwinds; a second one does not disturb the unwinding; afterwards signals do what they did."""
    before = signal.getsignal(number)
    with pytest.raises(Stopped, match=number.name):
        interrupted(number)
    assert signal.getsignal(number) == before
