"""`pantau readers`: who gets the digest."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from desk.steps.digesting import DESK, desk_series
from desk.steps.opened import opened
from desk.verbs.at_desk import at_desk, instant
from processing.store import readers
from processing.store.series import save_series

app = typer.Typer(help="Who gets the digest.", no_args_is_help=True)
console = Console(soft_wrap=True)

Address = Annotated[str, typer.Argument(help="A mail address.")]


@app.command()
def add(
    address: Address,
    consent: Annotated[str, typer.Option(help="How this person agreed to get it, kept with the time.")],
    name: Annotated[str, typer.Option(help="What to call the reader.")] = "",
) -> None:
    """Subscribe a reader to the desk's digest."""
    with at_desk() as settings, opened(settings) as connection:
        save_series(connection, desk_series(settings))
        reader = readers.add_reader(connection, address, DESK, consent_source=consent, as_of=instant(None), name=name)
    console.print(f"{reader.address} gets the digest from now on.", markup=False)


@app.command(name="list")
def list_() -> None:
    """List the readers."""
    with at_desk() as settings, opened(settings) as connection:
        known = readers.list_readers(connection)
    table = Table("Address", "Name", "State", "Consent", "Since")
    for reader in known:
        since = f"{reader.consented_at.astimezone(settings.timezone):%Y-%m-%d}"
        table.add_row(reader.address, reader.name, reader.state, reader.consent_source, since)
    console.print(table)


@app.command()
def remove(address: Address) -> None:
    """End a reader's subscription; what still waits for the reader is not sent."""
    with at_desk() as settings, opened(settings) as connection:
        known = readers.remove_reader(connection, address)
    console.print(f"{address} gets no more mail." if known else f"{address} was no reader.", markup=False)
