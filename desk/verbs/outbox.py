"""`pantau deliver` and `pantau deliveries`: the outbox sent, looked at, and what is uncertain settled."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from desk import steps
from desk.steps.opened import opened
from desk.verbs.at_desk import AsOf, at_desk, instant
from processing.errors import PantauError
from processing.store import outbox

app = typer.Typer()
deliveries = typer.Typer(
    help="The outbox: what is in which state, and the settling of what nobody knows.", no_args_is_help=True
)
console = Console(soft_wrap=True)

IN_THE_LOG = "The operator found it in the relay's log."
NOT_IN_THE_LOG = "The operator did not find it in the relay's log."


@app.command()
def deliver(
    workers: Annotated[
        int | None, typer.Option(min=1, max=32, help="Mails handed over at once; PANTAU_MAIL_WORKERS by default.")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Send what is due in the outbox: editions and letters, each once."""
    with at_desk():
        sent = steps.deliver(as_of=instant(as_of), workers=workers)
    console.print(", ".join(f"{count} {fate}" for fate, count in sent.items()) or "Nothing is due.")
    if sent.get("uncertain"):
        console.print("`pantau deliveries list --state uncertain` names what may or may not have gone out.")


@deliveries.command(name="list")
def list_(
    state: Annotated[str | None, typer.Option(help=f"Only those in this state: {', '.join(outbox.STATES)}.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many, the latest first.")] = 100,
) -> None:
    """List deliveries, the latest first: Message-ID, mail, reader's number, tries, and what the server said."""
    if state is not None and state not in outbox.STATES:
        raise PantauError(f"There is no state {state!r}; a delivery is {', '.join(outbox.STATES)}.")
    with at_desk() as settings, opened(settings) as connection:
        found = outbox.lines(connection, state=state, limit=limit)
    table = Table("Message-ID", "State", "Mail", "Reader", "Tries", "Last taken", "Words", box=SIMPLE, show_edge=False)
    for line in found:
        taken = f"{line.claimed_at.astimezone(settings.timezone):%Y-%m-%d %H:%M %Z}" if line.claimed_at else ""
        cells = (line.message_id, line.state, line.mail, str(line.reader), str(line.attempts), taken, line.words)
        table.add_row(*map(escape, cells))
    console.print(table if found else "No delivery is in that state." if state else "The outbox is empty.")


@deliveries.command()
def settle(
    message_id: Annotated[str, typer.Argument(help="The Message-ID of an uncertain delivery, with or without <>.")],
    sent: Annotated[bool, typer.Option("--sent", help="The relay took it: it counts as sent.")] = False,
    again: Annotated[bool, typer.Option("--again", help="The relay never had it: the next round sends it.")] = False,
    reason: Annotated[str, typer.Option(help="How you know; kept with the delivery.")] = "",
) -> None:
    """Say what became of a delivery that nobody knew of, after a look into the relay's log for its Message-ID."""
    if sent == again:
        raise PantauError("Say --sent if the relay's log has the Message-ID, or --again if it does not.")
    with at_desk() as settings, opened(settings) as connection:
        outbox.settle(connection, message_id, sent=sent, reason=reason or (IN_THE_LOG if sent else NOT_IN_THE_LOG))
    console.print("It counts as sent." if sent else "It is sent again by the next `pantau deliver`.")
