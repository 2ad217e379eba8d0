"""The desk at a glance, for `pantau status`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processing.store.connection import Connection


@dataclass(frozen=True, slots=True)
class OutletLine:
    """How an outlet fares: its last crawl and what came of it, and the articles kept of it."""

    title: str
    crawled_as_of: datetime | None
    problems: tuple[str, ...]
    articles: int
    relevant: int


def outlet_lines(connection: Connection) -> list[OutletLine]:
    """Give a line for each outlet that was crawled or has articles, by title."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT title, crawled.as_of, coalesce(crawled.problems, '{}'), counted.articles, counted.relevant
            FROM outlet
            LEFT JOIN LATERAL (SELECT as_of, problems FROM run WHERE run.outlet = outlet.name AND kind = 'crawl'
                AND state <> 'open' ORDER BY as_of DESC, id DESC LIMIT 1) crawled ON true
            CROSS JOIN LATERAL (SELECT count(*) AS articles, count(*) FILTER (WHERE EXISTS (
                SELECT 1 FROM revision JOIN judgement ON judgement.revision_id = revision.id AND judgement.relevant
                WHERE revision.article_id = article.id)) AS relevant
                FROM article WHERE article.outlet = outlet.name) counted
            WHERE crawled.as_of IS NOT NULL OR counted.articles > 0 ORDER BY title
            """
        )
        return [OutletLine(row[0], row[1], tuple(row[2]), row[3], row[4]) for row in cursor.fetchall()]


def counts(connection: Connection) -> dict[str, int]:
    """Count what a person asks for first: runs that wait or failed, stories, editions, deliveries by state."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT 'runs waiting', count(*) FROM run WHERE state = 'registered'
            UNION ALL SELECT 'runs failed', count(*) FROM run WHERE state = 'failed'
            UNION ALL SELECT 'stories', count(*) FROM story
            UNION ALL SELECT 'editions', count(*) FROM edition
            UNION ALL SELECT 'deliveries ' || state, sum(deliveries)::bigint FROM (SELECT state, 1 AS deliveries
                FROM delivery UNION ALL SELECT state, deliveries FROM delivery_count) counted GROUP BY state
            """
        )
        return dict(cursor.fetchall())
