"""`pantau alerts`: what readers are mailed at once, and within which bounds."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from desk import steps
from desk.reader_alerts import told_of
from desk.reader_values import quiet_hours
from desk.steps.opened import opened
from desk.verbs.at_desk import AsOf, at_desk, instant
from processing.errors import PantauError
from processing.store import Connection, alerts, readers
from processing.store.alerts import Wishes

app = typer.Typer(help="Stories that are mailed at once.", no_args_is_help=True)
console = Console(soft_wrap=True)

Address = Annotated[str, typer.Argument(help="A reader's address.")]
Search = Annotated[
    str | None,
    typer.Option("--search", metavar="WORDS", help='Words, as `pantau search` takes them: "a phrase", or, -not.'),
]


@app.command()
def add(
    address: Address,
    search: Search = None,
    weight: Annotated[int | None, typer.Option(help="Every story of this weight or more, 1 to 5.")] = None,
    a_day: Annotated[int | None, typer.Option(help="Alerts a day, at most.")] = None,
    quiet: Annotated[
        str | None,
        typer.Option(metavar="HOURS", help="No alerts in these hours of the reader's zone: 21:00-06:00, or none."),
    ] = None,
) -> None:
    """Tell a reader at once of what a search finds, or of what weighs enough; bounds that are not given stay."""
    if search is None and weight is None and a_day is None and quiet is None:
        raise PantauError("Say what for: --search WORDS, --weight 1 to 5, --a-day NUMBER or --quiet HOURS.")
    with at_desk() as settings, opened(settings) as connection:
        known = _wishes(connection, address)
        begin, end = (known.quiet_from, known.quiet_until) if quiet is None else quiet_hours(quiet)
        alerts.set_threshold(
            connection, known.reader, known.weight if weight is None else weight, a_day or known.a_day, begin, end
        )
        if search is not None:
            alerts.save_search(connection, known.reader, search, as_of=instant(None))
        console.print(_said(alerts.wishes(connection, known.reader)), markup=False)


@app.command()
def remove(
    address: Address,
    search: Search = None,
    weight: Annotated[bool, typer.Option("--weight", help="No story for its weight any more.")] = False,
) -> None:
    """End one saved search, or alerts by weight; without either, all of a reader's alerts."""
    with at_desk() as settings, opened(settings) as connection:
        known = _wishes(connection, address)
        chosen = [one for one in known.searches if search in (None, one.words)]
        if search is not None and not chosen:
            raise PantauError(
                f"{address} has no saved search {search!r}; `pantau alerts list` shows those that there are."
            )
        for one in chosen if search is not None or not weight else ():
            alerts.drop_search(connection, known.reader, one.id)
        if weight or search is None:
            alerts.set_threshold(connection, known.reader, None, known.a_day, known.quiet_from, known.quiet_until)
        console.print(_said(alerts.wishes(connection, known.reader)), markup=False)


@app.command(name="list")
def list_() -> None:
    """List who is told of what at once; only active readers are."""
    with at_desk() as settings, opened(settings) as connection:
        watching = alerts.watchers(connection)
    for one in watching:
        console.print(_said(one), markup=False)
    if not watching:
        console.print("No active reader wants alerts; `pantau alerts add` begins them.")


@app.command()
def run(as_of: AsOf = None) -> None:
    """Look for stories to be told of at once, and queue their mails; `pantau deliver` sends them."""
    with at_desk():
        counts = steps.send_alerts(as_of=instant(as_of))
    console.print(
        f"{counts['written']} alerts written, {counts['held']} held until quiet hours end, {counts['over']} over a day's number."
    )


def _wishes(connection: Connection, address: str) -> Wishes:
    reader = readers.by_address(connection, address)
    if reader is None:
        raise PantauError(f"{address} is no reader; `pantau readers list` names those that there are.")
    return alerts.wishes(connection, reader.id)


def _said(one: Wishes) -> str:
    """Say what a reader is told of at once."""
    told = told_of(one)
    return f"{one.address} is told at once of {told}." if told else f"{one.address} gets no alerts."
