"""Asking for a digest and confirming it: nobody gets one whom somebody else has signed up."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from processing.errors import PantauError
from processing.store.choices import Choice, choose
from processing.store.connection import Connection, scalar
from processing.store.erasure import fold_deliveries
from processing.store.reader_rows import Reader, by_address, by_id, by_token, folded
from processing.store.reader_states import change_state
from processing.store.series import settle
from processing.store.suppression import OWN_WORD, NotWrittenTo, entry_of, lift

TOKEN_BYTES = 12
"""96 random bits: short enough for a header, too many to guess."""

PATIENCE = timedelta(days=7)
"""How long a request waits for its confirmation, from the last time it was asked for."""

CONFIRMED = ", confirmed by mail"


class NothingToConfirm(PantauError):
    """A confirmation of what nobody asks for any more."""


def ask(connection: Connection, address: str, choice: Choice, *, source: str, as_of: datetime) -> Reader:
    """Note that somebody asked for a digest for an address; gives the reader, `pending` until it confirms.

    A reader who is active or paused stays as it is, and is given so: the choice of a stranger changes nothing. One who
    unsubscribed, was removed or erased may ask again. Raises NotWrittenTo where the address bounced or complained, and
    PantauError for what is no address and for a desk that there is not.
    """
    address = folded(address)
    entry = entry_of(connection, address)
    if entry and entry.reason not in OWN_WORD:
        raise NotWrittenTo(f"{address} must not be written to: it {entry}.")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reader (address, state, token, consent_source, consented_at, state_since, state_reason)"
            " VALUES (%(address)s, 'pending', %(token)s, %(source)s, %(at)s, %(at)s, 'asked')"
            " ON CONFLICT (address) DO UPDATE SET state = 'pending', consent_source = excluded.consent_source,"
            " consented_at = excluded.consented_at, state_since = excluded.state_since, state_reason = 'asked'"
            " WHERE reader.state IN ('pending', 'unsubscribed') RETURNING id",
            {"address": address, "token": secrets.token_hex(TOKEN_BYTES), "source": source, "at": as_of},
        )
        asked: int | None = scalar(cursor)
    if asked is not None:
        return choose(connection, asked, choice, as_of=as_of)
    known = by_address(connection, address)
    if known is None or known.state not in {"active", "paused"}:
        raise NotWrittenTo(f"{address} must not be written to: it {known.state if known else 'was erased just now'}.")
    return known


def confirm(connection: Connection, token: str, *, as_of: datetime) -> Reader:
    """Make a pending reader active by its own word, which takes it off the suppression list; gives the reader.

    A second confirmation changes nothing. Raises NothingToConfirm where the request was dropped, or the reader left since.
    """
    reader = by_token(connection, token)
    if reader is None or reader.state not in {"pending", "active", "paused"}:
        raise NothingToConfirm("Nothing waits for this confirmation any more; ask for the digest again.")
    if reader.state != "pending":
        return reader
    lift(connection, reader.address, OWN_WORD)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reader SET consent_source = consent_source || %s, consented_at = %s WHERE id = %s",
            (CONFIRMED, as_of, reader.id),
        )
    change_state(connection, reader.id, "active", reason="confirmed", as_of=as_of)
    return by_id(connection, reader.id)


def drop_pending(connection: Connection, *, as_of: datetime) -> int:
    """Drop requests that nobody confirmed in time, and give how many; who had unsubscribed before is unsubscribed again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, EXISTS (SELECT FROM suppression WHERE address_sha256 = address_hash(address)) FROM reader"
            " WHERE state = 'pending' AND state_since < %s FOR UPDATE",
            (as_of - PATIENCE,),
        )
        late = cursor.fetchall()
        gone = [reader for reader, left in late if not left]
        for reader, left in late:
            if left:
                change_state(connection, reader, "unsubscribed", reason="did not confirm", as_of=as_of)
        fold_deliveries(connection, "reader_id = ANY(%(readers)s)", {"readers": gone})
        cursor.execute("DELETE FROM reader WHERE id = ANY(%s)", (gone,))
    settle(connection)
    return len(late)
