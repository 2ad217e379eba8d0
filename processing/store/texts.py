"""The texts of stored articles as they stand now, with what was said of them: for looking through them, and for labelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processing.store.connection import Connection

NEWEST = """
    article JOIN LATERAL (
        SELECT revision.id, title, body, seen_at, let_go_at, judgement.id AS judgement_id, language, relevant, judgement.score
        FROM revision JOIN judgement ON judgement.revision_id = revision.id
        WHERE revision.article_id = article.id AND seen_at <= %(as_of)s
        ORDER BY revision.id DESC, judgement.id DESC LIMIT 1
    ) newest ON let_go_at IS NULL
"""
"""Each article with its newest text not later than an instant, unless that was let go, and that text's newest verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An article's newest text with its newest verdict; `topics` are codes, the strongest first."""

    url: str
    outlet: str
    """Its title."""
    language: str
    seen_at: datetime
    score: float
    relevant: bool
    topics: tuple[str, ...]
    story: int | None


def recent(connection: Connection, *, since: datetime, as_of: datetime, limit: int) -> list[tuple[str, str, str]]:
    """Give title, text and language of the articles whose newest text was seen between two instants: the newest, so many."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT title, body, language FROM {NEWEST} WHERE seen_at >= %(since)s"  # noqa: S608 - our own text
            " ORDER BY seen_at DESC, newest.id DESC LIMIT %(limit)s",
            {"since": since, "as_of": as_of, "limit": limit},
        )
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def judged(connection: Connection, *, since: datetime, as_of: datetime) -> list[Judged]:
    """Give what was said of the articles whose newest text was seen between two instants, without their texts."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT article.url, outlet.title, language, seen_at, newest.score, relevant,
                ARRAY(SELECT topic FROM topic_tag WHERE judgement_id = newest.judgement_id ORDER BY topic_tag.score DESC, topic),
                story_id
            FROM {NEWEST} JOIN outlet ON outlet.name = article.outlet
            LEFT JOIN story_article ON story_article.article_id = article.id
            WHERE seen_at >= %(since)s ORDER BY seen_at, newest.id
            """,  # noqa: S608 - our own text
            {"since": since, "as_of": as_of},
        )
        return [
            Judged(
                url=row[0],
                outlet=row[1],
                language=row[2],
                seen_at=row[3],
                score=row[4],
                relevant=row[5],
                topics=tuple(row[6]),
                story=row[7],
            )
            for row in cursor.fetchall()
        ]


def of(connection: Connection, urls: Sequence[str], *, as_of: datetime) -> dict[str, tuple[str, str]]:
    """Give title and text of articles, by address."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT article.url, title, body FROM {NEWEST} WHERE article.url = ANY(%(urls)s)",  # noqa: S608 - our own text
            {"urls": list(urls), "as_of": as_of},
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
