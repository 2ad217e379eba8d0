"""Articles as they were read, with the records they were read from: to read them again, and to mend what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2.extras import Json

from processing.model import Article
from processing.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Part:
    """Where one part of an article lies, and the entry of a feed that it was read from."""

    record_id: str
    archive: str
    offset: int
    part: int
    entry: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """The newest revision of an article, with the parts it was read from."""

    revision: int
    article: Article
    text_sha256: str
    """Of the whole text, as `articles.text_hash` gives it."""
    seen_at: datetime
    let_go_at: datetime | None
    """When the text was let go, of which the article has the lead alone since; None where it is whole."""
    fetched_at: datetime
    pages_let_go_at: datetime | None
    """When the archive file of a part was let go; None where all parts are there."""
    parts: tuple[Part, ...]


def stored(connection: Connection, outlet: str) -> list[Stored]:
    """Give the newest revision of each article of an outlet, oldest article first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT revision.id, article.url, title, body, published_at, modified_at, authors, editor, dateline, section,
                tags, image, declared_language, read_by, text_sha256, seen_at, let_go_at,
                (SELECT min(fetched_at) FROM revision_source JOIN record ON record.id = record_id
                    WHERE revision_id = revision.id),
                (SELECT max(archive_file.let_go_at) FROM revision_source JOIN record ON record.id = record_id
                    JOIN archive_file ON archive_file.id = archive_file_id WHERE revision_id = revision.id),
                (SELECT json_agg(json_build_array(record.id, uri, byte_offset, part, entry) ORDER BY part)
                    FROM revision_source JOIN record ON record.id = record_id
                    JOIN archive_file ON archive_file.id = archive_file_id WHERE revision_id = revision.id)
            FROM article JOIN revision ON revision.id = (
                SELECT max(id) FROM revision AS latest WHERE latest.article_id = article.id)
            WHERE article.outlet = %s ORDER BY article.id
            """,
            (outlet,),
        )
        return [_stored(row) for row in cursor.fetchall()]


def _stored(row: tuple[Any, ...]) -> Stored:
    """Make a row an article again."""
    id_, address, title, body, published, modified, authors, editor, dateline, section, tags, image, language = row[:13]
    read_by, sha256, seen_at, let_go_at, fetched_at, pages_let_go_at, parts = row[13:]
    article = Article(
        url=address,
        title=title,
        paragraphs=tuple(body.split("\n")),
        published_at=published,
        modified_at=modified,
        authors=tuple(authors),
        editor=editor,
        dateline=dateline,
        section=section,
        tags=tuple(tags),
        image=image,
        language=language,
        read_by=read_by,
    )
    return Stored(
        revision=id_,
        article=article,
        text_sha256=sha256,
        seen_at=seen_at,
        let_go_at=let_go_at,
        fetched_at=fetched_at,
        pages_let_go_at=pages_let_go_at,
        parts=tuple(Part(*part) for part in parts or ()),
    )


def correct(connection: Connection, revision: int, article: Article, *, reader: str) -> None:
    """Mend what stands beside a revision's text (dates, names, section, tags, image); the text itself never changes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE revision SET published_at = %s, modified_at = %s, authors = %s, editor = %s, dateline = %s,"
            " section = %s, tags = %s, image = %s, declared_language = %s, read_by = %s, reader = %s WHERE id = %s",
            (
                article.published_at,
                article.modified_at,
                list(article.authors),
                article.editor,
                article.dateline,
                article.section,
                list(article.tags),
                article.image,
                article.language,
                Json(dict(article.read_by)),
                reader,
                revision,
            ),
        )
