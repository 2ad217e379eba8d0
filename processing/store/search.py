"""Full-text search over articles, each by its newest text, in Indonesian and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from processing.errors import PantauError
from processing.store.connection import Connection, scalar

OPEN, CLOSE = "«", "»"
"""Stand around the words that matched, in `Hit.marked`."""

_WORD = re.compile(r"-?\b\w+\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found; `marked` is its text, the words that matched between OPEN and CLOSE."""

    article_id: int
    url: str
    title: str
    outlet: str
    language: str
    first_seen_at: datetime
    story: int | None
    marked: str


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, as Postgres writes it, in each language."""

    id: str
    en: str


FOUND = """
    SELECT article.id, article.url, revision.title, article.outlet, judgement.language, article.first_seen_at, body,
        greatest(ts_rank_cd(search_id, %(id)s::tsquery, 1), ts_rank_cd(search_en, %(en)s::tsquery, 1)) AS rank
    FROM revision JOIN article ON article.id = revision.article_id
    LEFT JOIN LATERAL (SELECT id, language FROM judgement WHERE revision_id = revision.id ORDER BY id DESC LIMIT 1)
        judgement ON true
    WHERE (search_id @@ %(id)s::tsquery OR search_en @@ %(en)s::tsquery)
        AND NOT EXISTS (SELECT FROM revision AS later WHERE later.article_id = article.id AND later.id > revision.id)
        AND (%(since)s::timestamptz IS NULL OR article.first_seen_at >= %(since)s)
        AND (%(topic)s::text IS NULL OR EXISTS (SELECT FROM topic_tag WHERE judgement_id = judgement.id
            AND %(topic)s IN (topic_tag.topic, topic_tag.parent)))
    ORDER BY rank DESC, article.first_seen_at DESC, article.id LIMIT %(limit)s
"""
"""The articles that match, the best first: words of a headline, words that stand close together, and short texts count more."""


def search(
    connection: Connection, words: str, *, since: datetime | None = None, topic: str | None = None, limit: int = 20
) -> list[Hit]:
    """Find articles by words, as a web search takes them ("a phrase", or, -not); the best match first.

    `since` bounds when they were first seen, `topic` is the code of a topic or of its parent. Raises PantauError where the
    words leave nothing to look for.
    """
    query = read_query(connection, words)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT found.id, url, found.title, outlet.title, coalesce(found.language, 'und'), found.first_seen_at, story_id,
                CASE WHEN found.language = 'en'
                    THEN ts_headline('english', body, %(en)s::tsquery, %(marks)s)
                    ELSE ts_headline('indonesian', body, %(id)s::tsquery, %(marks)s) END
            FROM ({FOUND}) found JOIN outlet ON outlet.name = found.outlet
            LEFT JOIN story_article ON story_article.article_id = found.id
            ORDER BY rank DESC, found.first_seen_at DESC, found.id
            """,  # noqa: S608 - our own text
            {
                "id": query.id,
                "en": query.en,
                "since": since,
                "topic": topic,
                "limit": limit,
                "marks": f"HighlightAll=true, StartSel={OPEN}, StopSel={CLOSE}",
            },
        )
        return [Hit(*row) for row in cursor.fetchall()]


def explain(connection: Connection, words: str) -> str:
    """Give the plan by which Postgres finds articles by words, for the operator."""
    query = read_query(connection, words)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {FOUND}", {"id": query.id, "en": query.en, "since": None, "topic": None, "limit": 20})
        return "\n".join(row[0] for row in cursor.fetchall())


def read_query(connection: Connection, words: str) -> Query:
    """Read words as each language does; Postgres has no stop list for Indonesian, so ours is taken out before.

    Out of both: the English index holds Indonesian texts too, with all their words. Raises PantauError where nothing is left.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT indonesian_stop_words()")
        stop_words = set(scalar(cursor))
        telling = _WORD.sub(lambda found: "" if found[0].lstrip("-").lower() in stop_words else found[0], words)
        cursor.execute(
            "SELECT websearch_to_tsquery('indonesian', %s)::text, websearch_to_tsquery('english', %s)::text",
            (telling, telling),
        )
        ((in_id, in_en),) = cursor.fetchall()
    query = Query(in_id, in_en)
    if not (query.id or query.en):
        raise PantauError(f"{words!r} holds no word to search for; name a person, a place or a thing.")
    return query
