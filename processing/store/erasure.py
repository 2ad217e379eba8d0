"""What is known of a reader is taken out: on request at once, and of everybody's deliveries after a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from processing.store.connection import Connection, scalar
from processing.store.reader_rows import by_address, folded
from processing.store.series import settle
from processing.store.suppression import suppress

HELD = {
    "subscriptions": "subscription",
    "saved searches": "saved_search",
    "alerts": "alert",
    "letters": "letter",
    "deliveries": "delivery",
}
"""The tables that hold something of a reader beside its own row, and what that is called."""

ENDED = ("sent", "refused", "uncertain", "withdrawn")


def erase(connection: Connection, address: str, *, as_of: datetime) -> dict[str, int]:
    """Take out all that is kept of an address, and give what it was, in counts.

    A hash stays on the suppression list, so that no list brings it back, also of an address that was no reader. Editions
    stay: they name no reader. Of deliveries the number stays, by edition or kind of letter, and how they ended.
    """
    address = folded(address)
    reader = by_address(connection, address)
    removed = {"readers": 0} | dict.fromkeys(HELD, 0)
    if reader:
        removed = {"readers": 1} | held(connection, reader.id)
        fold_deliveries(connection, "reader_id = %(reader)s", {"reader": reader.id})
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM reader WHERE id = %s", (reader.id,))
    suppress(connection, address, reason="erased", as_of=as_of)
    settle(connection)
    return removed


def held(connection: Connection, reader_id: int) -> dict[str, int]:
    """Give what is kept of a reader beside its own row, in counts."""
    counted = {}
    with connection.cursor() as cursor:
        for name, table in HELD.items():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE reader_id = %s", (reader_id,))  # noqa: S608 - our own table names
            counted[name] = int(scalar(cursor))
    return counted


def forget_deliveries(connection: Connection, *, before: datetime) -> dict[str, int]:
    """Take out deliveries of before an instant that have ended, and letters; gives how many went. Their counts stay.

    An alert is kept for as long as its story is told of, since nobody is to get it twice.
    """
    old = {"ended": list(ENDED), "before": before}
    told = (
        "EXISTS (SELECT FROM alert JOIN story ON story.id = story_id WHERE alert.letter_id = {letter}"
        " AND story.last_seen_at >= %(before)s)"
    )
    deliveries = fold_deliveries(
        connection,
        "delivery.state = ANY(%(ended)s) AND (edition_id IN (SELECT id FROM edition WHERE cutoff < %(before)s)"  # noqa: S608 - our own text
        " AND coalesce(sent_at, claimed_at, %(before)s - interval '1 day') < %(before)s"
        " OR letter_id IN (SELECT id FROM letter WHERE written_at < %(before)s))"
        f" AND NOT {told.format(letter='delivery.letter_id')}",
        old,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM letter WHERE written_at < %(before)s AND NOT EXISTS (SELECT FROM delivery"  # noqa: S608 - our own text
            f" WHERE letter_id = letter.id) AND NOT {told.format(letter='letter.id')}",
            old,
        )
        return {"deliveries": deliveries, "letters": int(cursor.rowcount)}


def fold_deliveries(connection: Connection, condition: str, values: Mapping[str, Any]) -> int:
    """Take out the deliveries of a condition, add them to the counts that stay, and give how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM delivery WHERE {condition} RETURNING edition_id, letter_id, state),"  # noqa: S608 - our own text
            " counted AS (SELECT gone.edition_id, letter.kind, gone.state, count(*)::int AS deliveries FROM gone"
            " LEFT JOIN letter ON letter.id = letter_id GROUP BY 1, 2, 3),"
            " kept AS (INSERT INTO delivery_count (edition_id, letter_kind, state, deliveries) SELECT * FROM counted"
            " ON CONFLICT (coalesce(edition_id, 0), coalesce(letter_kind, ''), state)"
            " DO UPDATE SET deliveries = delivery_count.deliveries + excluded.deliveries)"
            " SELECT coalesce(sum(deliveries), 0)::int FROM counted",
            values,
        )
        return int(scalar(cursor))
