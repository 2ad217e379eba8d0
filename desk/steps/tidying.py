"""Readers kept in order: pauses that are over end, and what need not be known any longer is forgotten."""

from __future__ import annotations

from datetime import datetime

from desk.steps.opened import load_settings, opened
from processing.store import readers


def tidy_readers(*, as_of: datetime) -> dict[str, int]:
    """Wake readers whose pause is over, drop requests that nobody confirmed, forget old deliveries; gives how many of each."""
    settings = load_settings()
    with opened(settings) as connection:
        woken = readers.wake(connection, as_of=as_of)
        dropped = readers.drop_pending(connection, as_of=as_of)
        forgotten = readers.forget_deliveries(connection, before=as_of - settings.keep_deliveries)
    return {"woken": woken, "dropped": dropped, **forgotten}
