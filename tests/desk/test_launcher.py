"""The launcher, run as a user runs it. Python, pip and uv are played by small scripts, but for the heavy test, which takes the real ones."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk.home import CHECKOUT

CLI = """\
import json, os, sys
print(json.dumps({"argv": sys.argv[1:], "home": os.environ["PANTAU_HOME"], "bytecode": not sys.dont_write_bytecode, "path": sys.path}))
"""

PYTHON = """\
#!/bin/sh
# A Python that makes environments of itself at once, and whose pip only notes what it is asked.
case "$*" in
    *"-m venv"*)
        for folder; do :; done
        case "$*" in *--without-pip*) echo "venv without pip" ;; *) echo venv ;; esac >>"$RECORD"
        sleep "${VENV_SLEEPS:-0}"
        mkdir -p "$folder/bin" && cp "$0" "$folder/bin/python" && cp "$UV" "$folder/bin/uv" ;;
    *"-m pip"*)
        for list; do :; done
        echo "pip $(basename "$list")" >>"$RECORD"
        echo "pip: no index here" && exit "${PIP_FAILS:-0}" ;;
    *"import venv"*) exit "${NO_VENV:-0}" ;;
    *"import ensurepip"*) exit "${NO_ENSUREPIP:-0}" ;;
    *first_pip.py*) echo "pip's wheel" >>"$RECORD"; exit "${PIP_FAILS:-0}" ;;
    *sys.implementation*) echo "VERSION" ;;
    *) exec "REAL" "$@" ;;
