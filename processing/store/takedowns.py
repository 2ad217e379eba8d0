"""Articles that were taken down: the address stays as a row without a text, so that nobody takes the article in again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extras import execute_values

from processing.model import Record, Rendered
from processing.model.codec import to_json
from processing.store.connection import Connection, scalar
from processing.store.editions import StoredEdition, load_by_id

NO_TEXT = "NOT EXISTS (SELECT FROM revision WHERE revision.article_id = article.id)"
"""What tells an article that was taken down: every other has a revision from its first moment."""


WHY = "This article was taken down here (`pantau forget`) and is not taken in again."
"""The reason that the fate of its fetches gives from then on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An article that is to be taken down."""

    id: int
    outlet_title: str
    titles: tuple[str, ...]
    """Every headline that stood over it; none where it was taken down before."""


def known(connection: Connection, url: str) -> Known | None:
    """Give an article by its canonical address, None where none was ever stored."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article.id, outlet.title, ARRAY(SELECT DISTINCT title FROM revision WHERE article_id = article.id)"
            " FROM article JOIN outlet ON outlet.name = article.outlet WHERE url = %s",
            (url,),
        )
        row = cursor.fetchone()
    return Known(id=row[0], outlet_title=row[1], titles=tuple(row[2])) if row else None


def is_down(connection: Connection, url: str) -> bool:
    """Tell whether the article of a canonical address was taken down."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM article WHERE url = %s AND {NO_TEXT})", (url,))  # noqa: S608 - our own text
        return bool(scalar(cursor))


@dataclass(frozen=True, slots=True)
class Lying:
    """An archive file with records of an article, and of no other; `ours` where we wrote it."""

    uri: str
    ours: bool
    records: tuple[str, ...]


def lying(connection: Connection, article: int, url: str) -> list[Lying]:
    """Give where the pages of an article lie in the archive, kept or not, by file; files that were let go hold nothing.

    Waits for whoever reads these files' runs just now, and keeps others from reading them until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT uri, kind <> 'import', array_agg(record.id ORDER BY record.id)
            FROM record JOIN archive_file ON archive_file.id = archive_file_id JOIN run ON run.id = archive_file.run_id
            WHERE record.id IN (
                SELECT record_id FROM fetched WHERE kind = 'page' AND %(url)s IN (canonical_url, article_url)
                UNION SELECT record_id FROM revision_source JOIN revision ON revision.id = revision_id
                    WHERE article_id = %(article)s AND entry IS NULL)
            AND NOT EXISTS (SELECT FROM revision_source JOIN revision ON revision.id = revision_id
                WHERE record_id = record.id AND article_id <> %(article)s)
            GROUP BY uri, kind ORDER BY uri
            """,
            {"url": url, "article": article},
        )
        found = [Lying(uri, ours, tuple(records)) for uri, ours, records in cursor.fetchall()]
        cursor.execute(
            "SELECT FROM run WHERE id IN (SELECT run_id FROM archive_file WHERE uri = ANY(%s)) ORDER BY id FOR UPDATE",
            ([file.uri for file in found],),
        )
        # A statement of its own: it sees what whoever held the lock has let go.
        cursor.execute(
            "SELECT uri FROM archive_file WHERE let_go_at IS NULL AND uri = ANY(%s)", ([file.uri for file in found],)
        )
        kept = {row[0] for row in cursor.fetchall()}
    return [file for file in found if file.uri in kept]


def feeds(connection: Connection, article: int) -> list[str]:
    """Give the archive files whose feeds an article was read from; they hold other articles too, and stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT uri FROM revision_source JOIN revision ON revision.id = revision_id"
            " JOIN record ON record.id = record_id JOIN archive_file ON archive_file.id = archive_file_id"
            " WHERE article_id = %s AND entry IS NOT NULL AND archive_file.let_go_at IS NULL ORDER BY uri",
            (article,),
        )
        return [row[0] for row in cursor.fetchall()]


def take_texts(connection: Connection, article: int) -> int:
    """Delete all texts of an article with what was judged of them, and take it out of its story; gives how many texts.

    The caller holds `stories.lock`. Its copies are folded under the first of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM revision WHERE article_id = %s", (article,))
        texts = cursor.rowcount
        cursor.execute(
            "WITH family AS (SELECT article_id, first_value(article_id) OVER (ORDER BY first_seen_at, article_id) AS first"
            " FROM story_article JOIN article ON article.id = article_id WHERE duplicate_of = %(article)s)"
            " UPDATE story_article SET duplicate_of = nullif(first, family.article_id) FROM family"
            " WHERE story_article.article_id = family.article_id",
            {"article": article},
        )
        cursor.execute("DELETE FROM story_article WHERE article_id = %s", (article,))
    return texts


def showing(connection: Connection, article: int, urls: Collection[str]) -> list[StoredEdition]:
    """Give the editions that have shown an article or link to one of its addresses, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM edition WHERE id IN (SELECT edition_id FROM edition_article WHERE article_id = %s)"
            " OR EXISTS (SELECT FROM unnest(%s) AS given (url) WHERE strpos(content::text, url) > 0) ORDER BY cutoff, id",
            (article, list(urls)),
        )
        return [load_by_id(connection, id_) for (id_,) in cursor.fetchall()]


def retell(connection: Connection, edition: int, rendered: Rendered, article: int, *, as_of: datetime) -> None:
    """Put an edition without an article in the place of the one that showed it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM edition_article WHERE (edition_id, article_id) = (%s, %s)", (edition, article))
        cursor.execute(
            "UPDATE edition SET content = %s, subject = %s, body_text = %s, body_html = %s, rerendered_at = %s WHERE id = %s",
            (to_json(rendered.edition), rendered.subject, rendered.text, rendered.html, as_of, edition),
        )


def withdraw_letters(connection: Connection, urls: Collection[str]) -> int:
    """Blank the letters that lead to one of these addresses, and send none of them that still waits; gives how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH blank AS (UPDATE letter SET subject = '', body_text = '', body_html = ''"
            " WHERE EXISTS (SELECT FROM unnest(%s) AS given (url) WHERE strpos(body_text, url) > 0) RETURNING id),"
            " withdrawn AS (UPDATE delivery SET state = 'withdrawn' WHERE state = 'queued' AND letter_id IN (SELECT id FROM blank))"
            " SELECT count(*) FROM blank",
            (list(urls),),
        )
        return int(scalar(cursor))


def move_records(connection: Connection, uri: str, target: str, left: Sequence[Record], gone: Sequence[str]) -> None:
    """Write down that an archive file was written anew at another place, with these records and without those."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_file SET uri = %s WHERE uri = %s RETURNING id", (target, uri))
        file = scalar(cursor)
        execute_values(
            cursor,
            "UPDATE record SET byte_offset = moved.at FROM (VALUES %s) AS moved (id, at, file)"
            " WHERE record.id = moved.id AND archive_file_id = moved.file",
            [(record.id, record.offset, file) for record in left],
        )
        cursor.execute(
            "UPDATE fetched SET record_id = NULL, fate = coalesce(fate, 'rejected'),"
            " reason = CASE WHEN fate IS NULL THEN %s ELSE reason END WHERE record_id = ANY(%s)",
            (WHY, list(gone)),
        )
        cursor.execute("DELETE FROM record WHERE id = ANY(%s)", (list(gone),))
