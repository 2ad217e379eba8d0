"""`pantau readers import` and `export`: readers as a list that a spreadsheet opens."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from desk.steps.subscribing import Taken, give_list, take_list
from desk.verbs.at_desk import at_desk, instant
from processing.errors import PantauError

app = typer.Typer()
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

MOST_SHOWN = 50
"""Lines of a list that are complained of one by one; of a wrong file all are wrong."""

BYTE_ORDER_MARK = "\ufeff"
"""By it a spreadsheet knows that a file is UTF-8."""


@app.command(name="import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="READERS.csv", help="A list (docs/readers.md); - for standard input.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
) -> None:
    """Take in a list of readers, all of it or nothing; addresses on the suppression list are refused, line by line."""
    content = _content(file)
    with (
        at_desk(),
        Progress(
            "Readers", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=errors, transient=True
        ) as bar,
    ):
        task = bar.add_task("", total=None)
        taken = take_list(
            content,
            as_of=instant(None),
            dry_run=dry_run,
            tell=lambda done, of: bar.update(task, completed=done, total=of),
        )
    _tell(taken, dry_run=dry_run)
    if taken.faults:
        raise typer.Exit(1)


@app.command()
def export(
    to: Annotated[Path | None, typer.Option(metavar="READERS.csv", help="A file; standard output by default.")] = None,
    state: Annotated[str | None, typer.Option(help="Only readers in this state.")] = None,
    desk: Annotated[str | None, typer.Option(metavar="NAME", help="Only readers of this digest.")] = None,
) -> None:
    """Write the readers as a list that `import` takes. It names people: keep it as such."""
    with at_desk():
        text = give_list(state=state, desk=desk)
    if to is None:
        sys.stdout.buffer.write(text.encode())
        return
    try:
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write((BYTE_ORDER_MARK + text).encode())
    except OSError as error:
        raise PantauError(
            f"{to} cannot be written ({error.strerror}); name a file in a folder that is yours."
        ) from None
    console.print(f"{len(text.splitlines()) - 1} readers written to {to}.", markup=False)


def _content(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise PantauError(f"{file} cannot be read ({error.strerror}).") from None


def _tell(taken: Taken, *, dry_run: bool) -> None:
    """Say what became of a list: what is wrong or refused on standard error."""
    for fault in (*taken.faults, *taken.refused)[:MOST_SHOWN]:
        errors.print(str(fault), markup=False)
    left = len(taken.faults) + len(taken.refused) - MOST_SHOWN
    if left > 0:
        errors.print(f"And {left} lines more.")
    if taken.faults:
        console.print(f"Nothing was taken: {len(taken.faults)} lines are wrong. Mend them and import the list again.")
        return
    told = [f"{count} {name}" for name, count in sorted(taken.counts.items())]
    if taken.refused:
        told.append(f"{len(taken.refused)} refused")
    console.print(f"{'It would be' if dry_run else 'Taken'}: {', '.join(told) or 'no readers in the list'}.")
