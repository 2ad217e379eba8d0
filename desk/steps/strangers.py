"""Strangers: whose page it is that lies in an archive, declared or not."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from crawlers.outlets import OUTLETS, outlet_of
from processing.model import Evidence, Outlet, Ownership
from processing.store import Connection, outlets


def whose(connection: Connection, name: str | None, url: str) -> Outlet:
    """Give the declaration of a page's outlet: the run's, or the one its host belongs to, or a stranger's."""
    if name is not None and name in OUTLETS:
        return OUTLETS[name]
    declared = outlet_of(url)
    if declared is None:
        declared = _stranger(urlsplit(url).hostname or "unknown")
        outlets.declare(connection, [declared])
    return declared


def _stranger(host: str) -> Outlet:
    """Stand in for an outlet that nobody declared, so that its archived pages can be read by the generic reader."""
    return Outlet(
        name=host,
        title=host,
        country="ZZ",
        languages=(),
        group=host,
        ownership=Ownership.PRIVATE,
        timezone="UTC",
        hosts=(host,),
        listings=(),
        article=".",
        evidence=Evidence(verified=False, checked=date.min, note="not declared; met in an archive"),
    )
