"""Alerts in a list of readers: the cells that say what a reader is told of at once, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from desk.reader_values import quiet_hours, quiet_text
from processing.errors import PantauError
from processing.store import Connection, alerts
from processing.store.alerts import Wishes

COLUMNS = ("alert_weight", "alert_searches", "alerts_a_day", "quiet_hours")
BETWEEN = "|"
"""Between two searches of a cell; within one it means nothing to a search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """What a row says of alerts; what is None, or empty, stays as it was."""

    weight: int | None = None
    """1 to 5; 0 takes it away."""
    searches: tuple[str, ...] = ()
    """All that the reader has from then on."""
    a_day: int | None = None
    quiet: tuple[time, time] | None = None

    @property
    def said(self) -> bool:
        """Whether the row says anything of alerts."""
        return self != Alerts()


def read(cells: Mapping[str, str]) -> Alerts:
    """Read a row's cells; raises PantauError, which says what is wrong."""
    weight, searches, a_day, quiet = (cells[column] for column in COLUMNS)
    given = Alerts(
        weight=0 if weight.lower() == "none" else _number("alert_weight", weight),
        searches=tuple(dict.fromkeys(words for part in searches.split(BETWEEN) if (words := " ".join(part.split())))),
        a_day=_number("alerts_a_day", a_day),
        quiet=quiet_hours(quiet) if quiet else None,
    )
    alerts.check_bounds(given.weight or None, alerts.DEFAULTS[0] if given.a_day is None else given.a_day)
    if len(given.searches) > alerts.SEARCHES_AT_MOST:
        raise PantauError(f"a reader has {alerts.SEARCHES_AT_MOST} saved searches at most; leave the others out.")
    return given


def written(wishes: Wishes | None) -> dict[str, str]:
    """Write the cells of a reader, which `read` takes; none where there are no wishes."""
    if wishes is None:
        return {}
    return {
        "alert_weight": str(wishes.weight or ""),
        "alert_searches": f" {BETWEEN} ".join(search.words.replace(BETWEEN, " ") for search in wishes.searches),
        "alerts_a_day": str(wishes.a_day),
        "quiet_hours": quiet_text(wishes.quiet_from, wishes.quiet_until),
    }


def told_of(wishes: Wishes) -> str:
    """Say what a reader is told of at once, how often and when not; nothing where the reader gets no alerts."""
    what = [f"stories of weight {wishes.weight} or more"] if wishes.weight else []
    what += [f"what {search.words!r} finds" for search in wishes.searches]
    if not what:
        return ""
    quiet = wishes.quiet_from != wishes.quiet_until
    hours = f", none from {wishes.quiet_from:%H:%M} to {wishes.quiet_until:%H:%M} ({wishes.timezone})" if quiet else ""
    return f"{'; '.join(what)}: {wishes.a_day} a day at most{hours}"


def take(connection: Connection, reader: int, given: Alerts, *, as_of: datetime) -> bool:
    """Make a reader's wishes what a row says, and tell whether that changed them."""
    known = alerts.wishes(connection, reader)
    weight = known.weight if given.weight is None else given.weight or None
    begin, end = given.quiet or (known.quiet_from, known.quiet_until)
    bounds = (weight, known.a_day if given.a_day is None else given.a_day, begin, end)
    had = {search.words: search.id for search in known.searches}
    dropped = [id_ for words, id_ in had.items() if given.searches and words not in given.searches]
    fresh = [words for words in given.searches if words not in had]
    if not dropped and not fresh and bounds == (known.weight, known.a_day, known.quiet_from, known.quiet_until):
        return False
    alerts.set_threshold(connection, reader, *bounds)
    for id_ in dropped:
        alerts.drop_search(connection, reader, id_)
    for words in fresh:
        alerts.save_search(connection, reader, words, as_of=as_of)
    return True


def _number(column: str, cell: str) -> int | None:
    if not cell:
        return None
    if not cell.isascii() or not cell.isdigit() or not int(cell):
        raise PantauError(f"{cell!r} in {column} is no number from 1 on.")
    return int(cell)
