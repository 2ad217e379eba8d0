"""Where everything that is made lives: one folder, and one desk at a time in it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processing.errors import PantauError

CHECKOUT = Path(__file__).resolve().parents[1]
"""The folder that holds desk/, dags/ and the rest."""


@dataclass(frozen=True)
class Home:
    """The folder named by PANTAU_HOME, which the launcher sets; without it, `.pantau` in the checkout."""

    path: Path

    @classmethod
    def of(cls, environ: Mapping[str, str] = os.environ) -> Home:
        """Return the home that an environment names."""
        return cls(Path(environ.get("PANTAU_HOME") or CHECKOUT / ".pantau").absolute())

    @property
    def data(self) -> Path:
        """Crawl jobs, results and other files of the steps."""
        return self._folder("data")

    @property
    def logs(self) -> Path:
        """What the parts say while they run."""
        return self._folder("logs")

    @property
    def mailbox(self) -> Path:
        """Mail that the local mailbox took in."""
        return self._folder("mailbox")

    @property
    def airflow(self) -> Path:
        """AIRFLOW_HOME of the embedded desk."""
        return self._folder("airflow")

    def _folder(self, name: str) -> Path:
        """Return a folder of the home, made where it was missing."""
        folder = self.path / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the home for one desk; the lock ends with the process, however it ends. Raises PantauError where another holds it."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "desk.lock").open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise PantauError(
                    f"Another desk is at work in {self.path} (process {file.read().strip() or 'unknown'}): "
                    "stop it, or give this one another folder in PANTAU_HOME."
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield
