"""The texts of stored articles as they stand now, with what was said of them: for looking through them, and for labelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processing.store.connection import Connection
from processing.store.stories import LATEST


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
            f"SELECT title, body, language FROM ({LATEST}) latest WHERE seen_at >= %(since)s"  # noqa: S608 - our own text
            " ORDER BY seen_at DESC, id DESC LIMIT %(limit)s",
            {"since": since, "as_of": as_of, "limit": limit},
        )
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def judged(connection: Connection, *, since: datetime, as_of: datetime) -> list[Judged]:
    """Give what was said of the articles whose newest text was seen between two instants, without their texts."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT article.url, outlet.title, language, seen_at, latest.score, relevant,
                ARRAY(SELECT topic FROM topic_tag WHERE judgement_id = latest.judgement_id ORDER BY topic_tag.score DESC, topic),
                story_id
            FROM ({LATEST}) latest JOIN article ON article.id = latest.article_id
            JOIN outlet ON outlet.name = article.outlet
            LEFT JOIN story_article ON story_article.article_id = article.id
            WHERE seen_at >= %(since)s ORDER BY seen_at, latest.id
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
            f"SELECT article.url, latest.title, body FROM ({LATEST}) latest JOIN article ON article.id = article_id"  # noqa: S608 - our own text
            " WHERE article.url = ANY(%(urls)s)",
            {"urls": list(urls), "as_of": as_of},
        )
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
