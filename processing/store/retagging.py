"""Which revisions another judge has judged, and their verdicts anew: in order of date, a batch at a time.

Only judgements change. What an edition has shown is in the edition, and stays. A text that was let go keeps the verdict it
had: what is left of it would be judged as if it were all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from processing.model import Judgement
from processing.store import judgements
from processing.store.connection import Connection

NEWEST = """
    LEFT JOIN LATERAL (SELECT id, judged_by, relevant FROM judgement WHERE revision_id = revision.id
        ORDER BY id DESC LIMIT 1) newest ON true
"""
"""The judgement of a revision that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A revision that another judge has judged, with that verdict; `topics` are codes."""

    revision: int
    outlet: str
    outlet_title: str
    languages: tuple[str, ...]
    """What the outlet declares."""
    title: str
    text: str
    relevant: bool
    topics: frozenset[str]


def stale(connection: Connection, judge: str, *, as_of: datetime, since: datetime | None = None) -> list[int]:
    """Give the revisions, seen from `since` up to an instant, whose newest verdict is not this judge's: the oldest first.

    Those whose text was let go are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT revision.id FROM revision {NEWEST} WHERE newest.judged_by IS DISTINCT FROM %(judge)s"  # noqa: S608 - our own text
            " AND let_go_at IS NULL AND seen_at <= %(as_of)s AND seen_at >= coalesce(%(since)s::timestamptz, '-infinity') ORDER BY seen_at, revision.id",
            {"judge": judge, "as_of": as_of, "since": since},
        )
        return [row[0] for row in cursor.fetchall()]


def take(connection: Connection, revisions: Sequence[int], judge: str) -> list[Stale]:
    """Give those of these revisions that are still stale, in the order given; nobody else retags until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pantau retagging'))")
        # A statement of its own: it sees what whoever held the lock has written.
        cursor.execute(
            f"""
            SELECT revision.id, outlet.name, outlet.title, languages, revision.title, body, coalesce(relevant, false),
                ARRAY(SELECT topic FROM topic_tag WHERE judgement_id = newest.id)
            FROM revision {NEWEST} JOIN article ON article.id = article_id JOIN outlet ON outlet.name = article.outlet
            WHERE revision.id = ANY(%s) AND newest.judged_by IS DISTINCT FROM %s AND let_go_at IS NULL
            ORDER BY seen_at, revision.id FOR KEY SHARE OF revision
            """,  # noqa: S608 - our own text
            (list(revisions), judge),
        )
        return [
            Stale(
                revision=row[0],
                outlet=row[1],
                outlet_title=row[2],
                languages=tuple(row[3]),
                title=row[4],
                text=row[5],
                relevant=row[6],
                topics=frozenset(row[7]),
            )
            for row in cursor.fetchall()
        ]


def renew(connection: Connection, revision: int, judgement: Judgement) -> None:
    """Write down a verdict as the newest of its revision; one that the same judge gave before others is replaced."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM judgement WHERE (revision_id, judged_by) = (%s, %s)", (revision, judgement.judged_by)
        )
    judgements.keep(connection, revision, judgement)


def stale_articles(connection: Connection, judge: str) -> tuple[int, int]:
    """Count the articles with a full text whose newest verdict is another judge's, and all articles."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT article_id) FILTER (WHERE newest.judged_by IS DISTINCT FROM %s AND let_go_at IS NULL),"  # noqa: S608 - our own text
            f" count(DISTINCT article_id) FROM revision {NEWEST}",
            (judge,),
        )
        others, all_ = cursor.fetchone() or (0, 0)
        return others, all_
