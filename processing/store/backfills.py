"""Backfills: what is here already of the pages that an archive holds, and which of its files were gone through."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extras import Json

from processing.model import Article
from processing.store.articles import text_hash
from processing.store.connection import Connection, scalar
from processing.store.corrections import READ_AT

Counts = Mapping[str, Mapping[str, int]]
"""Records by fate, of each outlet; under "" those of no outlet."""


def lock(connection: Connection) -> None:
    """Wait until nobody else registers what a backfill found; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pantau backfill'))")


@dataclass(frozen=True, slots=True)
class Here:
    """What the store knows of pages that an archive offers."""

    records: Mapping[str, str]
    """The SHA-256 of the payload of each record that is known, by its id."""
    pages: Collection[tuple[str, str]]
    """Canonical addresses with the SHA-256 of a page that was had there."""
    read: Mapping[str, datetime]
    """When the page of an article was last had, by its address."""
    down: Collection[str]
    """Addresses of articles that were taken down."""


def here(connection: Connection, records: Collection[str], urls: Collection[str]) -> Here:
    """Look up records by their ids, and canonical addresses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, payload_sha256 FROM record WHERE id = ANY(%s)", (list(records),))
        known = dict(cursor.fetchall())
        cursor.execute(
            "SELECT DISTINCT canonical_url, payload_sha256 FROM fetched JOIN record ON record.id = record_id"
            " WHERE canonical_url = ANY(%s)",
            (list(urls),),
        )
        pages = set(cursor.fetchall())
    read = last_read(connection, urls)
    return Here(
        records=known,
        pages=pages,
        read={url: at for url, at in read.items() if at is not None},
        down={url for url, at in read.items() if at is None},
    )


def last_read(connection: Connection, urls: Collection[str]) -> dict[str, datetime | None]:
    """Give when the page of each known article was last had, by its address; None of one that was taken down."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT url, max({READ_AT}) FROM article LEFT JOIN revision ON article_id = article.id"  # noqa: S608 - our own text
            " WHERE url = ANY(%s) GROUP BY url",
            (list(urls),),
        )
        return dict(cursor.fetchall())


def displaces(connection: Connection, article: Article, seen_at: datetime) -> bool:
    """Tell whether the text of an article, had at an instant, is none that is stored while a text had later is."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(max({READ_AT}) > %(at)s, false) AND NOT coalesce(bool_or(text_sha256 = %(text)s), false)"  # noqa: S608 - our own text
            " FROM revision JOIN article ON article.id = article_id WHERE url = %(url)s",
            {"url": article.url, "text": text_hash(article), "at": seen_at},
        )
        return bool(scalar(cursor))


def gone_through(connection: Connection, uri: str, selection: str, size: int | None) -> datetime | None:
    """Tell when a file of this size was gone through for a selection, None where it was not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT as_of FROM backfilled_file WHERE (uri, selection_sha256) = (%s, %s) AND bytes IS NOT DISTINCT FROM %s",
            (uri, selection, size),
        )
        row = cursor.fetchone()
    return row[0] if row else None


def note(
    connection: Connection, uri: str, selection: str, size: int | None, counts: Counts, *, as_of: datetime
) -> None:
    """Write down that a file was gone through to its end for a selection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO backfilled_file (uri, selection_sha256, bytes, as_of, counts) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (uri, selection_sha256) DO UPDATE"
            " SET bytes = excluded.bytes, as_of = excluded.as_of, counts = excluded.counts",
            (uri, selection, size, as_of, Json(counts)),
        )
