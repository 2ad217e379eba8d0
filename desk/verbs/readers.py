"""`pantau readers`: who gets which digest, by whose word, and how one ends it."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer
from rich.console import Console

from desk import reader_values as values
from desk.steps.digesting import desk_series
from desk.steps.opened import opened
from desk.verbs import reader_add, reader_lists
from desk.verbs.at_desk import at_desk, instant
from desk.verbs.reader_table import lines_of, table_of
from processing.errors import PantauError
from processing.store import Connection, choices, readers, suppression
from processing.store.readers import TRANSITIONS, Reader
from processing.store.series import save_series

app = typer.Typer(help="Who gets the digest.", no_args_is_help=True)
app.add_typer(reader_add.app)
app.add_typer(reader_lists.app)
console = Console(highlight=False)

Address = Annotated[str, typer.Argument(help="A mail address.")]


@app.command(name="list")
def list_(
    state: Annotated[str | None, typer.Option(metavar="|".join(TRANSITIONS), help="Only those in this state.")] = None,
    desk: Annotated[str | None, typer.Option(metavar="NAME", help="Only those who get this digest.")] = None,
) -> None:
    """List the readers: state, what they get and when, and since when they agreed."""
    if state and state not in TRANSITIONS:
        raise PantauError(f"There is no state {state!r}; take {', '.join(TRANSITIONS)}.")
    with at_desk() as settings, opened(settings) as connection:
        save_series(connection, desk_series(settings))
        known = readers.list_readers(connection, state=state, desk=desk)
        chosen = readers.choices_of(connection, known)
        desks = choices.desks(connection)
    console.print(table_of(known, chosen, settings.timezone))
    counted = Counter(reader.state for reader in known)
    console.print(
        f"{len(known)} readers"
        + (f": {', '.join(f'{counted[name]} {name}' for name in TRANSITIONS if counted[name])}" if known else "")
    )
    console.print(f"Desks' digests: {', '.join(desks)}", soft_wrap=True)


@app.command()
def show(address: Address) -> None:
    """Show all that is kept of an address: to answer its owner, too."""
    with at_desk() as settings, opened(settings) as connection:
        reader = readers.by_address(connection, address)
        entry = suppression.entry_of(connection, address)
        told = lines_of(connection, reader, settings.timezone) if reader else [f"{address} is no reader."]
    for line in told:
        console.print(line, markup=False, soft_wrap=True)
    if entry:
        console.print(f"It is on the suppression list: it {entry}.", markup=False, soft_wrap=True)


@app.command()
def remove(address: Address) -> None:
    """End all that a reader gets; what waits is not sent, and no list brings the address back, only `add` does."""
    with at_desk() as settings, opened(settings) as connection:
        known = readers.remove_reader(connection, address, as_of=instant(None))
    console.print(
        f"{address} gets no more mail." if known else f"{address} was no reader.", markup=False, soft_wrap=True
    )


@app.command()
def pause(
    address: Address,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day it begins again; `resume` by default.")
    ] = None,
) -> None:
    """Send a reader nothing for a while."""
    with at_desk() as settings, opened(settings) as connection:
        end = values.moment(until, settings.timezone) if until else None
        reader = _known(connection, address)
        readers.pause(connection, reader.id, until=end, as_of=instant(None))
    said = f"until {end.astimezone(settings.timezone):%Y-%m-%d %H:%M}" if end else "until `pantau readers resume`"
    console.print(f"{reader.address} is sent nothing {said}.", markup=False, soft_wrap=True)


@app.command()
def resume(address: Address) -> None:
    """End a pause, or write again to an address that bounced and works now."""
    with at_desk() as settings, opened(settings) as connection:
        reader = _known(connection, address)
        if reader.state == "bounced":
            readers.change_state(
                connection, reader.id, "active", reason="the operator says that the mailbox works", as_of=instant(None)
            )
        else:
            readers.resume(connection, reader.id, as_of=instant(None))
    console.print(f"{reader.address} is written to.", markup=False, soft_wrap=True)


@app.command()
def erase(
    address: Address, yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False
) -> None:
    """Take out all that is kept of an address, for good; a hash stays, so that no list brings it back."""
    if not yes:
        typer.confirm(f"Erase all that is kept of {address}, for good?", abort=True)
    with at_desk() as settings, opened(settings) as connection:
        removed = readers.erase(connection, address, as_of=instant(None))
    counted = ", ".join(f"{count} {name}" for name, count in removed.items() if count)
    console.print(
        f"Removed: {counted or 'nothing, it was no reader'}. A hash is kept, so that no list brings it back.",
        soft_wrap=True,
    )


def _known(connection: Connection, address: str) -> Reader:
    reader = readers.by_address(connection, address)
    if reader is None:
        raise PantauError(f"{address} is no reader; `pantau readers list` names those that there are.")
    return reader
