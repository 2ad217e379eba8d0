"""One way to the database: connections that know the schema, and the migrations that make it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import psycopg2
import psycopg2.extensions
from psycopg2.extensions import parse_dsn

from processing.errors import DatabaseError

Connection: TypeAlias = psycopg2.extensions.connection

SCHEMA = "pantau"
MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str) -> Connection:
    """Open a connection to the database at a libpq URL, its search path on our schema and its zone UTC.

    Use it as `with connection:` for one transaction; functions of the store never commit. Raises DatabaseError.
    """
    try:
        return psycopg2.connect(
            url,
            application_name="pantau",
            connect_timeout=10,
            options=f"-c search_path={SCHEMA},public -c timezone=UTC",
        )
    except psycopg2.OperationalError as error:
        raise DatabaseError(
            f"The database at {without_password(url)} cannot be reached ({first_line(error)});"
            " check that it runs and that PANTAU_DATABASE_URL is right."
        ) from error
    except psycopg2.ProgrammingError as error:
        raise DatabaseError(
            f"PANTAU_DATABASE_URL is not an address that Postgres understands ({first_line(error)})."
        ) from error


@contextmanager
def told_when_lost(url: str) -> Iterator[None]:
    """Turn the loss of a connection to the database at `url` into a DatabaseError, a sentence for people."""
    try:
        yield
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        raise DatabaseError(
            f"The connection to the database at {without_password(url)} was lost ({first_line(error)});"
            " bring it back and try again."
        ) from error


def without_password(url: str) -> str:
    """Where a libpq URL leads, fit for a log: host, port and database name."""
    parts = parse_dsn(url)
    return f"{parts.get('host', 'localhost')}:{parts.get('port', '5432')}/{parts.get('dbname', '')}"


def first_line(error: Exception) -> str:
    """Give the first line of an error's text, which with libpq is the one that says what happened."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def migrate(url: str) -> None:
    """Bring the database's schema up to date; safe to call at every start, and from several processes at once."""
    # Half a second of imports that every task of Airflow would pay for, and only a start needs.
    import alembic.command  # noqa: PLC0415
    import alembic.config  # noqa: PLC0415
    from sqlalchemy import create_engine, pool  # noqa: PLC0415

    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine("postgresql+psycopg2://", creator=lambda: connect(url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")
    engine.dispose()


def scalar(cursor: psycopg2.extensions.cursor) -> Any:
    """Give the first value of the next row, None when there is no row."""
    row = cursor.fetchone()
    return row[0] if row else None
