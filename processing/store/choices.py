"""What a reader chose to get: desks' digests, and one of its own that all readers of an equal choice share."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from processing.errors import PantauError
from processing.model import Series
from processing.store.connection import Connection
from processing.store.reader_rows import Reader, by_id
from processing.store.series import DESK, by_name, by_names, save_series, settle

TITLES = {"id": "Pantauan Anda", "en": "Your watch"}
"""A personal digest's title, in its reader's language."""

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader gets, when, and in which language.

    Topics or watched entities make a digest of the reader's own, at `send_at` on `weekdays`, beside those of `desks`,
    which keep their desk's hour and language. With neither, and no desk, it is the desk's digest if that comes at this
    hour in this language, else a digest of all topics at the reader's hour.
    """

    language: str = "id"
    """Of the reader's own digest, letters and pages: `id` or `en`."""
    timezone: str = "Asia/Jakarta"
    send_at: time = time(6)
    """In `timezone`, to the minute."""
    weekdays: tuple[int, ...] = EVERY_DAY
    """ISO: Monday is 1."""
    topics: tuple[str, ...] = ()
    """Codes of the taxonomy."""
    watched: tuple[str, ...] = ()
    """Ids of entities."""
    desks: tuple[str, ...] = ()
    """Names of desks' series."""


def choose(connection: Connection, reader_id: int, choice: Choice, *, as_of: datetime) -> Reader:  # noqa: ARG001 - as all that changes a reader
    """Give a reader what it chose from now on, and nothing else; gives the reader.

    A personal series that nobody reads any more is switched off. Raises PantauError for a desk that there is not.
    """
    subscribe(connection, reader_id, choice, [series.id for series in series_of(connection, choice)])
    settle(connection)
    return by_id(connection, reader_id)


def choice_of(connection: Connection, reader_id: int) -> Choice:
    """Give what a reader chose; of one who has no digest of its own, hour and days are its desk's."""
    return choices_of(connection, [by_id(connection, reader_id)])[reader_id]


def choices_of(connection: Connection, known: Collection[Reader]) -> dict[int, Choice]:
    """Give what each of these readers chose, by the reader's id."""
    series = by_names(connection, {name for reader in known for name in reader.series})
    return {reader.id: _chosen(reader, [series[name] for name in reader.series]) for reader in known}


def _chosen(reader: Reader, subscribed: list[Series]) -> Choice:
    shared = [series for series in subscribed if series.kind == "desk"]
    own = next((series for series in subscribed if series.kind == "personal"), None)
    hours = own or next(iter(shared), None)
    return Choice(
        language=reader.language,
        timezone=reader.timezone,
        send_at=hours.send_at if hours else time(6),
        weekdays=hours.weekdays if hours else EVERY_DAY,
        topics=own.topics if own else (),
        watched=own.watched if own else (),
        desks=tuple(series.name for series in shared),
    )


def series_of(connection: Connection, choice: Choice) -> list[Series]:
    """Give the series that a choice means, making its personal one where there is none yet."""
    shared = [_desk(connection, name) for name in dict.fromkeys(choice.desks)]
    if not (shared or choice.topics or choice.watched):
        ours = by_name(connection, DESK)
        if ours and _when(ours) == _when(personal_series(choice)):
            return [ours]
    if shared and not (choice.topics or choice.watched):
        return shared
    return [*shared, save_series(connection, personal_series(choice))]


def subscribe(connection: Connection, reader_id: int, choice: Choice, series: Iterable[int]) -> None:
    """Subscribe a reader to these series and no other, and keep its language and zone; personal series are not settled."""
    wanted = list(series)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader SET language = %(language)s, timezone = %(timezone)s WHERE id = %(reader)s"
            " AND (language, timezone) <> (%(language)s, %(timezone)s)",
            {"language": choice.language, "timezone": choice.timezone, "reader": reader_id},
        )
        cursor.execute(
            "DELETE FROM subscription WHERE reader_id = %s AND series_id <> ALL (%s::bigint[])", (reader_id, wanted)
        )
        cursor.execute(
            "INSERT INTO subscription (reader_id, series_id) SELECT %s, unnest(%s::bigint[]) ON CONFLICT DO NOTHING",
            (reader_id, wanted),
        )


def personal_series(choice: Choice) -> Series:
    """Give the series of a choice's own digest: equal choices, in whatever order, give the same."""
    weekdays, topics, watched = sorted(set(choice.weekdays)), sorted(set(choice.topics)), sorted(set(choice.watched))
    told = [choice.language, choice.timezone, f"{choice.send_at:%H:%M}", weekdays, topics, watched]
    return Series(
        name=f"p-{hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]}",
        title=TITLES[choice.language],
        language=choice.language,
        timezone=choice.timezone,
        send_at=choice.send_at.replace(second=0, microsecond=0),
        weekdays=tuple(weekdays),
        topics=tuple(topics),
        watched=tuple(watched),
        kind="personal",
    )


def desks(connection: Connection) -> list[str]:
    """Name the desks' series."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM series WHERE kind = 'desk' ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def _desk(connection: Connection, name: str) -> Series:
    series = by_name(connection, name)
    if series is None or series.kind != "desk":
        known = ", ".join(desks(connection)) or "none yet"
        raise PantauError(f"There is no series {name!r} of a desk; there are {known}.")
    return series


def _when(series: Series) -> tuple[object, ...]:
    """Give what makes a digest of all topics another one than the desk's."""
    return (series.language, series.timezone, series.send_at, tuple(sorted(series.weekdays)))
