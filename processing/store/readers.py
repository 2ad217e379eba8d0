"""Readers: who gets what, since when and by whose word. What rooms beside the store need of them is had from here."""

from __future__ import annotations

import secrets
from datetime import datetime

from processing.errors import PantauError
from processing.store.asking import TOKEN_BYTES, NothingToConfirm, ask, confirm, drop_pending
from processing.store.choices import Choice, choice_of, choices_of, choose
from processing.store.connection import Connection
from processing.store.erasure import erase, forget_deliveries, held
from processing.store.reader_rows import Reader, by_address, by_id, by_token, folded, list_readers
from processing.store.reader_states import (
    TRANSITIONS,
    StateRefused,
    change_state,
    pause,
    remove,
    resume,
    unsubscribe,
    wake,
)
from processing.store.series import by_name, settle
from processing.store.suppression import NotWrittenTo, entry_of, is_suppressed, lift, suppress

__all__ = [
    "TRANSITIONS",
    "Choice",
    "NotWrittenTo",
    "NothingToConfirm",
    "Reader",
    "StateRefused",
    "add",
    "add_reader",
    "ask",
    "by_address",
    "by_id",
    "by_token",
    "change_state",
    "choice_of",
    "choices_of",
    "choose",
    "confirm",
    "drop_pending",
    "erase",
    "forget_deliveries",
    "held",
    "is_suppressed",
    "keep",
    "list_readers",
    "pause",
    "remove_reader",
    "resume",
    "suppress",
    "unsubscribe",
    "wake",
]


def add(
    connection: Connection, address: str, choice: Choice, *, consent_source: str, as_of: datetime, name: str = ""
) -> Reader:
    """Give an address what was chosen for it, by the consent that it gave; one that is known keeps its token and pause.

    An address that the operator removed comes back by the operator's word. Raises PantauError for what is no address and
    for a desk that there is not, and NotWrittenTo for an address whose owner, or whose mail server, wants no mail.
    """
    id_ = _welcome(connection, address, name=name, consent_source=consent_source, as_of=as_of)
    return choose(connection, id_, choice, as_of=as_of)


def add_reader(
    connection: Connection, address: str, series: str, *, consent_source: str, as_of: datetime, name: str = ""
) -> Reader:
    """Subscribe an address to one more series, by the consent that it gave; raises what `add` does."""
    id_ = _welcome(connection, address, name=name, consent_source=consent_source, as_of=as_of)
    found = by_name(connection, series)
    if found is None:
        raise PantauError(f"There is no series {series!r}; `pantau readers list` names those that there are.")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO subscription (reader_id, series_id) VALUES (%s, %s) ON CONFLICT DO NOTHING", (id_, found.id)
        )
    settle(connection)
    return by_id(connection, id_)


def remove_reader(connection: Connection, address: str, *, as_of: datetime) -> bool:
    """End all that an address gets, and tell whether it had been a reader. No list brings it back, `add` does."""
    reader = by_address(connection, address)
    if reader:
        remove(connection, reader, as_of=as_of)
    return reader is not None


def keep(
    connection: Connection, address: str, *, name: str, consent_source: str, consented_at: datetime, as_of: datetime
) -> int:
    """Keep an address, however it is written, as a reader's, and give the reader's id; the suppression list is not asked.

    Who was pending or unsubscribed becomes active, by this consent; any other state stays, and so does its consent.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reader AS known (address, name, token, consent_source, consented_at, state_since, state_reason)"
            " VALUES (%(address)s, %(name)s, %(token)s, %(source)s, %(consented)s, %(at)s, 'added')"
            " ON CONFLICT (address) DO UPDATE SET name = coalesce(nullif(excluded.name, ''), known.name)"
            " RETURNING id, state",
            {
                "address": folded(address),
                "name": name,
                "token": secrets.token_hex(TOKEN_BYTES),
                "source": consent_source,
                "consented": consented_at,
                "at": as_of,
            },
        )
        id_, state = cursor.fetchall()[0]
        if state in {"pending", "unsubscribed"}:
            change_state(connection, id_, "active", reason="added", as_of=as_of)
            cursor.execute(
                "UPDATE reader SET consent_source = %s, consented_at = %s WHERE id = %s",
                (consent_source, consented_at, id_),
            )
        return int(id_)


def _welcome(connection: Connection, address: str, *, name: str, consent_source: str, as_of: datetime) -> int:
    """Keep an address that may be written to; raises NotWrittenTo for one that may not."""
    address = folded(address)
    lift(connection, address, ["removed"])
    if entry := entry_of(connection, address):
        raise NotWrittenTo(
            f"{address} must not be written to: it {entry}."
            + (" Its owner can come back by a confirmation." if entry.reason in {"unsubscribed", "erased"} else "")
        )
    return keep(connection, address, name=name, consent_source=consent_source, consented_at=as_of, as_of=as_of)
