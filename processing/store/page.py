"""The store as one page of the web sees it: one transaction, bounded in time, that only reads unless it is told otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2

from processing.errors import DatabaseError
from processing.store.connection import Connection, connect, first_line, scalar

LONGEST = "10s"
"""What one statement of a page may take: past it the page is given up, and the database left alone."""


class Unavailable(DatabaseError):
    """The database is away, or did not answer in time."""


@contextmanager
def opened(url: str, *, writing: bool = False) -> Iterator[Connection]:
    """Give a connection for one page, in one transaction that only reads unless it is told otherwise.

    Raises Unavailable where the database is away, also when it goes while it is asked.
    """
    connection = None
    try:
        connection = connect(url)
        connection.set_session(readonly=not writing)
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", (LONGEST,))
            yield connection
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        raise Unavailable(f"The database went away while a page was made ({first_line(error)}).") from error
    except DatabaseError as error:
        if connection is None:
            raise Unavailable(str(error)) from error
        raise
    finally:
        if connection is not None:
            connection.close()


def answers(connection: Connection) -> bool:
    """Tell whether the database answers and has its tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('edition') IS NOT NULL")
        return bool(scalar(cursor))
