"""Letters: mails to one reader that are no edition (a confirmation, a link, an alert), queued in the same outbox."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from processing.errors import DatabaseError
from processing.store.connection import Connection, scalar

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to a reader, whole but for the addresses that only its message can hold."""

    reader: int
    """The reader's id."""
    kind: str
    """`confirmation`, `link` or `alert`."""
    key: str
    """What it is about, unique for ever (`alert story 12 reader 5`): a letter of that key is written once."""
    language: str
    """`id` or `en`."""
    subject: str
    text: str
    html: str


def write(connection: Connection, letter: Letter, *, domain: str, as_of: datetime) -> int | None:
    """Keep a letter and queue it, and give its id; None where one of its key was written before.

    Its Message-ID is made here from its key, at our domain, and stays the same on every try.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO letter (reader_id, kind, key, language, subject, body_text, body_html, written_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id",
            (
                letter.reader,
                letter.kind,
                letter.key,
                letter.language,
                letter.subject,
                letter.text,
                letter.html,
                as_of,
            ),
        )
        id_: int | None = scalar(cursor)
        if id_ is not None:
            cursor.execute(
                "INSERT INTO delivery (letter_id, reader_id, message_id) SELECT id, reader_id,"
                " '<' || left(encode(sha256(convert_to(key, 'UTF8')), 'hex'), 32) || '@' || %s || '>'"
                " FROM letter WHERE id = %s",
                (domain, id_),
            )
        return id_


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter(Letter):
    """A letter as it was written."""

    written_at: datetime


def load(connection: Connection, letter: int) -> StoredLetter:
    """Give a letter by its id; raises DatabaseError where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reader_id, kind, key, language, subject, body_text, body_html, written_at FROM letter WHERE id = %s",
            (letter,),
        )
        row = cursor.fetchone()
    if row is None:
        raise DatabaseError(f"There is no letter {letter}.")
    reader, kind, key, language, subject, text, html, written_at = row
    return StoredLetter(
        reader=reader,
        kind=kind,
        key=key,
        language=language,
        subject=subject,
        text=text,
        html=html,
        written_at=written_at,
    )


def signing_key(connection: Connection) -> str:
    """Give the key that signs links, made at its first use and kept for good."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signing_key (name, key) VALUES ('links', %s) ON CONFLICT DO NOTHING",
            (secrets.token_urlsafe(KEY_BYTES),),
        )
        cursor.execute("SELECT key FROM signing_key WHERE name = 'links'")
        return str(scalar(cursor))
