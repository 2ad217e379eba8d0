"""Bounces and complaints: what came back of a mail that the relay had taken, and what follows for its reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processing.store import readers
from processing.store.connection import Connection, scalar
from processing.store.reader_states import LISTED

MOST_SOFT_BOUNCES = 5
"""Soft bounces in a row that a reader may have (DIGEST.md); the next one stops the address."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery that went out, and whose it was."""

    delivery: int
    reader: int


def sent(connection: Connection, message_ids: Sequence[str]) -> Sent | None:
    """Give the delivery with one of these Message-IDs that has been handed to a relay; None where we sent no such mail."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, reader_id FROM delivery WHERE message_id = ANY(%s) AND state IN ('sending', 'sent', 'uncertain')"
            " ORDER BY id LIMIT 1 FOR UPDATE",
            (list(message_ids),),
        )
        row = cursor.fetchone()
    return Sent(*row) if row else None


def record_hard(connection: Connection, mail: Sent, state: str, *, said: str, as_of: datetime) -> bool:
    """Stop the address of a mail that came back for good (`bounced`) or was complained of; tell whether that is new."""
    _note(connection, mail, said, as_of)
    return stop(connection, mail.reader, state, reason=said, as_of=as_of)


def record_soft(connection: Connection, mail: Sent, *, said: str, as_of: datetime) -> int | None:
    """Count a mail that came back for now, once, and give how many of the reader's did in a row; None for one counted before.

    One too many stops the address. A mail that was sent after the last that came back, and before this one, and did not come
    back itself has arrived: the count begins anew.
    """
    if not _note(connection, mail, said, as_of):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader SET soft_bounces = 1 + CASE WHEN EXISTS (SELECT FROM delivery AS other, delivery AS this"
            " WHERE this.id = %(delivery)s AND other.reader_id = reader.id AND other.state = 'sent'"
            " AND other.bounced_at IS NULL AND other.sent_at < this.sent_at AND other.sent_at > (SELECT max(sent_at)"
            " FROM delivery AS before WHERE before.reader_id = reader.id AND before.bounced_at IS NOT NULL"
            " AND before.sent_at < this.sent_at)) THEN 0 ELSE soft_bounces END"
            " WHERE id = %(reader)s RETURNING soft_bounces",
            {"delivery": mail.delivery, "reader": mail.reader},
        )
        count = int(scalar(cursor))
    if count > MOST_SOFT_BOUNCES:
        stop(connection, mail.reader, "bounced", reason=f"{count} mails in a row came back", as_of=as_of)
    return count


def _note(connection: Connection, mail: Sent, said: str, as_of: datetime) -> bool:
    """Write down what came back, which also settles what was uncertain; tell whether nothing had before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE delivery SET bounce = %(said)s, bounced_at = %(as_of)s,"
            " sent_at = coalesce(sent_at, claimed_at), error = CASE state WHEN 'uncertain' THEN NULL ELSE error END,"
            " state = CASE state WHEN 'uncertain' THEN 'sent' ELSE state END"
            " WHERE id = %(delivery)s AND bounced_at IS NULL",
            {"said": said, "as_of": as_of, "delivery": mail.delivery},
        )
        return bool(cursor.rowcount)


def stop(connection: Connection, reader: int, state: str, *, reason: str, as_of: datetime) -> bool:
    """Write to a reader no more, `bounced` or `complained`, and take back what waits; tell whether that is new.

    Of one who has left, the address is put on the list all the same: no import brings back what bounces.
    """
    known = readers.by_id(connection, reader)
    if known.state in {state, "complained"}:
        return False
    if state in readers.TRANSITIONS[known.state]:
        readers.change_state(connection, reader, state, reason=reason, as_of=as_of)
    else:
        readers.suppress(connection, known.address, reason=LISTED[state], as_of=as_of)
    return True
