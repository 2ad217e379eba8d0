"""Readers as a list that a spreadsheet opens: CSV in and out, one row a reader (docs/readers.md describes the columns)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from desk import reader_alerts
from desk.reader_alerts import Alerts
from desk.reader_cells import COLUMNS, REQUIRED, rows_of, table
from desk.reader_values import days_text, hour, line_of, moment, weekdays, words
from processing.digest.choices import checked
from processing.errors import PantauError
from processing.store.alerts import Wishes
from processing.store.reader_rows import folded
from processing.store.readers import TRANSITIONS, Choice, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a list, checked as far as it can be without the store."""

    line: int
    """In the file, the first is 1."""
    address: str
    name: str
    state: str
    paused_until: datetime | None
    choice: Choice
    alerts: Alerts
    consent_source: str
    consented_at: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, and what to do, without the address."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}"


def read(content: bytes, *, usual: Choice, zone: tzinfo) -> tuple[list[Row], list[Fault]]:
    """Read a list; what is wrong is told by line, all of it. Cells left empty are as `usual`, dates are in `zone`.

    Raises PantauError where the file is no list of readers at all.
    """
    found, faults, seen = list[Row](), list[Fault](), dict[str, int]()
    for line, cells in rows_of(content):
        try:
            row = _row(line, cells, usual, zone)
        except PantauError as error:
            faults.append(Fault(line, str(error)))
            continue
        first = seen.setdefault(row.address, line)
        if first != line:
            faults.append(Fault(line, f"its address stands on line {first} already; leave one of the two."))
        found.append(row)
    return found, faults


def written(given: Iterable[tuple[Reader, Choice, Wishes | None]]) -> str:
    """Write readers as a list that `read` takes."""
    return table(_written(*one) for one in given)


def _written(reader: Reader, choice: Choice, wishes: Wishes | None) -> dict[str, str]:
    return {
        "address": reader.address,
        "name": reader.name,
        "state": reader.state,
        "paused_until": reader.paused_until.isoformat() if reader.paused_until else "",
        "language": choice.language,
        "timezone": choice.timezone,
        "topics": " ".join(choice.topics),
        "watch": " ".join(choice.watched),
        "days": days_text(choice.weekdays),
        "at": f"{choice.send_at:%H:%M}",
        "desks": " ".join(choice.desks),
        **reader_alerts.written(wishes),
        "consent_source": reader.consent_source,
        "consented_at": reader.consented_at.isoformat(),
    }


def _row(line: int, cells: Mapping[str, str], usual: Choice, zone: tzinfo) -> Row:
    if "" in cells:
        raise PantauError("it has more cells than there are columns; put a cell with a comma in quotation marks.")
    given = {name: cells.get(name, "") for name in COLUMNS}
    if missing := [name for name in REQUIRED if not given[name]]:
        raise PantauError(f"{missing[0]} is empty; without it nobody is subscribed.")
    state = given["state"] or "active"
    if state not in TRANSITIONS:
        raise PantauError(f"there is no state {state!r}; take {', '.join(TRANSITIONS)}, or leave it empty.")
    return Row(
        line=line,
        address=_address(given["address"]),
        name=line_of("name", given["name"]),
        state=state,
        paused_until=moment(given["paused_until"], zone) if given["paused_until"] else None,
        choice=checked(_choice(given, usual)),
        alerts=reader_alerts.read(given),
        consent_source=line_of("consent_source", given["consent_source"]),
        consented_at=moment(given["consented_at"], zone),
    )


def _choice(given: Mapping[str, str], usual: Choice) -> Choice:
    return replace(
        usual,
        language=given["language"].lower() or usual.language,
        timezone=given["timezone"] or usual.timezone,
        topics=words(given["topics"]),
        watched=words(given["watch"]),
        weekdays=weekdays(given["days"]) if given["days"] else usual.weekdays,
        send_at=hour(given["at"]) if given["at"] else usual.send_at,
        desks=words(given["desks"]),
    )


def _address(text: str) -> str:
    try:
        return folded(text)
    except PantauError:
        raise PantauError("its address is no mail address; write it as name@example.org.") from None
