"""Counts for the operator: what each run's requests came to, what was turned away and why, and where the mail stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from processing.store.connection import Connection, scalar

WAITING = "waiting"
"""Stands for the fate of a fetch that has none yet."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run and how its requests ended: the counts add up to `fetches`."""

    id: int
    outlet: str | None
    as_of: datetime
    state: str
    fetches: int
    fates: Mapping[str, int]
    problems: tuple[str, ...]


def runs(connection: Connection, outlet: str | None, *, limit: int, offset: int) -> list[RunLine]:
    """Give the newest runs, of one outlet or of all, with their fetches counted by fate."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT run.id, run.outlet, run.as_of, run.state, coalesce(sum(counted.count), 0)::int,
                coalesce(jsonb_object_agg(counted.fate, counted.count) FILTER (WHERE counted.fate IS NOT NULL), '{}'),
                run.problems || run.reading_problems || array_remove(ARRAY[run.error], NULL)
            FROM (SELECT * FROM run WHERE %(outlet)s::text IS NULL OR outlet = %(outlet)s
                ORDER BY as_of DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s) run
            LEFT JOIN LATERAL (SELECT coalesce(fate, %(waiting)s) AS fate, count(*)::int AS count FROM fetched
                WHERE run_id = run.id GROUP BY 1) counted ON true
            GROUP BY run.id, run.outlet, run.as_of, run.state, run.problems, run.reading_problems, run.error
            ORDER BY run.as_of DESC, run.id DESC
            """,
            {"outlet": outlet, "limit": limit, "offset": offset, "waiting": WAITING},
        )
        return [
            RunLine(id_, name, as_of, state, fetches, fates, tuple(dict.fromkeys(problems)))
            for id_, name, as_of, state, fetches, fates, problems in cursor.fetchall()
        ]


def last_run(connection: Connection) -> datetime | None:
    """Give the instant as of which the last run was made, None where there was none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(as_of) FROM run")
        found: datetime | None = scalar(cursor)
        return found


@dataclass(frozen=True, slots=True)
class Refusal:
    """An address that was fetched and not kept: rejected, quarantined or failed, with the reason."""

    url: str
    outlet: str | None
    as_of: datetime
    fate: str
    reason: str


def refusals(connection: Connection, outlet: str | None, *, limit: int, offset: int) -> list[Refusal]:
    """Give the newest pages that were not kept, of one outlet or of all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT url, outlet, as_of, fate, reason FROM fetched JOIN run ON run.id = run_id"
            " WHERE fate IN ('rejected', 'quarantined', 'failed') AND (%(outlet)s::text IS NULL OR outlet = %(outlet)s)"
            " ORDER BY fetched.id DESC LIMIT %(limit)s OFFSET %(offset)s",
            {"outlet": outlet, "limit": limit, "offset": offset},
        )
        return [Refusal(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition, and its deliveries counted by state."""

    series: str
    name: str
    cutoff: datetime
    subject: str
    deliveries: Mapping[str, int]


def editions(connection: Connection, *, limit: int, offset: int) -> list[EditionLine]:
    """Give the newest editions of all series."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT series.title, series.name, cutoff, subject, coalesce((SELECT jsonb_object_agg(state, count) FROM"
            " (SELECT state, count(*) FROM delivery WHERE edition_id = edition.id GROUP BY state) counted), '{}')"
            " FROM edition JOIN series ON series.id = series_id ORDER BY cutoff DESC, series.name LIMIT %s OFFSET %s",
            (limit, offset),
        )
        return [EditionLine(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A delivery of which nobody knows whether it went out."""

    message_id: str
    claimed_at: datetime | None
    error: str | None


def doubts(connection: Connection, *, limit: int) -> list[Doubt]:
    """Give the uncertain deliveries, the newest first, by their Message-IDs alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT message_id, claimed_at, error FROM delivery WHERE state = 'uncertain' ORDER BY id DESC LIMIT %s",
            (limit,),
        )
        return [Doubt(*row) for row in cursor.fetchall()]


def readers_by_state(connection: Connection) -> dict[str, int]:
    """Count the readers by state."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, count(*) FROM reader GROUP BY state ORDER BY state")
        return dict(cursor.fetchall())
