"""What was read in a stretch of time, from whom, and what ails the outlets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from processing.model import Coverage, OutletProblem, ProblemKind
from processing.store.connection import Connection
from processing.store.stories import LATEST

HISTORY = timedelta(days=7)
"""What a day is compared with."""


def coverage(connection: Connection, outlets: Sequence[str], since: datetime, cutoff: datetime) -> Coverage:
    """Tell what was read of these outlets after `since` and up to `cutoff`, and which of them are not well.

    An outlet is not well when its last crawl had problems, when it was read and gave no article, or was not read at all.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT title, crawled.state, crawled.problems,
                (SELECT count(*) FROM article WHERE article.outlet = outlet.name
                    AND first_seen_at > %(since)s AND first_seen_at <= %(cutoff)s),
                (SELECT count(*) / 7.0 FROM article WHERE article.outlet = outlet.name
                    AND first_seen_at > %(since)s - %(history)s AND first_seen_at <= %(since)s),
                (SELECT min(first_seen_at) FROM article WHERE article.outlet = outlet.name)
            FROM outlet LEFT JOIN LATERAL (
                SELECT state, problems FROM run WHERE run.outlet = outlet.name AND kind = 'crawl'
                AND as_of > %(since)s AND as_of <= %(cutoff)s ORDER BY as_of DESC, id DESC LIMIT 1) crawled ON true
            WHERE outlet.name = ANY(%(outlets)s) ORDER BY title
            """,
            {"outlets": list(outlets), "since": since, "cutoff": cutoff, "history": HISTORY},
        )
        rows = cursor.fetchall()
    problems = []
    for title, state, sentences, articles, usual, first in rows:
        kind = _ailment(state, sentences, articles)
        if kind:
            known = float(usual) if first and first <= since - HISTORY else None
            problem = OutletProblem(
                outlet=title, kind=kind, articles=articles, usual=known, sentences=tuple(sentences or ())
            )
            problems.append(problem)
    return Coverage(
        articles=sum(row[3] for row in rows),
        outlets=len(rows),
        healthy=len(rows) - len(problems),
        problems=tuple(problems),
    )


def _ailment(state: str | None, problems: Sequence[str] | None, articles: int) -> ProblemKind | None:
    if state is None:
        return ProblemKind.UNREAD
    if problems or state == "failed":
        return ProblemKind.FAILED
    return None if articles else ProblemKind.SILENT


def usual_topics(connection: Connection, cutoff: datetime) -> dict[str, float] | None:
    """Give each topic's mean of articles a day over the seven days before the last, finer topics under their parents.

    None while there is no week of history.
    """
    day_before = cutoff - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT coalesce(parent, topic), count(DISTINCT article.id) / 7.0 FROM article JOIN ({LATEST}) latest ON latest.article_id = article.id
            JOIN topic_tag ON topic_tag.judgement_id = latest.judgement_id
            WHERE relevant AND first_seen_at > %(from)s AND first_seen_at <= %(as_of)s
            AND (SELECT min(first_seen_at) FROM article) <= %(from)s GROUP BY 1 ORDER BY 1
            """,  # noqa: S608 - our own text
            {"as_of": day_before, "from": day_before - HISTORY},
        )
        means = {topic: float(mean) for topic, mean in cursor.fetchall()}
    return means or None
