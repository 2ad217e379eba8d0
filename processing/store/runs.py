"""Runs: the work queue. A crawl registers what it brought before anything of it is judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extras import Json, execute_values

from processing.model import CrawlResult, Fetch
from processing.store.connection import Connection, scalar

ATTEMPTS = 3
"""How often processing a run is tried before it is set aside as failed."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run that waits for processing; `outlet` is None for an import, whose pages tell theirs by their hosts."""

    id: int
    outlet: str | None
    as_of: datetime
    kind: str = "crawl"
    """`crawl`, `import` or `backfill`."""


def open_run(connection: Connection, outlet: str | None, kind: str, as_of: datetime) -> int:
    """Note that a run (`crawl`, `import` or `backfill`) has begun, and give its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO run (outlet, kind, as_of) VALUES (%s, %s, %s) RETURNING id",
            (outlet, kind, as_of),
        )
        return int(scalar(cursor))


def register(connection: Connection, run: int, result: CrawlResult) -> None:
    """Write down all that a run brought, its archive's records, fetches and validators, and queue it for processing."""
    _register_records(connection, run, result)
    _register_fetches(connection, run, result.fetches)
    if result.outlet:
        _register_validators(connection, result.outlet, result.fetches)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE run SET state = 'registered', problems = %s, finish_reason = %s WHERE id = %s",
            (list(result.problems), result.finish_reason, run),
        )


def _register_records(connection: Connection, run: int, result: CrawlResult) -> None:
    """Write down where records lie. What is written again at a place, or comes again after it was let go, lies there from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO archive_file (run_id, uri) VALUES (%s, %s) ON CONFLICT (uri) DO UPDATE SET let_go_at = NULL,"
            " run_id = CASE WHEN archive_file.let_go_at IS NULL THEN archive_file.run_id ELSE excluded.run_id END RETURNING id",
            (run, result.warc),
        )
        archive_file = int(scalar(cursor))
        records = {fetch.record.id: fetch.record for fetch in result.fetches if fetch.record}
        execute_values(
            cursor,
            "INSERT INTO record (id, archive_file_id, byte_offset, byte_length, payload_sha256, fetched_at)"
            " VALUES %s ON CONFLICT (id) DO UPDATE SET archive_file_id = excluded.archive_file_id,"
            " byte_offset = excluded.byte_offset, byte_length = excluded.byte_length"
            " WHERE record.archive_file_id = excluded.archive_file_id"
            " OR EXISTS (SELECT FROM archive_file WHERE id = record.archive_file_id AND let_go_at IS NOT NULL)",
            [
                (record.id, archive_file, record.offset, record.length, record.sha256, record.fetched_at)
                for record in records.values()
            ],
        )


def _register_fetches(connection: Connection, run: int, fetches: Iterable[Fetch]) -> None:
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO fetched (run_id, url, canonical_url, kind, status, record_id, bytes, milliseconds, article_url,"
            " part, more, fate, reason) VALUES %s",
            [
                (
                    run,
                    fetch.url,
                    fetch.canonical_url,
                    fetch.kind,
                    fetch.status,
                    fetch.record.id if fetch.record else None,
                    fetch.bytes,
                    fetch.milliseconds,
                    fetch.article_url,
                    fetch.part,
                    fetch.more,
                    fetch.fate,
                    fetch.reason,
                )
                for fetch in fetches
            ],
        )


def _register_validators(connection: Connection, outlet: str, fetches: Iterable[Fetch]) -> None:
    fresh = {
        fetch.url: (fetch.url, outlet, fetch.validators.etag, fetch.validators.last_modified)
        for fetch in fetches
        if fetch.validators.etag or fetch.validators.last_modified
    }
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO validator (url, outlet, etag, last_modified) VALUES %s ON CONFLICT (url) DO UPDATE"
            " SET etag = excluded.etag, last_modified = excluded.last_modified"
            " WHERE (validator.etag, validator.last_modified) IS DISTINCT FROM (excluded.etag, excluded.last_modified)",
            list(fresh.values()),
        )


def abandon(connection: Connection, run: int, reason: str) -> None:
    """Close a run that brought nothing that could be registered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE run SET state = 'failed', problems = %s, error = %s WHERE id = %s", ([reason], reason, run)
        )


def waiting(connection: Connection, backfills: int | None = None) -> list[int]:
    """Give the ids of the runs that wait for processing, oldest first; after them those of backfills, as they came, so many at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            "(SELECT id FROM run WHERE state = 'registered' AND kind <> 'backfill' ORDER BY as_of, id)"
            " UNION ALL (SELECT id FROM run WHERE state = 'registered' AND kind = 'backfill' ORDER BY as_of, id LIMIT %s)",
            (backfills,),
        )
        return [row[0] for row in cursor.fetchall()]


def claim(connection: Connection, run: int) -> Run | None:
    """Lock a waiting run until the transaction ends; None when it is done, or another worker holds it.

    A worker that dies gives the run back by dying: no claim can go stale.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, outlet, as_of, kind FROM run WHERE id = %s AND state = 'registered' FOR UPDATE SKIP LOCKED",
            (run,),
        )
        row = cursor.fetchone()
    return Run(*row) if row else None


def finish(
    connection: Connection, run: int, *, fields: Mapping[str, Mapping[str, int]], problems: Sequence[str] = ()
) -> None:
    """Take a processed run off the queue, with the fields that were found and the problems that reading met."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE run SET state = 'processed', error = NULL, fields = %s, problems = problems || %s,"
            " reading_problems = %s WHERE id = %s",
            (Json(fields), list(problems), list(problems), run),
        )


def reading_problems(connection: Connection, run: int) -> list[str]:
    """Give what reading said of a run that is done: its problems, or the error for which it was set aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE state WHEN 'processed' THEN reading_problems WHEN 'failed' THEN ARRAY[error] ELSE '{}' END"
            " FROM run WHERE id = %s",
            (run,),
        )
        return list(scalar(cursor) or ())


def stumble(connection: Connection, run: int, error: str) -> None:
    """Note that processing a run failed as a whole; after ATTEMPTS times it leaves the queue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE run SET attempts = attempts + 1, error = %s,"
            " state = CASE WHEN attempts + 1 >= %s THEN 'failed' ELSE state END WHERE id = %s",
            (error, ATTEMPTS, run),
        )
