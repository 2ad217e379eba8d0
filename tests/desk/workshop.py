"""A copy of the checkout to work in as an engineer does: the tools write declarations and cases into it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from desk.home import CHECKOUT

PARTS = ("crawlers", "desk", "processing", "pyproject.toml", "scrapy.cfg", "setup.cfg", "tests/conftest.py")
LEFT = shutil.ignore_patterns("__pycache__", "articles", "*.pyc")
LAUNCHER = '#!/bin/sh\nPYTHONPATH={folder} exec {python} -m desk.cli "$@"\n'
"""In the launcher's place: it would make an environment of its own, and we have one."""


@dataclass(frozen=True)
class Workshop:
    """The copy, with its `./pantau`."""

    folder: Path
    home: Path

    def run(self, command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a shell command in the copy; gives what it said."""
        environment = os.environ | {"PYTHONPATH": str(self.folder), "PANTAU_HOME": str(self.home), "COLUMNS": "300"}
        environment |= {"PANTAU_CONTACT": "desk@example.org", "PANTAU_PRIVATE_HOSTS": "127.0.0.1"} | settings
        environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
        return subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )


def workshop_in(folder: Path) -> Workshop:
    """Make the copy: the code, and the frozen cases' test without the cases."""
    checkout = folder / "checkout"
    for part in PARTS:
        source, target = CHECKOUT / part, checkout / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=LEFT)
        else:
            shutil.copy(source, target)
    (checkout / "tests" / "outlets").mkdir()
    for module in (CHECKOUT / "tests" / "outlets").glob("*.py"):
        shutil.copy(module, checkout / "tests" / "outlets")
    launcher = checkout / "pantau"
    launcher.write_text(LAUNCHER.format(folder=checkout, python=sys.executable))
    launcher.chmod(0o755)
    return Workshop(checkout, folder / "home")
