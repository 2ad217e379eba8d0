"""Editions: what each series has told, with its rendered parts; an edition that exists is never made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2.extras import execute_values

from processing.errors import DatabaseError
from processing.model import Edition, Rendered
from processing.model.codec import from_json, to_json
from processing.store.connection import Connection, scalar
from processing.store.suppression import SUPPRESSED

COLUMNS = "id, content::text, subject, body_text, body_html, built_by, rerendered_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEdition:
    """An edition as it was first made, or rendered anew. The parts hold placeholders where a reader's own links go."""

    id: int
    edition: Edition
    subject: str
    text: str
    html: str
    built_by: str
    rerendered_at: datetime | None = None


def save(connection: Connection, rendered: Rendered, *, built_by: str) -> tuple[StoredEdition, bool]:
    """Keep an edition of a stored series, and tell whether it is new; one that exists for its cut-off stays as it is."""
    edition = rendered.edition
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO edition (series_id, cutoff, content, subject, body_text, body_html, built_by)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (series_id, cutoff) DO NOTHING RETURNING id",
            (
                edition.series.id,
                edition.cutoff,
                to_json(edition),
                rendered.subject,
                rendered.text,
                rendered.html,
                built_by,
            ),
        )
        id_ = scalar(cursor)
        if id_ is not None:
            execute_values(
                cursor,
                "INSERT INTO edition_article (edition_id, article_id, story_id) VALUES %s",
                [(id_, article, story) for story, articles in edition.shown.items() for article in articles],
            )
    stored = load(connection, edition.series.id, edition.cutoff)
    if stored is None:  # pragma: no cover - the insert above put it there, or found it there
        raise RuntimeError("an edition vanished while it was being kept")
    return stored, id_ is not None


def lock(connection: Connection, series: int) -> None:
    """Wait until nobody else builds an edition of this series; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pantau edition'), (%s %% 2147483647)::int)", (series,))


def rerender(connection: Connection, edition: int, rendered: Rendered, *, as_of: datetime) -> None:
    """Put other parts in the place of an edition's, and note when; what it told stays, and its content too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE edition SET subject = %s, body_text = %s, body_html = %s, rerendered_at = %s WHERE id = %s",
            (rendered.subject, rendered.text, rendered.html, as_of, edition),
        )


@dataclass(frozen=True, slots=True)
class Unbuilt:
    """A series that has no edition for a cut-off; `first` where it has none at all."""

    series: int
    first: bool


def unbuilt(connection: Connection, cutoffs: Mapping[int, datetime]) -> dict[int, Unbuilt]:
    """Give, of series with a cut-off each, those that have no edition for it; personal ones only if somebody reads them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT series.id, NOT EXISTS (SELECT FROM edition WHERE series_id = series.id)
            FROM unnest(%s::bigint[], %s::timestamptz[]) AS due (id, cutoff) JOIN series USING (id)
            WHERE NOT EXISTS (SELECT FROM edition WHERE series_id = series.id AND edition.cutoff = due.cutoff)
            AND (kind <> 'personal' OR EXISTS (SELECT FROM subscription JOIN reader ON reader.id = reader_id
                WHERE series_id = series.id AND reader.state = 'active' AND NOT {SUPPRESSED}))
            """,  # noqa: S608 - our own text
            (list(cutoffs), list(cutoffs.values())),
        )
        return {series: Unbuilt(series, first) for series, first in cursor.fetchall()}


def load(connection: Connection, series: int, cutoff: datetime) -> StoredEdition | None:
    """Give the edition of a series for a cut-off, if it was made."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM edition WHERE (series_id, cutoff) = (%s, %s)", (series, cutoff))  # noqa: S608 - our own column names
        return _stored(cursor.fetchone())


def latest(connection: Connection, series: int, as_of: datetime) -> StoredEdition | None:
    """Give the last edition of a series with a cut-off not after an instant."""
    return next(iter(recent(connection, series, limit=1, until=as_of)), None)


def between(connection: Connection, series: int, begin: datetime, end: datetime) -> StoredEdition | None:
    """Give the last edition of a series with a cut-off from one instant up to, but not at, another."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM edition WHERE series_id = %s AND cutoff >= %s AND cutoff < %s"  # noqa: S608 - our own column names
            " ORDER BY cutoff DESC LIMIT 1",
            (series, begin, end),
        )
        return _stored(cursor.fetchone())


def load_by_id(connection: Connection, edition: int) -> StoredEdition:
    """Give an edition by its id; raises DatabaseError where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM edition WHERE id = %s", (edition,))  # noqa: S608 - our own column names
        stored = _stored(cursor.fetchone())
    if stored is None:
        raise DatabaseError(f"There is no edition {edition}.")
    return stored


def recent(
    connection: Connection, series: int, *, limit: int = 30, until: datetime | None = None
) -> list[StoredEdition]:
    """Give the latest editions of a series, the newest first; with `until`, of those with a cut-off not after it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM edition WHERE series_id = %s AND cutoff <= coalesce(%s::timestamptz, 'infinity')"  # noqa: S608 - our own column names
            " ORDER BY cutoff DESC LIMIT %s",
            (series, until, limit),
        )
        return [stored for row in cursor.fetchall() if (stored := _stored(row))]


def previous_cutoff(connection: Connection, series: int, before: datetime) -> datetime | None:
    """Give the cut-off of the last edition of a series before an instant: what it told is not new any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(cutoff) FROM edition WHERE series_id = %s AND cutoff < %s", (series, before))
        found: datetime | None = scalar(cursor)
        return found


@dataclass(frozen=True, slots=True)
class Showing:
    """An edition that has shown articles of a story, and the story's id in it."""

    series: str
    edition: Edition
    story: int


def showings(connection: Connection, articles: Sequence[int]) -> list[Showing]:
    """Give the editions that have shown any of these articles, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT series.title, cutoff, content::text, story_id FROM edition_article"
            " JOIN edition ON edition.id = edition_id JOIN series ON series.id = series_id"
            " WHERE article_id = ANY(%s) ORDER BY cutoff, series.title, story_id",
            (list(articles),),
        )
        return [Showing(title, from_json(Edition, content), story) for title, _, content, story in cursor.fetchall()]


def _stored(row: tuple[Any, ...] | None) -> StoredEdition | None:
    if row is None:
        return None
    id_, content, subject, text, html, built_by, rerendered_at = row
    return StoredEdition(
        id=id_,
        edition=from_json(Edition, content),
        subject=subject,
        text=text,
        html=html,
        built_by=built_by,
        rerendered_at=rerendered_at,
    )
