"""Fetches: what a run asked for, and the one fate that each request met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extras import execute_values

from processing.model import Fate, FetchKind
from processing.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A fetch whose record lies in the archive and whose fate is open."""

    id: int
    url: str
    kind: FetchKind
    article_url: str
    part: int
    more: bool
    record_id: str
    archive: str
    offset: int
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """The fate of a fetch, with its reason where it was not kept."""

    id: int
    fate: Fate
    reason: str = ""


def unsettled(connection: Connection, run: int) -> list[Unsettled]:
    """Give the fetches of a run that wait for their fate, in the order they were asked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fetched.id, fetched.url, kind, coalesce(article_url, canonical_url), part, more, record.id, uri,"
            " byte_offset, fetched_at FROM fetched JOIN record ON record.id = record_id"
            " JOIN archive_file ON archive_file.id = archive_file_id"
            " WHERE fetched.run_id = %s AND fate IS NULL ORDER BY fetched.id",
            (run,),
        )
        return [Unsettled(row[0], row[1], FetchKind(row[2]), *row[3:]) for row in cursor.fetchall()]


def settle(connection: Connection, fates: Iterable[Settled]) -> None:
    """Write down the fates of fetches that had none."""
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "UPDATE fetched SET fate = given.fate, reason = given.reason FROM (VALUES %s) AS given (id, fate, reason)"
            " WHERE fetched.id = given.id AND fetched.fate IS NULL",
            [(settled.id, settled.fate, settled.reason) for settled in fates],
        )


def fates(connection: Connection, runs: Sequence[int] | None = None) -> dict[str, dict[Fate, int]]:
    """Count the settled fetches of these runs (of all, by default) by kind and fate."""
    counted: dict[str, dict[Fate, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, fate, count(*) FROM fetched WHERE fate IS NOT NULL AND (%s::bigint[] IS NULL OR run_id = ANY(%s))"
            " GROUP BY kind, fate ORDER BY kind, fate",
            (list(runs) if runs is not None else None,) * 2,
        )
        for kind, fate, count in cursor.fetchall():
            counted.setdefault(kind, {})[Fate(fate)] = count
    return counted
