"""Readers: who gets what, since when and by whose word, and who must not be written to."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from processing.errors import PantauError
from processing.store.connection import Connection, scalar

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")
"""What we write to: the addresses that an HTML form takes (WHATWG), without quoted forms and national letters."""

TOKEN_BYTES = 12
"""96 random bits: short enough for a header, too many to guess."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who agreed to get a digest."""

    id: int
    address: str
    name: str
    state: str
    """pending, active, paused, bounced or unsubscribed: only the active are written to."""
    token: str
    consent_source: str
    consented_at: datetime
    series: list[str]
    """Names of the series subscribed to."""


def add_reader(
    connection: Connection, address: str, series: str, *, consent_source: str, as_of: datetime, name: str = ""
) -> Reader:
    """Subscribe an address to a series by the consent that it gave; one that is known keeps its token.

    Raises PantauError for what is no address, for a series that does not exist, and for an address that asked not to be
    written to: only its owner can take that back.
    """
    address = address.strip()
    if not ADDRESS.fullmatch(address):
        raise PantauError(f"{address!r} is no mail address; write it as name@example.org.")
    if is_suppressed(connection, address):
        raise PantauError(f"{address} must not be written to: it unsubscribed, bounced or complained.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM series WHERE name = %s", (series,))
        series_id = scalar(cursor)
        if series_id is None:
            raise PantauError(f"There is no series {series!r}; `pantau readers list` names those that there are.")
        cursor.execute(
            "INSERT INTO reader (address, name, token, consent_source, consented_at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (address) DO UPDATE SET state = 'active', consent_source = CASE WHEN reader.state = 'active'"
            " THEN reader.consent_source ELSE excluded.consent_source END, consented_at = CASE WHEN reader.state ="
            " 'active' THEN reader.consented_at ELSE excluded.consented_at END RETURNING id",
            (_folded(address), name, secrets.token_hex(TOKEN_BYTES), consent_source, as_of),
        )
        reader_id = scalar(cursor)
        cursor.execute(
            "INSERT INTO subscription (reader_id, series_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            (reader_id, series_id),
        )
    return next(reader for reader in list_readers(connection) if reader.id == reader_id)


def list_readers(connection: Connection) -> list[Reader]:
    """Give all readers, by address."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reader.id, address, reader.name, state, token, consent_source, consented_at,"
            " array_remove(array_agg(series.name ORDER BY series.name), NULL) FROM reader"
            " LEFT JOIN subscription ON reader_id = reader.id LEFT JOIN series ON series.id = series_id"
            " GROUP BY reader.id ORDER BY address"
        )
        return [Reader(*row) for row in cursor.fetchall()]


def remove_reader(connection: Connection, address: str) -> bool:
    """End all subscriptions of an address, and tell whether it had been a reader."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reader SET state = 'unsubscribed' WHERE address = %s RETURNING id", (_folded(address),))
        reader_id = scalar(cursor)
        cursor.execute("DELETE FROM subscription WHERE reader_id = %s", (reader_id,))
    return reader_id is not None


def suppress(connection: Connection, address: str, *, reason: str, as_of: datetime) -> None:
    """Never write to an address again; only a hash of it is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO suppression (address_sha256, reason, since) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            (_hash(address), reason, as_of),
        )


def is_suppressed(connection: Connection, address: str) -> bool:
    """Tell whether an address must not be written to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM suppression WHERE address_sha256 = %s", (_hash(address),))
        return scalar(cursor) is not None


def _folded(address: str) -> str:
    """Give an address as it is kept and compared: no server in use tells names apart by their case."""
    return address.strip().lower()


def _hash(address: str) -> str:
    return hashlib.sha256(_folded(address).encode()).hexdigest()
