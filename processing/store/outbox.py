"""The outbox as its operator sees it: what is in which state, and the settling of what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processing.errors import PantauError
from processing.store.connection import Connection, scalar

STATES = ("queued", "sending", "sent", "refused", "uncertain", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A delivery; its reader by number, since no list of the outbox shows addresses."""

    message_id: str
    state: str
    mail: str
    """`desk 2026-11-22 06:00`, a series and its cut-off in the series' zone, or a letter's kind."""
    reader: int
    attempts: int
    claimed_at: datetime | None
    """When it was last taken in hand."""
    words: str
    """What the server said, or what we say of it; what came back, where it bounced."""


def lines(connection: Connection, *, state: str | None = None, limit: int = 100) -> list[Line]:
    """Give the latest deliveries, of one state or of all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT message_id, delivery.state, coalesce(letter.kind, series.name || ' ' ||"
            " to_char(cutoff AT TIME ZONE series.timezone, 'YYYY-MM-DD HH24:MI')), delivery.reader_id, attempts, claimed_at,"
            " coalesce(bounce, error, '') FROM delivery LEFT JOIN letter ON letter.id = letter_id"
            " LEFT JOIN edition ON edition.id = edition_id LEFT JOIN series ON series.id = series_id"
            " WHERE %(state)s::text IS NULL OR delivery.state = %(state)s ORDER BY delivery.id DESC LIMIT %(limit)s",
            {"state": state, "limit": limit},
        )
        return [
            Line(
                message_id=message_id,
                state=found,
                mail=mail,
                reader=reader,
                attempts=attempts,
                claimed_at=claimed_at,
                words=words,
            )
            for message_id, found, mail, reader, attempts, claimed_at, words in cursor.fetchall()
        ]


def settle(connection: Connection, message_id: str, *, sent: bool, reason: str) -> None:
    """Write down what the operator found out of an uncertain delivery: it went out, or it is to be sent again.

    Raises PantauError where there is no such delivery, or where nothing about it is uncertain.
    """
    change = "state = 'sent', sent_at = claimed_at" if sent else "state = 'queued', next_try_at = NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE delivery SET {change}, error = %s WHERE message_id = %s AND state = 'uncertain'",  # noqa: S608 - our own text
            (reason, _whole(message_id)),
        )
        if cursor.rowcount:
            return
        cursor.execute("SELECT state FROM delivery WHERE message_id = %s", (_whole(message_id),))
        state = scalar(cursor)
    if state is None:
        raise PantauError(f"There is no delivery {message_id}; `pantau deliveries list --state uncertain` names them.")
    raise PantauError(f"The delivery {message_id} is {state}, so there is nothing to settle.")


def _whole(message_id: str) -> str:
    """Give a Message-ID in its angle brackets, which a shell makes hard to write."""
    return f"<{message_id.strip().strip('<>')}>"
