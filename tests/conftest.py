"""What every room's tests share: a database of their own each, a mailbox, and the folder of other people's pages.

Several test runs may go at once: each has a server of its own, on data in memory that goes with it.
"""

from __future__ import annotations

import itertools
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk.home import CHECKOUT, Home
from desk.mailbox import Mailbox
from desk.postgres import Postgres

if TYPE_CHECKING:
    from processing.store import Connection

SHARED = CHECKOUT.parent / "shared"

# Nothing of the desk at work on this machine gets into a test: neither its settings nor its database.
for _name in [name for name in os.environ if name.startswith(("PANTAU_", "AIRFLOW_", "PG"))]:
    del os.environ[_name]

# A shell that starts the tests in the background has them ignore Ctrl-C, and so do the programs that they interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_numbers = itertools.count(1)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what reads ../shared where that is absent."""
    if item.get_closest_marker("corpus"):
        require_shared()


def require_shared() -> Path:
    """Return ../shared, or skip."""
    if not SHARED.is_dir():
        pytest.skip(f"the folder shared is not beside the checkout ({SHARED})")
    return SHARED


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of other people's pages and texts beside the checkout; skips where it is absent."""
    return require_shared()


@pytest.fixture(scope="session", autouse=True)
def home() -> Iterator[Home]:
    """Give the test run a PANTAU_HOME of its own, so that no test reaches the real one.

    Every account reaches it (pytest's folders are closed): so root's database stands in it too, and goes with it.
    """
    with tempfile.TemporaryDirectory(prefix="pantau-test-home-") as folder, pytest.MonkeyPatch.context() as patch:
        Path(folder).chmod(0o755)
        patch.setenv("PANTAU_HOME", folder)
        yield Home(Path(folder))


@pytest.fixture(scope="session")
def server(home: Home) -> Iterator[Postgres]:
    """Give the test run's Postgres, started when the first test asks for it."""
    with Postgres(home, volatile=True) as server:
        yield server


@pytest.fixture(scope="session")
def template(server: Postgres) -> str:
    """Name the database that each test's own is copied from: migrated, and empty."""
    from processing.store import migrate  # noqa: PLC0415  (half the tests need no database: they start without Alembic)

    migrate(server.ensure_database("template"))
    return "template"


@pytest.fixture
def database_url(server: Postgres, template: str) -> Iterator[str]:
    """Give the libpq address of a migrated database that no other test sees."""
    name = f"test_{next(_numbers)}"
    yield server.ensure_database(name, template=template)
    server.drop_database(name)


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """Give a connection to the test's own database."""
    from processing.store import connect  # noqa: PLC0415

    with closing(connect(database_url)) as connection:
        yield connection


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    """Give a mailbox that takes real SMTP, empty at the start of the test."""
    with Mailbox(tmp_path / "mailbox") as mailbox:
        yield mailbox
