"""Readers as the operator sees them in a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from desk.reader_alerts import told_of
from desk.reader_values import DAYS, days_text
from processing.digest.choices import entity_labels, topic_labels
from processing.store import Connection, alerts, readers
from processing.store.choices import EVERY_DAY
from processing.store.readers import Choice, Reader

COLOURS = {"active": "green", "pending": "yellow", "paused": "yellow", "bounced": "red", "complained": "red"}
WORKDAYS = EVERY_DAY[:5]


def table_of(known: Sequence[Reader], chosen: Mapping[int, Choice], zone: tzinfo) -> Table:
    """Set readers into a table, a row each; `chosen` is by the reader's id."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    table.add_column("Address", overflow="fold", ratio=3)
    table.add_column("State", no_wrap=True)
    table.add_column("Gets", overflow="fold", ratio=3)
    table.add_column("At", no_wrap=True)
    table.add_column("Agreed", no_wrap=True)
    for reader in known:
        choice = chosen[reader.id]
        colour = COLOURS.get(reader.state, "dim")
        table.add_row(
            escape(reader.address),
            f"[{colour}]{reader.state}[/]",
            escape(_gets(reader, choice)),
            f"{choice.send_at:%H:%M} {choice.language}" if reader.series else "",
            f"{reader.consented_at.astimezone(zone):%Y-%m-%d}",
        )
    return table


def lines_of(connection: Connection, reader: Reader, zone: tzinfo) -> list[str]:
    """Say all that is kept of a reader, line by line."""
    choice = readers.choice_of(connection, reader.id)
    paused = f", until {reader.paused_until.astimezone(zone):%Y-%m-%d %H:%M}" if reader.paused_until else ""
    reason = f" ({reader.state_reason})" if reader.state_reason else ""
    held = readers.held(connection, reader.id)
    at_once = told_of(alerts.wishes(connection, reader.id))
    return [
        f"{reader.address}{f', {reader.name}' if reader.name else ''}",
        f"State: {reader.state} since {reader.state_since.astimezone(zone):%Y-%m-%d %H:%M}{reason}{paused}",
        f"Consent: {reader.consent_source}, {reader.consented_at.astimezone(zone):%Y-%m-%d %H:%M}",
        f"Gets: {_gets(reader, choice)}",
        *([f"When: {_days(choice)} at {choice.send_at:%H:%M} {choice.timezone}"] if reader.series else []),
        f"Language: {choice.language}",
        *([f"Topics: {', '.join(topic_labels(choice))}"] if choice.topics else []),
        *([f"Watched: {', '.join(entity_labels(choice))}"] if choice.watched else []),
        *([f"At once: {at_once}"] if at_once else []),
        f"Kept beside this: {', '.join(f'{count} {name}' for name, count in held.items() if count) or 'nothing'}",
    ]


def _gets(reader: Reader, choice: Choice) -> str:
    """Name the digests of a reader: desks' by name, its own by topics and watched."""
    if not reader.series:
        return "nothing"
    own = [name for name in reader.series if name not in choice.desks]
    chosen = ", ".join([*choice.topics, *choice.watched]) or "all topics"
    return ", ".join([*choice.desks, *([f"own: {chosen}"] if own else [])])


def _days(choice: Choice) -> str:
    if choice.weekdays == EVERY_DAY:
        return "daily"
    return f"{DAYS[0]}-{DAYS[4]}" if choice.weekdays == WORKDAYS else days_text(choice.weekdays)
