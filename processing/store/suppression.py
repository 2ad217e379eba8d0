"""The suppression list: who must not be written to. Of an address a keyed hash is kept, and why.

The hash is the database's function `address_hash`, so that statements compare with it where they choose who gets mail.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from processing.errors import PantauError
from processing.store.connection import Connection, scalar

REASONS = ("removed", "unsubscribed", "erased", "bounce", "complaint")
"""Why an address is on the list; a later reason takes the place of one that stands before it, never the other way."""

OWN_WORD = ("removed", "unsubscribed", "erased")
"""What the address's owner takes back by a confirmation; a bounce and a complaint say that our mail must not go there."""

SUPPRESSED = "EXISTS (SELECT FROM suppression WHERE address_sha256 = address_hash(reader.address))"
"""The condition, in a statement that has `reader`."""

WANTED = f"""CASE (SELECT kind FROM letter WHERE letter.id = delivery.letter_id)
    WHEN 'confirmation' THEN reader.state = 'pending'
    WHEN 'link' THEN reader.state IN ('active', 'paused') AND NOT {SUPPRESSED}
    ELSE reader.state = 'active' AND NOT {SUPPRESSED} END"""  # noqa: S608 - our own text
"""Whether a delivery may go out, in a statement that has `delivery` and `reader`.

Who is asked to confirm may have unsubscribed once: `asking.ask` has looked at the list before it let anybody ask.
"""

SAID = {
    "removed": "was removed",
    "unsubscribed": "unsubscribed",
    "erased": "was erased",
    "bounce": "bounced",
    "complaint": "complained of our mail",
}


class NotWrittenTo(PantauError):
    """An address that is on the suppression list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Why an address is on the list, and since when."""

    reason: str
    since: datetime

    def __str__(self) -> str:
        """Say it as a part of a sentence that has the address before it."""
        return f"{SAID.get(self.reason, 'was suppressed')} on {self.since:%Y-%m-%d}"


def suppress(connection: Connection, address: str, *, reason: str, as_of: datetime) -> None:
    """Never write to an address again, for one of `REASONS`; a stronger reason that stands there stays."""
    if reason not in REASONS:
        raise ValueError(reason)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO suppression (address_sha256, reason, since) VALUES (address_hash(%(address)s), %(reason)s, %(since)s)"
            " ON CONFLICT (address_sha256) DO UPDATE SET reason = excluded.reason, since = excluded.since"
            " WHERE array_position(%(reasons)s, excluded.reason) > array_position(%(reasons)s, suppression.reason)",
            {"address": address, "reason": reason, "since": as_of, "reasons": list(REASONS)},
        )


def is_suppressed(connection: Connection, address: str) -> bool:
    """Tell whether an address must not be written to."""
    return bool(entries_of(connection, [address]))


def entries_of(connection: Connection, addresses: Collection[str]) -> dict[str, Entry]:
    """Give the entries of those addresses that are on the list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT address, reason, since FROM unnest(%s) AS given (address)"
            " JOIN suppression ON address_sha256 = address_hash(address)",
            (list(addresses),),
        )
        return {address: Entry(reason, since) for address, reason, since in cursor.fetchall()}


def entry_of(connection: Connection, address: str) -> Entry | None:
    """Give an address's entry, None where it is not on the list."""
    return entries_of(connection, [address]).get(address)


def lift(connection: Connection, address: str, reasons: Collection[str]) -> bool:
    """Take an address off the list if it is there for one of these reasons, and tell whether it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM suppression WHERE address_sha256 = address_hash(%s) AND reason = ANY(%s) RETURNING true",
            (address, list(reasons)),
        )
        return bool(scalar(cursor))
