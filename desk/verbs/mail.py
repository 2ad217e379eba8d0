"""`pantau mail`: what comes back by mail."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from desk import steps
from desk.settings import Settings
from desk.verbs.at_desk import AsOf, at_desk, instant
from processing.errors import PantauError

app = typer.Typer(help="Bounces, complaints and unsubscribing mails that came back.", no_args_is_help=True)
console = Console(soft_wrap=True)


@app.callback()
def mail() -> None:
    """Read what came back."""


@app.command()
def read(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE|MBOX|MAILDIR|-]", help="Where the mails are; the mailbox of PANTAU_MAILBOX_URL by default."
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Handle mails that came back, each once, and file them; what is not understood is named and left."""
    if source is None and Settings.load().mailbox is None:
        raise PantauError(
            "PANTAU_MAILBOX_URL is not set, so say where the mails are: a file, an mbox, a Maildir, or -."
        )
    with at_desk():
        done = steps.read_mail(as_of=instant(as_of), source=source)
    console.print(", ".join(f"{count} {fate}" for fate, count in done.counts.items()) or "There is no new mail.")
    for line in done.left:
        console.print(f"Left: {line}", style="yellow", markup=False)
