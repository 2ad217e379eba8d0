"""Series: the digests that come again and again, a desk's or those of readers with choices of their own."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from processing.errors import PantauError
from processing.model import Series
from processing.store.connection import Connection

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
"""What stands in addresses and in List-ID: a label of a host name."""

DESK = "desk"
"""The name of the desk's own series, made from the settings."""

COLUMNS = "id, name, title, topics, watched, language, timezone, send_at, weekdays, active, kind"


def save_series(connection: Connection, series: Series) -> Series:
    """Keep a series under its name, as it is given now, and give it with its id; its kind is for good.

    Raises PantauError for an odd name.
    """
    if not NAME.fullmatch(series.name):
        raise PantauError(f"{series.name!r} cannot name a series; take lower-case letters, digits and hyphens.")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO series (name, title, topics, watched, language, timezone, send_at, weekdays, active, kind)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (name) DO UPDATE SET title = excluded.title,"
            " topics = excluded.topics, watched = excluded.watched, language = excluded.language,"
            " timezone = excluded.timezone, send_at = excluded.send_at, weekdays = excluded.weekdays,"
            " active = excluded.active WHERE (series.title, series.topics, series.watched, series.language,"
            " series.timezone, series.send_at, series.weekdays, series.active) IS DISTINCT FROM (excluded.title,"
            " excluded.topics, excluded.watched, excluded.language, excluded.timezone, excluded.send_at,"
            " excluded.weekdays, excluded.active)",
            (
                series.name,
                series.title,
                list(series.topics),
                list(series.watched),
                series.language,
                series.timezone,
                series.send_at,
                list(series.weekdays),
                series.active,
                series.kind,
            ),
        )
        cursor.execute(f"SELECT {COLUMNS} FROM series WHERE name = %s", (series.name,))  # noqa: S608 - our own column names
        return _series(cursor.fetchall()[0])


def active_series(connection: Connection) -> list[Series]:
    """Give the series that appear, by name."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM series WHERE active ORDER BY name")  # noqa: S608 - our own column names
        return [_series(row) for row in cursor.fetchall()]


def all_series(connection: Connection) -> list[Series]:
    """Give every series there is or was, by name."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM series ORDER BY name")  # noqa: S608 - our own column names
        return [_series(row) for row in cursor.fetchall()]


def readers_of(connection: Connection) -> dict[int, int]:
    """Count the active readers of each series that has any, by its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT series_id, count(*) FROM subscription JOIN reader ON reader.id = reader_id WHERE state = 'active' GROUP BY 1"
        )
        return dict(cursor.fetchall())


def by_name(connection: Connection, name: str) -> Series | None:
    """Give the series of a name, None where there is none."""
    return by_names(connection, [name]).get(name)


def by_names(connection: Connection, names: Collection[str]) -> dict[str, Series]:
    """Give those series of these names that there are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM series WHERE name = ANY(%s)", (list(names),))  # noqa: S608 - our own column names
        return {series.name: series for series in map(_series, cursor.fetchall())}


def settle(connection: Connection) -> None:
    """Switch personal series on that somebody reads, or will after a pause, and off those that nobody does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE series SET active = NOT active WHERE kind = 'personal' AND active <> EXISTS (SELECT FROM subscription"
            " JOIN reader ON reader.id = reader_id WHERE series_id = series.id AND reader.state IN ('active', 'paused'))"
        )


def _series(row: tuple[Any, ...]) -> Series:
    id_, name, title, topics, watched, language, timezone, send_at, weekdays, active, kind = row
    return Series(
        id=id_,
        name=name,
        title=title,
        topics=tuple(topics),
        watched=tuple(watched),
        language=language,
        timezone=timezone,
        send_at=send_at,
        weekdays=tuple(weekdays),
        active=active,
        kind=kind,
    )
