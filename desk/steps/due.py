"""When editions are due: each series at its own hour, in its own zone, on its own days; late ones within a bound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from processing.model import Series
from processing.store import Connection, editions

DAY = timedelta(days=1)

GRACE = timedelta(hours=12)
"""How late an edition is still built by itself, and mailed: a desk that was down in the morning serves it by the evening."""

GRACE_OF_FIRST = timedelta(minutes=30)
"""Two ticks: a series that is new, or a reader's new hour, waits for its next hour instead of being served at once."""


def due_on(series: Series, day: date) -> datetime:
    """Give the instant at which a series is due on a day of its zone."""
    return datetime.combine(day, series.send_at, ZoneInfo(series.timezone))


def last_due(series: Series, as_of: datetime) -> datetime:
    """Give the latest instant, not after `as_of`, at which an edition of a series was due."""
    day = _local_day(series, as_of)
    while due_on(series, day) > as_of or day.isoweekday() not in series.weekdays:
        day -= DAY
    return due_on(series, day)


def next_due(series: Series, as_of: datetime) -> datetime:
    """Give the first instant after `as_of` at which an edition of a series is due."""
    day = _local_day(series, as_of)
    while due_on(series, day) <= as_of or day.isoweekday() not in series.weekdays:
        day += DAY
    return due_on(series, day)


def due_now(connection: Connection, known: Sequence[Series], as_of: datetime) -> list[tuple[Series, datetime]]:
    """Give the series whose last edition due at an instant is not built, with its cut-off, unless it is too late for it.

    A personal series is due only while somebody active reads it.
    """
    cutoffs = {series.id: last_due(series, as_of) for series in known}
    unbuilt = editions.unbuilt(connection, cutoffs)
    return [
        (series, cutoffs[series.id])
        for series in known
        if series.id in unbuilt
        and as_of - cutoffs[series.id] <= (GRACE_OF_FIRST if unbuilt[series.id].first else GRACE)
    ]


def what_comes(known: Sequence[Series], as_of: datetime) -> str:
    """Say in a sentence that nothing is due, and what is next."""
    if not known:
        return "No edition is due, and no series is active."
    series = min(known, key=lambda series: (next_due(series, as_of), series.name))
    return f"No edition is due; the next is that of {series.name}, at {next_due(series, as_of):%Y-%m-%d %H:%M %Z}."


def _local_day(series: Series, as_of: datetime) -> date:
    return as_of.astimezone(ZoneInfo(series.timezone)).date()
