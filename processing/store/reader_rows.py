"""Readers as the store has them, and how one is found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from processing.errors import PantauError
from processing.store.connection import Connection

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}")
"""What we write to: the addresses that an HTML form takes (WHATWG), without quoted forms and national letters."""

LONGEST_ADDRESS = 254
"""Characters of an address: what a path of SMTP holds (RFC 5321, erratum 1690)."""

SELECT = (
    "SELECT reader.id, reader.address, reader.name, reader.state, reader.token, reader.consent_source,"
    " reader.consented_at, array(SELECT series.name FROM subscription JOIN series ON series.id = series_id"
    " WHERE reader_id = reader.id ORDER BY series.name), reader.language, reader.timezone, reader.paused_until,"
    " coalesce(reader.state_since, reader.consented_at), reader.state_reason FROM reader"
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who agreed to get a digest, or was asked to. Shown in a log, it tells neither address nor name."""

    id: int
    address: str = field(repr=False)
    name: str = field(repr=False)
    state: str
    """pending, active, paused, bounced, complained or unsubscribed: only the active get digests."""
    token: str = field(repr=False)
    consent_source: str
    """By what the reader agreed; of a pending one, by what it was asked for."""
    consented_at: datetime
    series: list[str]
    """Names of the series subscribed to."""
    language: str
    """Of letters and pages: `id` or `en`."""
    timezone: str
    paused_until: datetime | None
    """None for a pause that only the reader ends."""
    state_since: datetime
    state_reason: str


def folded(address: str) -> str:
    """Give an address as it is kept and compared: no server in use tells names apart by their case.

    Raises PantauError for what is no address.
    """
    address = address.strip()
    if not ADDRESS.fullmatch(address) or len(address) > LONGEST_ADDRESS:
        raise PantauError(f"{address!r} is no mail address; write it as name@example.org.")
    return address.lower()


def list_readers(connection: Connection, *, state: str | None = None, desk: str | None = None) -> list[Reader]:
    """Give all readers by address, or those in a state, or of a series of this name."""
    conditions, values = ["true"], dict[str, Any](state=state, desk=desk)
    if state:
        conditions.append("reader.state = %(state)s")
    if desk:
        conditions.append(
            "EXISTS (SELECT FROM subscription JOIN series ON series.id = series_id"
            " WHERE reader_id = reader.id AND series.name = %(desk)s)"
        )
    return _found(connection, " AND ".join(conditions), values)


def by_address(connection: Connection, address: str) -> Reader | None:
    """Give the reader of an address, however it is written."""
    return next(iter(_found(connection, "reader.address = %(key)s", {"key": address.strip().lower()})), None)


def by_token(connection: Connection, token: str) -> Reader | None:
    """Give the reader whose links carry this token."""
    return next(iter(_found(connection, "reader.token = %(key)s", {"key": token})), None)


def by_id(connection: Connection, reader: int) -> Reader:
    """Give a reader by its id; raises PantauError where there is none."""
    found = _found(connection, "reader.id = %(key)s", {"key": reader})
    if not found:
        raise PantauError(f"There is no reader {reader}; it may have been erased.")
    return found[0]


def _found(connection: Connection, condition: str, values: Mapping[str, Any]) -> list[Reader]:
    with connection.cursor() as cursor:
        cursor.execute(f"{SELECT} WHERE {condition} ORDER BY reader.address", values)
        return [Reader(*row) for row in cursor.fetchall()]
