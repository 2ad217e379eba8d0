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
    connection: Connection,
    outlet: str,
    article: Article,
    sources: Sequence[Source],
    *,
    reader: str,
    seen_at: datetime,
    first_seen_at: datetime | None = None,
    crawled: bool = True,
) -> tuple[int, Fate]:
    """Keep an article as it was seen at an instant, and say what that was: STORED, REVISED or UNCHANGED.

    Gives the revision's id. An article whose text is known stays as it is, whatever else of its page changed. One that was
    out before its page was seen has `first_seen_at` of its own; one that a backfill brought counts as not `crawled`, until
    a crawl sees it too.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO article (url, outlet, first_seen_at, crawled) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (url) DO NOTHING RETURNING id",
            (article.url, outlet, first_seen_at or seen_at, crawled),
        )
        fresh = scalar(cursor)
        if fresh is None:
            if crawled:
                cursor.execute("UPDATE article SET crawled = true WHERE url = %s AND NOT crawled", (article.url,))
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
class Newest:
    """The text that stands at an address now; `outlet` is a declaration's name."""

    outlet: str
    title: str
    body: str
    seen_at: datetime
    let_go_at: datetime | None
    """When the text was let go, of which `body` holds the lead alone since; None where it is whole."""


def newest(connection: Connection, url: str) -> Newest | None:
    """Give an article's newest text by its address, None where no such article is stored."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article.outlet, revision.title, body, seen_at, let_go_at FROM revision"
            " JOIN article ON article.id = article_id WHERE article.url = %s ORDER BY revision.id DESC LIMIT 1",
            (url,),
        )
        row = cursor.fetchone()
    return Newest(*row) if row else None


def ids(connection: Connection, urls: Sequence[str]) -> dict[str, int]:
    """Give the ids of the articles at these addresses; one that is not known is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT url, id FROM article WHERE url = ANY(%s)", (list(urls),))
        return dict(cursor.fetchall())
