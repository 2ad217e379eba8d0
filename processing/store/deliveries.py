"""Deliveries: the outbox. One row a mail and reader, marked before SMTP and after it, so that nobody gets two.

While a worker holds a delivery it holds a lock of its session, which ends when the worker or its connection does: a row that
is `sending` without that lock was left behind, and nobody knows whether the mail went out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from processing.store.connection import Connection, scalar
from processing.store.suppression import SUPPRESSED, WANTED

LOCK = "hashtext('pantau delivery'), (delivery.id %% 2147483647)::int"
"""The advisory lock of a delivery's row."""

DUE = "delivery.state = 'queued' AND (next_try_at IS NULL OR next_try_at <= %(as_of)s)"

MAY_GET = f"(SELECT {WANTED} FROM reader WHERE reader.id = reader_id)"  # noqa: S608 - our own text
"""Whether a delivery's reader may get it: a subquery, so that it is asked of one row and not of all that wait."""

LEFT_BEHIND = "The worker stopped between sending and writing it down: whether the mail went out is not known."
WITHDRAWN = "The reader had left or paused before it was sent."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery that this worker is to send now: of an edition or of a letter, by its id."""

    id: int
    edition: int | None
    letter: int | None
    message_id: str
    attempts: int
    """This one included."""
    reader: int
    address: str
    name: str
    token: str


def enqueue(connection: Connection, edition: int, *, domain: str) -> int:
    """Queue an edition for the readers of its series who may be written to; give how many there are.

    The Message-ID is made here, from the edition and the reader, and stays the same on every try. A second call adds nothing
    for those who were queued before, nor to an edition so old that the details of its deliveries have gone. One statement,
    however many they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO delivery (edition_id, reader_id, message_id)"  # noqa: S608 - our own text
            " SELECT edition.id, reader.id, '<' || left(encode(sha256(convert_to(format('%%s %%s %%s', edition.series_id,"
            " extract(epoch FROM edition.cutoff), reader.token), 'UTF8')), 'hex'), 32) || '@' || %(domain)s || '>'"
            " FROM edition JOIN subscription USING (series_id) JOIN reader ON reader.id = reader_id"
            " WHERE edition.id = %(edition)s AND reader.state = 'active'"
            f" AND NOT {SUPPRESSED} AND NOT EXISTS (SELECT FROM delivery_count WHERE edition_id = edition.id)"
            " ORDER BY reader.id ON CONFLICT (edition_id, reader_id) DO NOTHING",
            {"edition": edition, "domain": domain},
        )
        return int(cursor.rowcount)


def due(connection: Connection, as_of: datetime) -> int:
    """Count the deliveries that wait to be sent now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM delivery WHERE {DUE} AND {MAY_GET}", {"as_of": as_of})  # noqa: S608 - our own text
        return int(scalar(cursor))


def claim(connection: Connection, as_of: datetime) -> Claimed | None:
    """Take the next delivery that is due and mark it `sending`; None when there is none.

    Commit before sending. Release it when its fate is written down.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM delivery WHERE {DUE} AND {MAY_GET} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",  # noqa: S608 - our own text
            {"as_of": as_of},
        )
        delivery = scalar(cursor)
        if delivery is None:
            return None
        cursor.execute(
            f"UPDATE delivery SET state = 'sending', claimed_at = %s, attempts = attempts + 1, error = NULL FROM reader"  # noqa: S608 - our own text
            " WHERE delivery.id = %s AND reader.id = reader_id RETURNING delivery.id, edition_id, letter_id, message_id,"
            f" attempts, reader.id, address, name, token, pg_advisory_lock({LOCK})",
            (as_of, delivery),
        )
        id_, edition, letter, message_id, attempts, reader, address, name, token, _ = cursor.fetchall()[0]
    return Claimed(
        id=id_,
        edition=edition,
        letter=letter,
        message_id=message_id,
        attempts=attempts,
        reader=reader,
        address=address,
        name=name,
        token=token,
    )


def release(connection: Connection, delivery: int) -> None:
    """Let go of a delivery that was claimed on this connection."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_unlock({LOCK}) FROM delivery WHERE id = %s", (delivery,))  # noqa: S608 - our own text


def turn(connection: Connection, rest: Callable[[], None]) -> None:
    """Wait until no other worker of this database has its turn, and rest; commits, which gives the turn on.

    As long as each rests for the time between two mails, all of them together keep the rate, on however many machines.
    """
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pantau mail rate'), 0)")
        rest()


def record_sent(connection: Connection, delivery: int, as_of: datetime) -> None:
    """Write down that the server took the mail."""
    _record(connection, delivery, "state = 'sent', sent_at = %s", as_of)


def record_refused(connection: Connection, delivery: int, error: str) -> None:
    """Write down that the server will never take the mail, or that we gave up."""
    _record(connection, delivery, "state = 'refused', error = %s", error)


def record_delay(connection: Connection, delivery: int, error: str, next_try_at: datetime) -> None:
    """Put a delivery back for a later try."""
    _record(connection, delivery, "state = 'queued', error = %s, next_try_at = %s", error, next_try_at)


def record_uncertain(connection: Connection, delivery: int, error: str) -> None:
    """Write down that nobody knows whether the server took the mail: it is not sent again by itself."""
    _record(connection, delivery, "state = 'uncertain', error = %s", error)


def name_left_behind(connection: Connection) -> list[str]:
    """Mark as uncertain what a stopped worker left in `sending`, and give the Message-IDs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH sending AS MATERIALIZED (SELECT id FROM delivery WHERE state = 'sending' FOR UPDATE SKIP LOCKED)"  # noqa: S608 - our own text
            " UPDATE delivery SET state = 'uncertain', error = %s FROM sending"
            f" WHERE delivery.id = sending.id AND pg_try_advisory_xact_lock({LOCK}) RETURNING message_id",
            (LEFT_BEHIND,),
        )
        return sorted(row[0] for row in cursor.fetchall())


def withdraw(connection: Connection) -> int:
    """Take back what waits for readers who do not want it since it was queued, and give how many that were."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE delivery SET state = 'withdrawn', error = %s WHERE delivery.state = 'queued' AND NOT {MAY_GET}",  # noqa: S608 - our own text
            (WITHDRAWN,),
        )
        return int(cursor.rowcount)


def states(connection: Connection, edition: int | None = None) -> dict[str, int]:
    """Count the deliveries of an edition (of all, by default) by state, those too whose details have gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, sum(deliveries)::bigint FROM (SELECT edition_id, state, 1 AS deliveries FROM delivery UNION ALL"
            " SELECT edition_id, state, deliveries FROM delivery_count) counted"
            " WHERE %(edition)s::bigint IS NULL OR edition_id = %(edition)s GROUP BY state ORDER BY state",
            {"edition": edition},
        )
        return dict(cursor.fetchall())


def _record(connection: Connection, delivery: int, change: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE delivery SET {change} WHERE id = %s AND state = 'sending'", (*values, delivery))  # noqa: S608 - our own text
