"""Demoting: an outlet's rules that fell short for a field are left aside, until they change or a person trusts them again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from desk.steps.fitness import RULE_OF
from processing.model import Outlet
from processing.model.codec import to_json
from processing.store import Connection, demotions, runs
from processing.store.demotions import Demotion


def rules_hash(outlet: Outlet) -> str:
    """Tell an outlet's rules from any others (SHA-256, hexadecimal): a mended declaration is another."""
    return sha256(to_json(outlet.rules).encode()).hexdigest()


def in_force(standing: Iterable[Demotion], outlet: Outlet) -> list[Demotion]:
    """Give those demotions that were made of the rules that the outlet has today."""
    of_outlet = [demotion for demotion in standing if demotion.outlet == outlet.name]
    digest = rules_hash(outlet) if of_outlet else ""
    return [demotion for demotion in of_outlet if demotion.rules_sha256 == digest]


def as_trusted(outlet: Outlet, standing: Iterable[Demotion]) -> Outlet:
    """Give an outlet without the selectors of its demoted fields; what it removes and drops stays."""
    gone: dict[str, Any] = {RULE_OF[demotion.field]: () for demotion in in_force(standing, outlet)}
    return replace(outlet, rules=tuple(replace(layout, **gone) for layout in outlet.rules)) if gone else outlet


def demote(connection: Connection, run: runs.Run, outlet: Outlet, shortfalls: Mapping[str, str]) -> None:
    """Demote the rules of the fields that a run found to fall short, each with its reason."""
    for field, reason in shortfalls.items():
        demotion = Demotion(
            outlet=outlet.name, field=field, rules_sha256=rules_hash(outlet), since=run.as_of, reason=reason
        )
        demotions.demote(connection, run.id, demotion)


def trust(connection: Connection, outlet: Outlet, *, as_of: datetime) -> list[str]:
    """Use an outlet's demoted rules again from an instant on; gives the fields they are for."""
    return demotions.lift(connection, outlet.name, rules_hash(outlet), at=as_of)