esac
"""

UV = """\
#!/bin/sh
echo "uv $1 $2 in $PWD" >>"$RECORD"
exit "${UV_FAILS:-0}"
"""


@dataclass
class Place:
    """A checkout with a launcher, and a PATH with a Python on it."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def checkout(self) -> Path:
        """The folder of the launcher, with a blank in its name."""
        return self.folder / "a checkout"

    @property
    def done(self) -> list[str]:
        """What the played programs were asked, in order."""
        record = self.folder / "record"
        return record.read_text().splitlines() if record.exists() else []

    @property
    def launcher(self) -> Path:
        """The launcher itself."""
        return self.checkout / "pantau"

    def python(self, name: str, version: str) -> Path:
        """Put a Python on the PATH."""
        path = self.folder / "bin" / name
        path.write_text(PYTHON.replace("VERSION", version).replace("REAL", sys.executable))
        path.chmod(0o755)
        return path

    def start(
        self, *arguments: str, launcher: Path | None = None, cwd: Path | None = None, **environ: str
    ) -> subprocess.Popen[str]:
        """Start the launcher, in a process group of its own."""
        return subprocess.Popen(
            [launcher or self.launcher, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=cwd or self.folder,
            env=self.environ | environ,
            start_new_session=True,
        )

    def run(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        """Run the launcher to its end."""
        process = self.start(*arguments, **options)
        said, complained = process.communicate(timeout=60)
        return subprocess.CompletedProcess(arguments, process.returncode, said, complained)


@pytest.fixture
def place(tmp_path):
    """Give a checkout whose command tells how it was called, and a python3 of a version that will do."""
    place = Place(tmp_path)
    (place.checkout / "desk").mkdir(parents=True)
    shutil.copy(CHECKOUT / "pantau", place.checkout)
    shutil.copy(CHECKOUT / "requirements.lock", place.checkout)
    shutil.copy(CHECKOUT / "desk/first_pip.py", place.checkout / "desk")
    (place.checkout / "desk/__init__.py").touch()
    (place.checkout / "desk/cli.py").write_text(CLI)
    (tmp_path / "bin").mkdir()
    (tmp_path / "uv").write_text(UV)
    (tmp_path / "uv").chmod(0o755)
    tools = "awk basename cat cksum cp date dirname find id ls mkdir readlink rm sh sleep tail"
    for tool in tools.split():
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    place.python("python3", "3.11")
    place.environ = {
        "PATH": str(tmp_path / "bin"),
        "HOME": str(tmp_path / "user"),
        "TMPDIR": str(tmp_path),
        "RECORD": str(tmp_path / "record"),
        "UV": str(tmp_path / "uv"),
    }
    return place


def told(run: subprocess.CompletedProcess[str]) -> dict:
    """Return what the command of a place said of how it was called; it is all there is on standard output."""
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_it_hands_over(place):
    """The command gets its arguments untouched, a search path without the current folder, and may write bytecode."""
    (place.folder / "desk").mkdir()
    (place.folder / "desk/__init__.py").write_text("raise SystemExit('a stray package')")
    (place.folder / "json.py").write_text("raise SystemExit('a stray module')")
    call = told(place.run("read", "a b", "--x=*", "", PYTHONDONTWRITEBYTECODE="1", PYTHONPATH=str(place.folder)))
    assert call["argv"] == ["read", "a b", "--x=*", ""]
    assert call["home"] == str(place.checkout / ".pantau")
    assert call["bytecode"]
    assert call["path"][0] == str(place.checkout)
    assert not {"", ".", str(place.folder)} & set(call["path"])


def test_the_environment_is_made_once(place):
    """The first use makes it, with one line about it; the second says and does nothing more."""
    first = place.run()
    assert first.stderr.startswith(f"Making the Python environment in {place.checkout}/.pantau/env ")
    assert first.stderr.count("\n") == 1
    assert place.done == ["venv", "pip uv.lock", "uv pip sync in /"]
    second = place.run()
    assert (second.returncode, second.stderr, len(place.done)) == (0, "", 3)


def test_uv_comes_from_the_lock_with_its_hashes(place):
    """What pip is asked to install first is the lock's own entry of uv, and nothing else."""
    place.run()
    first, *rest = (place.checkout / ".pantau/logs/uv.lock").read_text().splitlines()
    assert first.startswith("uv==")
    assert any("--hash=sha256:" in line for line in rest)
    assert all(line.startswith("    ") for line in rest)


def test_it_is_found_through_symbolic_links(place):
    """Called by a link to a link, from anywhere, it knows its checkout."""
    (place.folder / "elsewhere").mkdir()
    (place.folder / "elsewhere/link").symlink_to("../a checkout/pantau")
    (place.folder / "command").symlink_to("elsewhere/link")
    call = told(place.run(launcher=Path("../command"), cwd=place.folder / "elsewhere"))
    assert call["home"] == str(place.checkout / ".pantau")


def test_a_lock_that_changed_is_synced_in_place(place):
    """After a pull with another lock the environment is brought up to date, not made anew."""
    place.run()
    with (place.checkout / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert place.run().returncode == 0
    assert place.done[3:] == ["pip uv.lock", "uv pip sync in /"]


def test_an_environment_made_by_hand_is_kept(place):
    """Without a stamp, what stands there and works is synced in place."""
    place.run()
    (place.checkout / ".pantau/env.stamp").unlink()
    assert place.run().returncode == 0
    assert place.done.count("venv") == 1


def test_a_set_up_that_was_killed_is_done_again(place):
    """What was not finished is never used: the next run makes the environment anew."""
    process = place.start(VENV_SLEEPS="30")
    while not place.done and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    (place.checkout / ".pantau/env/bin").mkdir(parents=True, exist_ok=True)
    (place.folder / "record").unlink()
    assert place.run().returncode == 0
    assert place.done == ["venv", "pip uv.lock", "uv pip sync in /"]


def test_a_moved_checkout_gets_an_environment_anew(place):
    """An environment's programs name its folder: after a move they would start the old one."""
    place.run()
    place.checkout.rename(place.folder / "moved")
    assert place.run(launcher=place.folder / "moved/pantau").returncode == 0
    assert place.done.count("venv") == 2


def test_another_python_makes_it_anew(place):
    """PANTAU_PYTHON with another version is heeded, also when an environment is there."""
    place.run()
    other = place.python("other", "3.13")
    assert place.run(PANTAU_PYTHON=str(other)).returncode == 0
    assert place.done.count("venv") == 2
    assert place.run(PANTAU_PYTHON=str(other)).stderr == ""


def test_two_first_uses_at_once_make_one_environment(place):
    """The second waits for the first, says so, and finds it done."""
    processes = [place.start(VENV_SLEEPS="1") for _ in range(2)]
    complaints = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert place.done.count("venv") == 1
    assert sum("waiting" in complaint for complaint in complaints) == 1


def test_pip_stands_in_for_uv(place):
    """Where uv reaches no index, pip installs the same lock."""
    assert place.run(UV_FAILS="2").returncode == 0
    assert place.done[-2:] == ["uv pip sync in /", "pip requirements.lock"]


def test_a_failure_names_its_log(place):
    """Where nothing can be installed, the last words and the log's path are told, and the next use tries again."""
    failed = place.run(PIP_FAILS="1")
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert "pip: no index here" in failed.stderr
    assert (
        f"pantau: the Python environment could not be made; all that was said is in {place.checkout}/.pantau/logs/"
        in failed.stderr
    )
    assert place.run().returncode == 0


def refusal(run: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence of a refusal."""
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert run.stdout == ""
    return run.stderr.removeprefix("pantau: ").strip()


@pytest.mark.parametrize("version", ["3.10", "3.14", "2.7", "pypy 3.11"])
def test_an_untested_python_is_refused(place, version):
    """The sentence has the version found and those that will do."""
    python = place.python("python3", version)
    sentence = refusal(place.run())
    assert (
        sentence
        == f"needs Python 3.11, 3.12 or 3.13, and python3 here is {version}; install one, or name it in PANTAU_PYTHON."
    )
    place.python("python3", "3.12")
    python = place.python("odd", version)
    assert f"and {python} here is {version}" in refusal(place.run(PANTAU_PYTHON=str(python)))


def test_a_python_that_will_do_is_looked_for(place):
    """Where python3 is too new and python3.13 does not run (as with pyenv), python3.12 is taken."""
    place.python("python3", "3.14")
    (place.folder / "bin/python3.13").write_text("#!/bin/sh\necho 'command not found' >&2; exit 127\n")
    (place.folder / "bin/python3.13").chmod(0o755)
    place.python("python3.12", "3.12")
    assert place.run().returncode == 0
    assert " 3.12 " in (place.checkout / ".pantau/env.stamp").read_text()


def test_no_python_at_all_is_told(place):
    """Also where PANTAU_PYTHON names nothing."""
    assert "/nowhere/python does not run here" in refusal(place.run(PANTAU_PYTHON="/nowhere/python"))
    (place.folder / "bin/python3").unlink()
    assert "and python3 does not run here" in refusal(place.run())


def test_a_missing_venv_module_is_told(place):
    """Debian parts it from Python: the sentence names the package."""
    sentence = refusal(place.run(NO_VENV="1"))
    assert sentence == "python3 has no venv module; install it (Debian and Ubuntu: apt install python3.11-venv)."


def test_where_ensurepip_is_missing_pip_is_fetched(place):
    """Debian parts it from Python too: then nothing need be installed; a refusal of the index is told like any other."""
    assert place.run(NO_ENSUREPIP="1").returncode == 0
    assert place.done[:3] == ["venv without pip", "pip's wheel", "pip uv.lock"]
    (place.checkout / ".pantau/env.stamp").unlink()
    shutil.rmtree(place.checkout / ".pantau/env")
    failed = place.run(NO_ENSUREPIP="1", PIP_FAILS="1")
    assert failed.returncode == 1
    assert "the Python environment could not be made" in failed.stderr


def test_a_colon_in_the_path_is_told(place):
    """Python's search path cannot hold it."""
    odd = place.folder / "a:b"
    place.checkout.rename(odd)
    assert "has a colon in it" in refusal(place.run(launcher=odd / "pantau"))


def another_users(folder: Path) -> None:
    """Make a folder that is not this user's to write in."""
    if os.geteuid() == 0:
        os.chown(folder, 12345, 12345)
    else:
        folder.chmod(0o555)


def test_in_anothers_checkout_it_works_elsewhere(place):
    """Where the checkout is not this user's, nothing is left in it: XDG_DATA_HOME, the home directory or TMPDIR take its place."""
    another_users(place.checkout)
    user = place.folder / "user"
    assert told(place.run())["home"] == str(place.folder / f"pantau-{os.getuid()}")
    user.mkdir()
    assert told(place.run())["home"] == str(user / ".local/share/pantau")
    assert told(place.run(XDG_DATA_HOME=str(user / "data")))["home"] == str(user / "data/pantau")
    assert not (place.checkout / ".pantau").exists()


def test_a_temporary_folder_that_someone_else_laid_out_is_refused(place):
    """A link in TMPDIR could lead anywhere: the sentence asks for PANTAU_HOME."""
    another_users(place.checkout)
    (place.folder / "trap").mkdir()
    (place.folder / f"pantau-{os.getuid()}").symlink_to("trap")
    assert refusal(place.run()) == "found no folder to work in; name one in PANTAU_HOME."


def test_pantau_home_is_heeded(place):
    """It may be relative; where it cannot be made, a sentence says so."""
    assert told(place.run(PANTAU_HOME="my home"))["home"] == str(place.folder / "my home")
    assert refusal(place.run(PANTAU_HOME="record/x")) == "PANTAU_HOME is record/x, and no folder can be written there."


@pytest.mark.parametrize("shell", ["sh", "dash", "bash", "busybox"])
def test_shells_understand_it(shell):
    """Nothing in it is of one shell alone (the others' grammar is not checked where they are absent)."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    command = [shell, "sh", "-n"] if shell == "busybox" else [shell, "-n"]
    subprocess.run([*command, CHECKOUT / "pantau"], check=True)


@pytest.mark.heavy
def test_a_real_environment(place):
    """With the real Python, pip and uv, and a lock of uv alone: made, then synced in place with pip still there."""
    lock = (place.checkout / "requirements.lock").read_text()
    entry = lock[lock.index("\nuv==") + 1 :]
    (place.checkout / "requirements.lock").write_text(
        "uv==" + entry.split("\n    # via")[0].removeprefix("uv==") + "\n"
    )
    real = {name: os.environ[name] for name in os.environ if not name.startswith(("PYTHON", "PANTAU"))} | {
        "PANTAU_PYTHON": sys._base_executable
    }
    place.environ = real
    assert told(place.run("a"))["argv"] == ["a"]
    env = place.checkout / ".pantau/env"
    assert subprocess.run([env / "bin/uv", "--version"], check=True, capture_output=True).stdout
    (place.checkout / ".pantau/env.stamp").unlink()
    assert told(place.run("b"))["argv"] == ["b"]
    subprocess.run([env / "bin/python", "-m", "pip", "--version"], check=True, capture_output=True)
