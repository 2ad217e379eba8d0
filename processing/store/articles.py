"""Articles and their revisions: an address is one article, each text that stood there is one revision."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extras import Json, execute_values

from processing.model import Article, Fate
from processing.store.connection import Connection, scalar


@dataclass(frozen=True, slots=True)
class Source:
    """The WARC record of one part of an article; `entry` names the feed's entry where it was read from a feed alone."""

    record_id: str
    part: int = 1
    entry: str | None = None


def text_hash(article: Article) -> str:
    """Hash what a reader would read, so that a nonce in the page makes no revision (SHA-256, hexadecimal)."""
    return hashlib.sha256(f"{article.title}\n\n{article.body}".encode()).hexdigest()


def keep(
    connection: Connection, outlet: str, article: Article, sources: Sequence[Source], *, reader: str, seen_at: datetime
) -> tuple[int, Fate]:
    """Keep an article as it was seen at an instant, and say what that was: STORED, REVISED or UNCHANGED.

    Gives the revision's id. An article whose text is known stays as it is, whatever else of its page changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO article (url, outlet, first_seen_at) VALUES (%s, %s, %s)"
            " ON CONFLICT (url) DO NOTHING RETURNING id",
            (article.url, outlet, seen_at),
        )
        fresh = scalar(cursor)
        if fresh is None:
            cursor.execute("SELECT id FROM article WHERE url = %s", (article.url,))
        article_id = fresh if fresh is not None else scalar(cursor)
        digest = text_hash(article)
        cursor.execute("SELECT max(id) FROM revision WHERE (article_id, text_sha256) = (%s, %s)", (article_id, digest))
        known = scalar(cursor)
    if known is not None:
        return known, Fate.UNCHANGED
    revision = _insert_revision(connection, article_id, article, digest, reader, seen_at)
    _insert_sources(connection, revision, sources)
    return revision, Fate.REVISED if fresh is None else Fate.STORED


def bring_back(
    connection: Connection, older: int, article: Article, sources: Sequence[Source], *, reader: str, seen_at: datetime
) -> int:
    """Make the text of an older revision the article's newest again; gives the id of the new revision, which names it.

    What stood there in between stays, so that it can still be told what was read when.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT article_id FROM revision WHERE id = %s", (older,))
        article_id = int(scalar(cursor))
    revision = _insert_revision(connection, article_id, article, text_hash(article), reader, seen_at, again_of=older)
    _insert_sources(connection, revision, sources)
    return revision


def _insert_revision(
    connection: Connection,
    article_id: int,
    article: Article,
    digest: str,
    reader: str,
    seen_at: datetime,
    again_of: int | None = None,
) -> int:
    row = {
        "article_id": article_id,
        "text_sha256": digest,
        "title": article.title,
        "body": article.body,
        "published_at": article.published_at,
        "modified_at": article.modified_at,
        "authors": list(article.authors),
        "editor": article.editor,
        "dateline": article.dateline,
        "section": article.section,
        "tags": list(article.tags),
        "image": article.image,
        "declared_language": article.language,
        "read_by": Json(dict(article.read_by)),
        "reader": reader,
        "seen_at": seen_at,
        "again_of": again_of,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO revision ({', '.join(row)}) VALUES %s RETURNING id",  # noqa: S608 - our own column names
            (tuple(row.values()),),
        )
        return int(scalar(cursor))


def _insert_sources(connection: Connection, revision: int, sources: Sequence[Source]) -> None:
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO revision_source (revision_id, part, record_id, entry) VALUES %s",
            [(revision, source.part, source.record_id, source.entry) for source in sources],
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found, its best-matching words marked with « and » in the snippet."""

    url: str
    title: str
    outlet: str
    published_at: datetime | None
    snippet: str


def search(connection: Connection, words: str, *, limit: int = 20) -> list[Hit]:
    """Find articles by words, as a web search takes them, in Indonesian and English; the best match first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT found.url, found.title, outlet.title, published_at, ts_headline('simple', body, query_id || query_en,
                'StartSel=«, StopSel=», MaxFragments=1, MaxWords=24, MinWords=8')
            FROM (
                SELECT article.id, article.url, article.outlet, revision.title, published_at, body, query_id, query_en,
                    greatest(ts_rank(search_id, query_id), ts_rank(search_en, query_en)) AS rank
                FROM revision JOIN article ON article.id = article_id,
                    websearch_to_tsquery('indonesian', %(words)s) query_id,
                    websearch_to_tsquery('english', %(words)s) query_en
                WHERE (search_id @@ query_id OR search_en @@ query_en)
                    AND revision.id = (SELECT max(id) FROM revision AS latest WHERE latest.article_id = article.id)
                ORDER BY rank DESC, article.id LIMIT %(limit)s
            ) found JOIN outlet ON outlet.name = found.outlet ORDER BY rank DESC, found.id
            """,
            {"words": words, "limit": limit},
        )
        return [Hit(*row) for row in cursor.fetchall()]
