"""Lists of readers taken in and given out: all of a list, or nothing of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from desk import reader_alerts
from desk.reader_lists import Fault, Row, read, written
from desk.settings import Settings
from desk.steps.digesting import desk_series
from desk.steps.opened import load_settings, opened
from processing.errors import PantauError
from processing.store import Connection, alerts, choices, readers, suppression
from processing.store.reader_states import LISTED
from processing.store.readers import Choice, Reader
from processing.store.series import save_series, settle

Tell = Callable[[int, int], None]
"""Is told how many of how many rows are done."""

BACK = {
    "removed": "`pantau readers add` takes it in again, with a new consent",
    "unsubscribed": "only its owner can come back, by a confirmation (`pantau readers add ADDRESS --confirm` asks)",
    "erased": "only its owner can come back, by a confirmation (`pantau readers add ADDRESS --confirm` asks)",
    "bounce": "`pantau readers resume` takes it in again once the mailbox works",
}
"""How an address comes back that is on the suppression list, by the reason that it stands there for."""


@dataclass(slots=True)
class Taken:
    """What became of a list: rows counted by what they led to, and what was refused or is wrong, by line."""

    counts: Counter[str] = field(default_factory=Counter)
    """added, changed, unchanged, stopped (mail ended as the list says), pending (never confirmed, so not taken)."""
    refused: list[Fault] = field(default_factory=list)
    """Addresses on the suppression list; the other rows are taken all the same."""
    faults: list[Fault] = field(default_factory=list)
    """Where there is one, nothing was taken."""


def usual_choice(settings: Settings) -> Choice:
    """Give what a reader gets of whom nothing is said: the desk's digest, as the settings have it."""
    return Choice(
        language=settings.language,
        timezone=str(settings.timezone),
        send_at=settings.digest_at,
        weekdays=choices.EVERY_DAY,
    )


def take_list(content: bytes, *, as_of: datetime, dry_run: bool, tell: Tell = lambda _done, _of: None) -> Taken:
    """Take in a list of readers, as one transaction: where a row is wrong, none is taken.

    A list that was taken in before changes nothing. A reader who is known keeps state and consent, unless the row says
    that the mail has ended. A dry run does all of it, and takes it back.
    """
    settings = load_settings()
    rows, faults = read(content, usual=usual_choice(settings), zone=settings.timezone)
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        faults += [*_unknown_desks(connection, rows), *_bad_searches(connection, rows)]
        taken = Taken(faults=sorted(faults, key=lambda fault: fault.line))
        if not faults:
            _take(connection, rows, taken, as_of, tell)
        if faults or dry_run:
            connection.rollback()
    return taken


def give_list(*, state: str | None = None, desk: str | None = None) -> str:
    """Write the readers, or those of a state or series, as a list that `take_list` takes."""
    with opened(load_settings()) as connection:
        known = readers.list_readers(connection, state=state, desk=desk)
        chosen = readers.choices_of(connection, known)
        wishes = alerts.wishes_by_reader(connection)
    return written((reader, chosen[reader.id], wishes.get(reader.id)) for reader in known)


def _unknown_desks(connection: Connection, rows: list[Row]) -> list[Fault]:
    known = choices.desks(connection)
    said = "there is no desk {!r}; take {}."
    return [
        Fault(row.line, said.format(name, " or ".join(known)))
        for row in rows
        for name in row.choice.desks
        if name not in known
    ]


def _bad_searches(connection: Connection, rows: list[Row]) -> Iterator[Fault]:
    for row in rows:
        for words in row.alerts.searches:
            try:
                alerts.check_search(connection, words)
            except PantauError as error:
                yield Fault(row.line, str(error))


def _take(connection: Connection, rows: list[Row], taken: Taken, as_of: datetime, tell: Tell) -> None:
    known = {reader.address: reader for reader in readers.list_readers(connection)}
    listed = suppression.entries_of(connection, [row.address for row in rows])
    series: dict[Choice, list[tuple[int, str]]] = {}
    for done, row in enumerate(rows, 1):
        reader, entry = known.get(row.address), listed.get(row.address)
        if row.state in LISTED:
            taken.counts[_stop(connection, row, reader, entry, as_of)] += 1
        elif entry:
            taken.refused.append(Fault(row.line, _refusal(entry)))
        elif row.state == "pending":
            taken.counts["pending"] += 1
        else:
            if row.choice not in series:
                series[row.choice] = [(one.id, one.name) for one in choices.series_of(connection, row.choice)]
            taken.counts[_subscribe(connection, row, reader, dict(series[row.choice]), as_of)] += 1
        tell(done, len(rows))
    settle(connection)


def _stop(
    connection: Connection, row: Row, reader: Reader | None, entry: suppression.Entry | None, as_of: datetime
) -> str:
    """End the mail of a row whose state says so; an address that is no reader here goes on the suppression list."""
    if reader and row.state in readers.TRANSITIONS[reader.state]:
        readers.change_state(connection, reader.id, row.state, reason="as a list says", as_of=as_of)
        return "stopped"
    if entry:
        return "unchanged"
    readers.suppress(connection, row.address, reason=LISTED[row.state], as_of=as_of)
    return "stopped"


def _refusal(entry: suppression.Entry) -> str:
    said = f"its address {entry}, and no list brings it back"
    return f"{said}; {BACK[entry.reason]}." if entry.reason in BACK else f"{said}; take the line out."


def _subscribe(connection: Connection, row: Row, reader: Reader | None, series: dict[int, str], as_of: datetime) -> str:
    choice = row.choice
    wanted = (sorted(series.values()), choice.language, choice.timezone, row.name or (reader.name if reader else ""))
    if (
        reader
        and reader.state in {"active", "paused"}
        and wanted == (reader.series, reader.language, reader.timezone, reader.name)
    ):
        told = row.alerts.said and reader_alerts.take(connection, reader.id, row.alerts, as_of=as_of)
        return "changed" if told else "unchanged"
    id_ = readers.keep(
        connection,
        row.address,
        name=row.name,
        consent_source=row.consent_source,
        consented_at=row.consented_at,
        as_of=as_of,
    )
    choices.subscribe(connection, id_, choice, series)
    if row.alerts.said:
        reader_alerts.take(connection, id_, row.alerts, as_of=as_of)
    if not reader and row.state == "paused" and (row.paused_until is None or row.paused_until > as_of):
        readers.pause(connection, id_, until=row.paused_until, as_of=as_of)
    return "changed" if reader else "added"
