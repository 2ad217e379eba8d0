"""What a verb needs before it works: the database of the settings, running and up to date, and an instant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer

from desk.postgres import Postgres
from desk.settings import DATABASE, Settings
from processing.errors import PantauError
from processing.store import migrate

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="INSTANT", help="Work as if it were then (ISO 8601 with a zone); now by default."),
]


@contextmanager
def at_desk() -> Iterator[Settings]:
    """Give the settings with their database behind them: the embedded one is borrowed from the desk that runs, or started."""
    settings = Settings.load()
    if not settings.embedded:
        migrate(settings.database_url)
        yield settings
        return
    with Postgres(settings.home).borrowed() as server:
        migrate(server.ensure_database(DATABASE))
        yield settings


def instant(text: str | None) -> datetime:
    """Read `--as-of`; here the clock enters, and nowhere else."""
    if text is None:
        return datetime.now(UTC)
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        given = None
    if given is None or given.tzinfo is None:
        raise PantauError(f"--as-of {text!r} is not an instant with a zone, such as 2026-11-22T06:00+07:00.")
    return given.astimezone(UTC)
