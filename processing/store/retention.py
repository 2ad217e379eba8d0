"""What is let go when it is old: archive files and full texts. Their rows stay, and say when that was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from psycopg2.extras import execute_values

from processing.store.connection import Connection

GIVEN_UP = "Its run was set aside and then given up (`pantau retention`), so nobody read it."
"""The reason that the fate of such a run's fetches gives."""

OLD = """
    archive_file.let_go_at IS NULL AND (run.kind <> 'import' OR starts_with(archive_file.uri, %(ours)s)) AND run.as_of < %(before)s
    AND NOT EXISTS (SELECT FROM record WHERE archive_file_id = archive_file.id AND fetched_at >= %(before)s)
"""
"""What tells a file that is wholly of before an instant, and that we wrote: what others gave us is theirs to delete."""

UNREAD = """
    SELECT DISTINCT archive_file_id, run.id, run.outlet, run.state, run.error FROM run JOIN fetched ON fetched.run_id = run.id
    JOIN record ON record.id = fetched.record_id WHERE run.state IN ('registered', 'failed') AND fate IS NULL
"""
"""The files that somebody may yet read: of runs that wait, and of runs that were set aside before their pages were read."""


@dataclass(frozen=True, slots=True)
class File:
    """An archive file that may be let go."""

    id: int
    uri: str
    as_of: datetime
    """Of the run that wrote it."""


@dataclass(frozen=True, slots=True)
class Held:
    """An archive file that is old enough, and that a run's pages were never read from; `error` says why where one was set aside."""

    uri: str
    run: int
    outlet: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may be let go."""

    revision: int
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How much was let go so far, and when something was last; None where nothing was."""

    files: int
    texts: int
    last: datetime | None


def old_files(connection: Connection, *, before: datetime, ours: str) -> list[File]:
    """Give the archive files that are wholly of before an instant and that nobody needs, oldest first.

    Ours are those of crawls and backfills, and those whose address begins with `ours`.
    """
    return _files(connection, "true", {"before": before, "ours": ours})


def take_files(connection: Connection, files: Sequence[int], *, before: datetime, ours: str) -> list[File]:
    """Give those of these files that may still go, and keep others from their runs until the transaction ends.

    Files are left out that somebody else is at: they go another time.
    """
    return _files(
        connection,
        "archive_file.id = ANY(%(files)s)",
        {"before": before, "ours": ours, "files": list(files)},
        "FOR UPDATE OF archive_file, run SKIP LOCKED",
    )


def _files(connection: Connection, condition: str, values: dict[str, object], lock: str = "") -> list[File]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT archive_file.id, uri, as_of FROM archive_file JOIN run ON run.id = run_id WHERE {condition} AND {OLD}"  # noqa: S608 - our own text
            f" AND archive_file.id NOT IN (SELECT archive_file_id FROM ({UNREAD}) unread)"
            f" ORDER BY as_of, archive_file.id {lock}",
            values,
        )
        return [File(*row) for row in cursor.fetchall()]


def held_files(connection: Connection, *, before: datetime, ours: str) -> list[Held]:
    """Give the archive files that are old enough to go and wait to be read all the same, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT uri, unread.id, unread.outlet, CASE unread.state WHEN 'failed' THEN coalesce(unread.error, '') END"  # noqa: S608 - our own text
            f" FROM ({UNREAD}) unread JOIN archive_file ON archive_file.id = archive_file_id"
            f" JOIN run ON run.id = archive_file.run_id WHERE {OLD} ORDER BY run.as_of, unread.id, uri",
            {"before": before, "ours": ours},
        )
        return [Held(*row) for row in cursor.fetchall()]


def let_go_files(connection: Connection, files: Iterable[int], *, as_of: datetime) -> None:
    """Write down that archive files are not there any more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE archive_file SET let_go_at = %s WHERE id = ANY(%s)", (as_of, list(files)))


def run_instants(connection: Connection, runs: Sequence[int]) -> dict[int, datetime]:
    """Give as of when these runs were; one that is not known is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, as_of FROM run WHERE id = ANY(%s)", (list(runs),))
        return dict(cursor.fetchall())


def give_up(connection: Connection, run: int) -> int:
    """Settle what was never read of a run that was set aside, as failed; gives how many fetches, 0 where there is no such run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE fetched SET fate = 'failed', reason = %s FROM run"
            " WHERE run.id = run_id AND run_id = %s AND state = 'failed' AND fate IS NULL",
            (GIVEN_UP, run),
        )
        return cursor.rowcount


def old_texts(connection: Connection, *, before: datetime) -> list[int]:
    """Give the revisions whose full text came to us before an instant and is there yet.

    A text is as old as the run that its page came with, however often it was read anew since.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM revision WHERE let_go_at IS NULL AND coalesce((SELECT max(as_of) FROM revision_source"
            " JOIN record ON record.id = record_id JOIN archive_file ON archive_file.id = archive_file_id"
            " JOIN run ON run.id = archive_file.run_id WHERE revision_id = revision.id), seen_at) < %s ORDER BY id",
            (before,),
        )
        return [row[0] for row in cursor.fetchall()]


def take_texts(connection: Connection, revisions: Sequence[int]) -> list[Text]:
    """Give those of these texts that are there yet; nobody else lets them go until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, title, body FROM revision WHERE id = ANY(%s) AND let_go_at IS NULL ORDER BY id FOR NO KEY UPDATE",
            (list(revisions),),
        )
        return [Text(*row) for row in cursor.fetchall()]


def let_go_texts(connection: Connection, left: Iterable[tuple[int, str]], *, as_of: datetime) -> None:
    """Put what is left of texts in their place, by revision; what is searched of them follows by itself."""
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "UPDATE revision SET body = given.opening, let_go_at = given.at::timestamptz"
            " FROM (VALUES %s) AS given (id, opening, at) WHERE revision.id = given.id",
            [(revision, opening, as_of) for revision, opening in left],
        )


def tally(connection: Connection) -> Tally:
    """Count what was let go so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT files, texts, greatest(files_last, texts_last) FROM (SELECT count(*) AS files, max(let_go_at) AS files_last"
            " FROM archive_file WHERE let_go_at IS NOT NULL) files, (SELECT count(*) AS texts, max(let_go_at) AS texts_last"
            " FROM revision WHERE let_go_at IS NOT NULL) texts"
        )
        return Tally(*(cursor.fetchone() or (0, 0, None)))
