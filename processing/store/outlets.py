"""Outlets as the store knows them: enough of each declaration to tell newsrooms apart and mark state media."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg2.extras import execute_values

from processing.model import Outlet
from processing.store.connection import Connection

COLUMNS = ("title", "country", "languages", "publisher_group", "ownership", "mode", "timezone", "switched_off")


def declare(connection: Connection, outlets: Iterable[Outlet]) -> None:
    """Write down the outlets as they are declared today; rows that say the same already stay untouched."""
    rows = sorted(
        (
            outlet.name,
            outlet.title,
            outlet.country,
            list(outlet.languages),
            outlet.group,
            outlet.ownership,
            outlet.mode,
            outlet.timezone,
            outlet.switched_off,
        )
        for outlet in outlets
    )
    changes = ", ".join(f"{column} = excluded.{column}" for column in COLUMNS)
    ours = ", ".join(f"outlet.{column}" for column in COLUMNS)
    theirs = ", ".join(f"excluded.{column}" for column in COLUMNS)
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            f"INSERT INTO outlet (name, {', '.join(COLUMNS)}) VALUES %s ON CONFLICT (name) DO UPDATE SET {changes}"  # noqa: S608 - our own column names
            f" WHERE ({ours}) IS DISTINCT FROM ({theirs})",
            rows,
        )
