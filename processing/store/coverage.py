"""What was read in a stretch of time, from whom, and what ails the outlets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from processing.health import ENOUGH, HISTORY, stopped, usual
from processing.model import Coverage, OutletProblem, ProblemKind
from processing.store.connection import Connection
from processing.store.stories import LATEST

WEEK = timedelta(days=7)
"""What a day's topics are compared with."""


def coverage(connection: Connection, outlets: Sequence[str], since: datetime, cutoff: datetime) -> Coverage:
    """Tell what was read of these outlets after `since` and up to `cutoff`, and which of them are not well.

    An outlet is not well when its last crawl had problems, when it was not read at all, or when it has stopped: by its
    own history where there is one, else where it was read and gave no article. Articles that only a backfill has brought
    are not counted: they say nothing of how our crawls fare.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT outlet.title, timezone, crawled.as_of, crawled.state = 'failed', coalesce(crawled.problems, '{}'),
                (SELECT count(*) FROM article WHERE article.outlet = outlet.name AND article.crawled
                    AND first_seen_at > %(since)s AND first_seen_at <= %(cutoff)s),
                ARRAY(SELECT coalesce(published_at, seen_at) FROM article JOIN LATERAL (
                    SELECT published_at, seen_at FROM revision WHERE article_id = article.id ORDER BY id LIMIT 1) text
                    ON true WHERE article.outlet = outlet.name AND article.crawled AND first_seen_at > %(history)s
                    AND first_seen_at <= %(cutoff)s)
            FROM outlet LEFT JOIN LATERAL (
                SELECT as_of, state, problems FROM run WHERE run.outlet = outlet.name AND kind = 'crawl'
                AND as_of > %(since)s AND as_of <= %(cutoff)s ORDER BY as_of DESC, id DESC LIMIT 1) crawled ON true
            WHERE outlet.name = ANY(%(outlets)s) ORDER BY outlet.title
            """,
            {"outlets": list(outlets), "since": since, "cutoff": cutoff, "history": cutoff - HISTORY},
        )
        lines = [_Line(*row) for row in cursor.fetchall()]
    problems = [problem for line in lines if (problem := _problem(line))]
    return Coverage(
        articles=sum(line.articles for line in lines),
        outlets=len(lines),
        healthy=len(lines) - len(problems),
        problems=tuple(problems),
    )


class _Line(NamedTuple):
    """What is known of one outlet."""

    title: str
    timezone: str
    crawled: datetime | None
    failed: bool | None
    problems: list[str]
    articles: int
    published: list[datetime]


def _problem(line: _Line) -> OutletProblem | None:
    """Say what ails an outlet, if anything does."""
    if line.crawled is None:
        return OutletProblem(outlet=line.title, kind=ProblemKind.UNREAD)
    past = sorted(at for at in line.published if at <= line.crawled)
    enough = bool(past) and past[-1] - past[0] >= ENOUGH
    usually = usual(past, ZoneInfo(line.timezone)).a_day if enough else None
    if line.failed or line.problems:
        return OutletProblem(
            outlet=line.title,
            kind=ProblemKind.FAILED,
            articles=line.articles,
            usual=usually,
            sentences=tuple(line.problems),
        )
    if silence := stopped(past, line.crawled, line.timezone):
        return OutletProblem(outlet=line.title, kind=ProblemKind.STOPPED, usual=usually, since=silence.since)
    if not line.articles and not enough:
        return OutletProblem(outlet=line.title, kind=ProblemKind.SILENT)
    return None


def usual_topics(connection: Connection, cutoff: datetime) -> dict[str, float] | None:
    """Give each topic's mean of articles a day over the seven days before the last, finer topics under their parents.

    Of what crawls brought: a backfill of a day or an hour is no history. None while there is no week of history.
    """
    day_before = cutoff - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT coalesce(parent, topic), count(DISTINCT article.id) / 7.0 FROM article JOIN LATERAL ({LATEST}) latest ON relevant
            JOIN topic_tag ON topic_tag.judgement_id = latest.judgement_id
            WHERE article.crawled AND first_seen_at > %(from)s AND first_seen_at <= %(as_of)s
            AND (SELECT min(first_seen_at) FROM article WHERE article.crawled) <= %(from)s GROUP BY 1 ORDER BY 1
            """,  # noqa: S608 - our own text
            {"as_of": day_before, "from": day_before - WEEK},
        )
        means = {topic: float(mean) for topic, mean in cursor.fetchall()}
    return means or None
