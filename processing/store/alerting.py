"""Alerts that are written: which stories words find, what a reader was told of already, and what it is told of now."""

from __future__ import annotations

from datetime import datetime

from processing.store.connection import Connection, scalar
from processing.store.search import read_query


def lock(connection: Connection) -> None:
    """Wait until nobody else writes alerts; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pantau alerts'))")


def matching(connection: Connection, words: str, *, since: datetime, as_of: datetime) -> set[int]:
    """Give the stories with an article, first seen after `since` and up to `as_of`, that words find in its newest text then."""
    query = read_query(connection, words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT story_id FROM article JOIN story_article ON article_id = article.id JOIN LATERAL"
            " (SELECT search_id, search_en FROM revision WHERE revision.article_id = article.id AND seen_at <= %(as_of)s"
            " ORDER BY id DESC LIMIT 1) newest ON search_id @@ %(id)s::tsquery OR search_en @@ %(en)s::tsquery"
            " WHERE first_seen_at > %(since)s AND first_seen_at <= %(as_of)s",
            {"id": query.id, "en": query.en, "since": since, "as_of": as_of},
        )
        return {row[0] for row in cursor.fetchall()}


def told(connection: Connection, reader_id: int, since: datetime) -> set[int]:
    """Give the stories, by the ids they have now, that a reader was told of: by an alert, or by an edition since an instant."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(to_story, known.story_id) FROM (
                SELECT story_id FROM alert WHERE reader_id = %(reader)s
                UNION SELECT story_article.story_id FROM delivery JOIN edition ON edition.id = edition_id
                    JOIN edition_article USING (edition_id) JOIN story_article USING (article_id)
                    WHERE reader_id = %(reader)s AND cutoff >= %(since)s AND state NOT IN ('refused', 'withdrawn')
            ) known LEFT JOIN story_redirect ON from_story = known.story_id
            """,
            {"reader": reader_id, "since": since},
        )
        return {row[0] for row in cursor.fetchall()}


def sent_since(connection: Connection, reader_id: int, since: datetime) -> int:
    """Count the alerts written to a reader since an instant."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM alert WHERE reader_id = %s AND alerted_at >= %s", (reader_id, since))
        return int(scalar(cursor))


def record(connection: Connection, reader_id: int, story: int, letter: int, *, as_of: datetime) -> None:
    """Write down that a letter alerts a reader to a story; a reader is alerted to a story once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alert (reader_id, story_id, letter_id, alerted_at) VALUES (%s, %s, %s, %s)",
            (reader_id, story, letter, as_of),
        )
