"""What readers want to be told of at once: saved searches, a weight, how often, and not when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from processing.errors import PantauError
from processing.store.connection import Connection
from processing.store.search import read_query
from processing.store.suppression import SUPPRESSED

LONGEST = 200
"""Characters of a saved search."""
SEARCHES_AT_MOST = 20
"""Saved searches of a reader: each is looked up every quarter of an hour."""
A_DAY_AT_MOST = 20

DEFAULTS = (3, time(21), time(6))
"""Alerts a day, and the quiet hours, of a reader who chose none; as the columns have them."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """Words that a reader wants to be told of, as a web search takes them."""

    id: int
    words: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What alerts a reader wants, and what is needed to write one."""

    reader: int
    address: str
    token: str
    language: str
    timezone: str
    weight: int | None
    """The weight, 1 to 5, from which a story is mailed at once; None where no story is for its weight."""
    a_day: int
    quiet_from: time
    """In `timezone`; the same as `quiet_until` where no hour is quiet."""
    quiet_until: time
    searches: tuple[SavedSearch, ...]
    topics: tuple[str, ...]
    """Of all series subscribed to; empty means all."""
    watched: tuple[str, ...]


COLUMNS = """
    reader.id, address, token, reader.language, reader.timezone, alert_weight, alerts_a_day, quiet_from, quiet_until,
    ARRAY(SELECT DISTINCT topic FROM subscription JOIN series ON series.id = series_id, unnest(topics) topic
        WHERE subscription.reader_id = reader.id AND NOT EXISTS (SELECT FROM subscription JOIN series ON series.id = series_id
            WHERE subscription.reader_id = reader.id AND topics = '{}') ORDER BY topic),
    ARRAY(SELECT DISTINCT entity FROM subscription JOIN series ON series.id = series_id, unnest(watched) entity
        WHERE subscription.reader_id = reader.id ORDER BY entity)
"""


def wishes(connection: Connection, reader_id: int) -> Wishes:
    """Give what a reader wants to be told of at once. Raises PantauError for a reader that there is not."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM reader WHERE id = %s", (reader_id,))  # noqa: S608 - our own column names
        row = cursor.fetchone()
    if row is None:
        raise PantauError(f"There is no reader {reader_id}.")
    return _wishes(row, tuple(searches(connection, reader_id)))


def watchers(connection: Connection) -> list[Wishes]:
    """Give the wishes of all who have any and may be written to, by reader."""
    return _all_wishes(connection, f"state = 'active' AND NOT {SUPPRESSED}")


def wishes_by_reader(connection: Connection) -> dict[int, Wishes]:
    """Give the wishes of all who have any, whether they may be written to or not, by the reader's id."""
    return {one.reader: one for one in _all_wishes(connection, "true")}


def _all_wishes(connection: Connection, condition: str) -> list[Wishes]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM reader WHERE {condition} AND (alert_weight IS NOT NULL OR EXISTS"  # noqa: S608 - our own text
            " (SELECT FROM saved_search WHERE reader_id = reader.id)) ORDER BY reader.id"
        )
        rows = cursor.fetchall()
        cursor.execute("SELECT reader_id, id, words, saved_at FROM saved_search ORDER BY id")
        saved: dict[int, list[SavedSearch]] = {}
        for reader, *search in cursor.fetchall():
            saved.setdefault(reader, []).append(SavedSearch(*search))
    return [_wishes(row, tuple(saved.get(row[0], ()))) for row in rows]


def searches(connection: Connection, reader_id: int) -> list[SavedSearch]:
    """Give the searches that a reader saved, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, words, saved_at FROM saved_search WHERE reader_id = %s ORDER BY id", (reader_id,))
        return [SavedSearch(*row) for row in cursor.fetchall()]


def check_search(connection: Connection, words: str) -> None:
    """Raise PantauError where words are too many to be a saved search, or leave nothing to look for."""
    if len(words) > LONGEST:
        raise PantauError(
            f"A saved search has {LONGEST} characters at most, and this has {len(words)}; take fewer words."
        )
    read_query(connection, words)


def check_bounds(weight: int | None, a_day: int) -> None:
    """Raise PantauError for a weight, or a number of alerts a day, that is out of bounds."""
    if weight is not None and not 1 <= weight <= 5:  # noqa: PLR2004 - as the column has it
        raise PantauError(f"A story weighs 1 to 5, so {weight} cannot be the weight from which one is mailed.")
    if not 1 <= a_day <= A_DAY_AT_MOST:
        raise PantauError(
            f"Alerts are 1 to {A_DAY_AT_MOST} a day, not {a_day}; to get none, take the weight and searches away."
        )


def save_search(connection: Connection, reader_id: int, words: str, *, as_of: datetime) -> SavedSearch:
    """Keep a search for a reader; the same words twice are one search.

    Raises PantauError where the words leave nothing to look for, are too many, or the reader has too many searches.
    """
    words = " ".join(words.split())
    check_search(connection, words)
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM reader WHERE id = %s FOR UPDATE", (reader_id,))
        if cursor.rowcount == 0:
            raise PantauError(f"There is no reader {reader_id}.")
        known = {search.words: search for search in searches(connection, reader_id)}
        if words in known:
            return known[words]
        if len(known) >= SEARCHES_AT_MOST:
            raise PantauError(f"A reader has {SEARCHES_AT_MOST} saved searches at most; remove one first.")
        cursor.execute(
            "INSERT INTO saved_search (reader_id, words, saved_at) VALUES (%s, %s, %s) RETURNING id, words, saved_at",
            (reader_id, words, as_of),
        )
        return SavedSearch(*cursor.fetchall()[0])


def drop_search(connection: Connection, reader_id: int, search_id: int) -> bool:
    """Forget a search of a reader, and tell whether it was there; another reader's is never touched."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM saved_search WHERE (reader_id, id) = (%s, %s)", (reader_id, search_id))
        return bool(cursor.rowcount)


def set_threshold(
    connection: Connection,
    reader_id: int,
    weight: int | None,
    a_day: int = DEFAULTS[0],
    quiet_from: time = DEFAULTS[1],
    quiet_until: time = DEFAULTS[2],
) -> None:
    """Set the weight from which a story is mailed at once (None: none is), how many alerts a day, and the quiet hours.

    The hours are in the reader's zone, and bind alerts of saved searches too; two equal ones leave no hour quiet. Raises
    PantauError for a number out of bounds and for a reader that there is not.
    """
    check_bounds(weight, a_day)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader SET alert_weight = %s, alerts_a_day = %s, quiet_from = %s, quiet_until = %s WHERE id = %s",
            (weight, a_day, quiet_from, quiet_until, reader_id),
        )
        if cursor.rowcount == 0:
            raise PantauError(f"There is no reader {reader_id}.")


def _wishes(row: tuple, saved: tuple[SavedSearch, ...]) -> Wishes:  # type: ignore[type-arg]
    reader, address, token, language, timezone, weight, a_day, quiet_from, quiet_until, topics, watched = row
    return Wishes(
        reader=reader,
        address=address,
        token=token,
        language=language,
        timezone=timezone,
        weight=weight,
        a_day=a_day,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        searches=saved,
        topics=tuple(topics),
        watched=tuple(watched),
    )
