"""Demotions: rules of an outlet that fell short for a field, since when and why, until they change or are trusted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processing.store.connection import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Demotion:
    """That the rules of one outlet (told by their hash) are not used for one field."""

    outlet: str
    field: str
    rules_sha256: str
    since: datetime
    reason: str


def standing(connection: Connection, *, as_of: datetime) -> list[Demotion]:
    """Give the demotions that earlier runs made and nobody had lifted by an instant, by outlet and field.

    One made at that very instant is left out: the run that made it reads the same when it is done again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outlet, field, rules_sha256, since, reason FROM demotion"
            " WHERE since < %(as_of)s AND (lifted_at IS NULL OR lifted_at > %(as_of)s) ORDER BY outlet, field, since",
            {"as_of": as_of},
        )
        return [
            Demotion(outlet=outlet, field=field, rules_sha256=digest, since=since, reason=reason)
            for outlet, field, digest, since, reason in cursor.fetchall()
        ]


def demote(connection: Connection, run: int, demotion: Demotion) -> None:
    """Write down a demotion that a run made; one that stands already, or was lifted after that run, stays as it is."""
    key = (demotion.outlet, demotion.field, demotion.rules_sha256)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO demotion (outlet, field, rules_sha256, run_id, since, reason) SELECT %s, %s, %s, %s, %s, %s"
            " WHERE NOT EXISTS (SELECT 1 FROM demotion WHERE (outlet, field, rules_sha256) = (%s, %s, %s)"
            " AND lifted_at > %s) ON CONFLICT (outlet, field, rules_sha256) WHERE lifted_at IS NULL DO NOTHING",
            (*key, run, demotion.since, demotion.reason, *key, demotion.since),
        )


def lift(connection: Connection, outlet: str, rules_sha256: str, *, at: datetime) -> list[str]:
    """Lift what stands against these rules of an outlet, from an instant on; gives the fields."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE demotion SET lifted_at = %s WHERE (outlet, rules_sha256) = (%s, %s) AND lifted_at IS NULL"
            " RETURNING field",
            (at, outlet, rules_sha256),
        )
        return sorted(row[0] for row in cursor.fetchall())
