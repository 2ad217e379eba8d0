"""The states of a reader: which follows which, and what follows from each for the mail that waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from processing.errors import PantauError
from processing.store.connection import Connection, scalar
from processing.store.reader_rows import Reader, by_id, by_token
from processing.store.series import settle
from processing.store.suppression import lift, suppress

TRANSITIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "pending": frozenset({"active", "bounced", "complained", "unsubscribed"}),
        "active": frozenset({"paused", "bounced", "complained", "unsubscribed"}),
        "paused": frozenset({"active", "bounced", "complained", "unsubscribed"}),
        "bounced": frozenset({"active", "complained", "unsubscribed"}),
        "complained": frozenset(),
        "unsubscribed": frozenset({"pending", "active", "complained"}),
    }
)
"""What each state may become. Out of a complaint there is no way but to be erased."""

LISTED = MappingProxyType({"bounced": "bounce", "complained": "complaint", "unsubscribed": "unsubscribed"})
"""The states that put an address on the suppression list, and the reason that stands there."""

LEFT = "The reader did not want it any more when it was to be sent."


class StateRefused(PantauError):
    """A state that does not follow from the one that a reader is in."""


def change_state(connection: Connection, reader_id: int, state: str, *, reason: str, as_of: datetime) -> Reader:
    """Put a reader into a state, with the reason for people; one that is in it stays as it is. Gives the reader.

    What ends the mail (bounced, complained, unsubscribed) puts the address on the suppression list and takes back what
    waits in the outbox; unsubscribed ends the subscriptions too. A bounced reader that becomes active, because the
    mailbox works again, is taken off the list. Raises StateRefused where `TRANSITIONS` does not allow it.
    """
    return _change(connection, reader_id, state, reason=reason, as_of=as_of, listed=LISTED.get(state))


def unsubscribe(connection: Connection, token: str, *, as_of: datetime, reason: str) -> Reader | None:
    """End all that the reader with this token gets; one that gets nothing already stays as it is. None: no such reader."""
    reader = by_token(connection, token)
    if reader is None or "unsubscribed" not in TRANSITIONS[reader.state]:
        return reader
    return change_state(connection, reader.id, "unsubscribed", reason=reason, as_of=as_of)


def remove(connection: Connection, reader: Reader, *, as_of: datetime) -> Reader:
    """End all that a reader gets, by the operator's word, which the operator can take back."""
    if "unsubscribed" not in TRANSITIONS[reader.state]:
        return reader
    said = "removed by the operator"
    return _change(connection, reader.id, "unsubscribed", reason=said, as_of=as_of, listed="removed")


def pause(connection: Connection, reader_id: int, *, until: datetime | None, as_of: datetime) -> Reader:
    """Send an active reader nothing until an instant, or until it resumes; a paused one gets the new end."""
    if until is not None and until <= as_of:
        raise PantauError(f"A pause until {until:%Y-%m-%d %H:%M} is over already; give a later day.")
    reader = change_state(connection, reader_id, "paused", reason="paused", as_of=as_of)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reader SET paused_until = %s WHERE id = %s", (until, reader.id))
    return by_id(connection, reader.id)


def resume(connection: Connection, reader_id: int, *, as_of: datetime) -> Reader:
    """End a pause; an active reader stays active. Raises StateRefused for any other."""
    reader = by_id(connection, reader_id)
    if reader.state not in {"paused", "active"}:
        raise StateRefused(f"A reader who is {reader.state} is not paused, so there is nothing to resume.")
    return change_state(connection, reader_id, "active", reason="resumed", as_of=as_of)


def wake(connection: Connection, *, as_of: datetime) -> int:
    """Make readers active again whose pause is over, and give how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader SET state = 'active', state_since = paused_until, state_reason = 'the pause was over',"
            " paused_until = NULL WHERE state = 'paused' AND paused_until <= %s",
            (as_of,),
        )
        return int(cursor.rowcount)


def _change(
    connection: Connection, reader_id: int, state: str, *, reason: str, as_of: datetime, listed: str | None
) -> Reader:
    reader = _locked(connection, reader_id)
    if state == reader.state:
        return reader
    if state not in TRANSITIONS[reader.state]:
        raise StateRefused(f"A reader who is {reader.state} cannot become {state}.")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader SET state = %(state)s, state_since = %(since)s, state_reason = %(reason)s, paused_until = NULL,"
            " soft_bounces = CASE WHEN %(state)s = 'active' THEN 0 ELSE soft_bounces END WHERE id = %(reader)s",
            {"state": state, "since": as_of, "reason": reason, "reader": reader.id},
        )
    if listed:
        suppress(connection, reader.address, reason=listed, as_of=as_of)
    elif reader.state == "bounced":
        lift(connection, reader.address, ["bounce"])
    _settle_mail(connection, reader.id, state)
    return by_id(connection, reader.id)


def _locked(connection: Connection, reader_id: int) -> Reader:
    """Give a reader whom no other transaction changes before ours ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM reader WHERE id = %s FOR UPDATE", (reader_id,))
        scalar(cursor)
    return by_id(connection, reader_id)


def _settle_mail(connection: Connection, reader_id: int, state: str) -> None:
    """Take back what waits for somebody who does not want it now; the paused still get the link that they asked for."""
    with connection.cursor() as cursor:
        if state == "unsubscribed":
            cursor.execute("DELETE FROM subscription WHERE reader_id = %s", (reader_id,))
        if state not in {"active", "pending"}:
            cursor.execute(
                "UPDATE delivery SET state = 'withdrawn', error = %s WHERE reader_id = %s AND state = 'queued' AND NOT"
                " (%s AND EXISTS (SELECT FROM letter WHERE letter.id = letter_id AND kind = 'link'))",
                (LEFT, reader_id, state == "paused"),
            )
    settle(connection)
