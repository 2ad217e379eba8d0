"""The rooms: who may import whom, and what a newcomer is told about it."""

import subprocess
import sys
from pathlib import Path

from desk.home import CHECKOUT


def test_rooms_import_what_they_may():
    """Every contract of setup.cfg is kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    kept = subprocess.run([linter, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert kept.returncode == 0, kept.stdout


def test_lock_holds_no_address():
    """The lock names packages and hashes; where they come from is the machine's affair."""
    lock = (CHECKOUT / "requirements.lock").read_text()
    assert "--index-url" not in lock
    assert "--find-links" not in lock
    assert "://" not in lock.replace("# ", "")
