"""What the reader's pages ask for: the archive of editions, who told a story, the newest stories of a topic.

Personal series are found by their name alone: no list here names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from processing.model import Edition
from processing.model.codec import from_json
from processing.store.connection import Connection, scalar

STAMP = "%Y-%m-%d-%H%M"
"""How an edition's local time stands in its address."""

TOPIC_DAYS = timedelta(days=30)
"""How far back a topic's newest stories are looked for."""


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series in the archive."""

    name: str
    title: str
    language: str
    timezone: str
    kind: str
    """`desk` or `personal`."""


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in a list."""

    series: str
    cutoff: datetime
    timezone: str
    """Of the edition: its series may have moved since."""
    subject: str
    condition: str
    new: int
    developing: int

    @property
    def stamp(self) -> str:
        """Its local time, as it stands in its address."""
        return f"{self.cutoff.astimezone(ZoneInfo(self.timezone)):{STAMP}}"


_LINE = (
    "series.name, cutoff, content->'series'->>'timezone', subject, content->>'condition',"
    " (content->>'new_count')::int, (content->>'developing_count')::int"
)
_SERIES = "series.name, series.title, series.language, series.timezone, series.kind"


def desks(connection: Connection, *, editions: int) -> list[tuple[SeriesLine, list[EditionLine]]]:
    """Give the desks' series that appear, or have appeared, by title, each with its latest editions."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_SERIES}, latest.* FROM series LEFT JOIN LATERAL (SELECT {_LINE} FROM edition"  # noqa: S608 - our own column names
            " WHERE series_id = series.id ORDER BY cutoff DESC LIMIT %s) latest ON true"
            " WHERE kind = 'desk' AND (active OR latest.cutoff IS NOT NULL) ORDER BY series.title, series.name, latest.cutoff DESC",
            (editions,),
        )
        rows = [(SeriesLine(*row[:5]), row[5:]) for row in cursor.fetchall()]
    return [
        (series, [EditionLine(*line) for _, line in lines if line[0] is not None])
        for series, lines in groupby(rows, key=lambda row: row[0])
    ]


def series_line(connection: Connection, name: str) -> SeriesLine | None:
    """Give a series by its name, whatever its kind."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_SERIES} FROM series WHERE name = %s", (name,))  # noqa: S608 - our own column names
        row = cursor.fetchone()
        return SeriesLine(*row) if row else None


def edition_lines(connection: Connection, series: str, *, skip: int, limit: int) -> tuple[list[EditionLine], int]:
    """Give the editions of a series, the newest first, after leaving out `skip`; and how many there are in all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM edition JOIN series ON series.id = series_id WHERE name = %s", (series,))
        total = int(scalar(cursor))
        cursor.execute(
            f"SELECT {_LINE} FROM edition JOIN series ON series.id = series_id WHERE name = %s"  # noqa: S608 - our own column names
            " ORDER BY cutoff DESC OFFSET %s LIMIT %s",
            (series, skip, limit),
        )
        return [EditionLine(*row) for row in cursor.fetchall()], total


@dataclass(frozen=True, slots=True)
class Bound:
    """An edition in its place among those of its series."""

    edition: Edition
    subject: str
    series: SeriesLine
    before: EditionLine | None
    after: EditionLine | None


def edition_at(connection: Connection, series: str, stamp: str) -> Bound | None:
    """Give the edition that an address names: a series, and the local time in the zone that the edition was made for."""
    try:
        near = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT content::text, subject, cutoff, series_id, {_SERIES} FROM edition JOIN series ON series.id = series_id"  # noqa: S608 - our own column names
            " WHERE series.name = %(series)s AND cutoff BETWEEN %(near)s::timestamptz - interval '1 day'"
            " AND %(near)s::timestamptz + interval '1 day'"
            " AND to_char(cutoff AT TIME ZONE (content->'series'->>'timezone'), 'YYYY-MM-DD-HH24MI') = %(stamp)s"
            " ORDER BY cutoff LIMIT 1",
            {"series": series, "near": near, "stamp": stamp},
        )
        row = cursor.fetchone()
        if row is None:
            return None
        content, subject, cutoff, series_id, *line = row
        beside = [
            _line(
                cursor,
                f"WHERE series_id = %s AND cutoff {sign} %s ORDER BY cutoff {order} LIMIT 1",
                (series_id, cutoff),
            )
            for sign, order in (("<", "DESC"), (">", "ASC"))
        ]
    return Bound(from_json(Edition, content), subject, SeriesLine(*line), *beside)


def _line(cursor: Any, condition: str, values: Sequence[object]) -> EditionLine | None:
    cursor.execute(f"SELECT {_LINE} FROM edition JOIN series ON series.id = series_id {condition}", values)  # noqa: S608 - our own words
    row = cursor.fetchone()
    return EditionLine(*row) if row else None


@dataclass(frozen=True, slots=True)
class Telling:
    """An edition that told a story: as a card of some weight and standing, or by its title alone."""

    edition: EditionLine
    title: str
    """Of the series."""
    standing: str | None
    weight: int | None


def tellings(connection: Connection, articles: Sequence[int], *, limit: int) -> list[Telling]:
    """Give the latest editions of desks that have shown any of these articles, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT {_LINE}, series.title, card->>'standing', (card->>'weight')::int
            FROM (SELECT DISTINCT ON (edition_id) edition_id, story_id FROM edition_article WHERE article_id = ANY(%(articles)s)
                ORDER BY edition_id, story_id) shown
            JOIN edition ON edition.id = edition_id JOIN series ON series.id = series_id
            CROSS JOIN LATERAL (SELECT jsonb_path_query_first(content, '$.*[*] ? (@.story == $story && exists(@.standing))',
                jsonb_build_object('story', shown.story_id)) AS card) told
            WHERE series.kind = 'desk' ORDER BY cutoff DESC, series.title LIMIT %(limit)s
            """,  # noqa: S608 - our own column names
            {"articles": list(articles), "limit": limit},
        )
        return [Telling(EditionLine(*row[:7]), *row[7:]) for row in cursor.fetchall()]


def newest_of_topic(connection: Connection, topic: str, as_of: datetime, *, limit: int) -> list[tuple[int, datetime]]:
    """Give the stories with the newest articles on a topic, or on one under it, and when each was last told."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT story_id, max(first_seen_at) FROM story_article JOIN article ON article.id = article_id
            JOIN LATERAL (SELECT judgement.id, relevant FROM revision JOIN judgement ON revision_id = revision.id
                WHERE revision.article_id = article.id AND revision.seen_at <= %(as_of)s
                ORDER BY revision.id DESC, judgement.id DESC LIMIT 1) latest ON relevant
            WHERE first_seen_at > %(since)s AND first_seen_at <= %(as_of)s
            AND EXISTS (SELECT FROM topic_tag WHERE judgement_id = latest.id AND %(topic)s IN (topic, parent))
            GROUP BY story_id ORDER BY 2 DESC, 1 DESC LIMIT %(limit)s
            """,
            {"topic": topic, "as_of": as_of, "since": as_of - TOPIC_DAYS, "limit": limit},
        )
        return [(story, at) for story, at in cursor.fetchall()]
