"""`pantau retention`: what is old enough to be let go, what is held back, and letting go by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from desk import steps
from desk.settings import Settings
from desk.steps.retaining import Overdue
from desk.verbs.at_desk import AsOf, at_desk, instant
from desk.verbs.story_page import counted
from processing.errors import PantauError

app = typer.Typer()
console = Console(soft_wrap=True, highlight=False)


@app.command()
def retention(
    write: Annotated[bool, typer.Option("--write", help="Let it go now; `upkeep` does so every night.")] = False,
    give_up: Annotated[
        int | None, typer.Option("--give-up", metavar="RUN", help="Give up the pages of a run that was set aside.")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Show which archive files and full texts are old enough to go, and which are held back; only --write lets them go."""
    at = instant(as_of)
    if write and at > instant(None):
        raise PantauError(
            "--as-of has not come yet, and what was let go does not come back: leave --write out to look ahead."
        )
    with at_desk() as settings:
        if give_up is not None:
            console.print(
                f"{counted(steps.give_up(give_up), 'page')} of run {give_up} given up; the file goes in its time."
            )
        found = steps.overdue(as_of=at)
        console.print("\n".join(_told(found, settings)), markup=False)
        if write:
            with Progress(console=Console(stderr=True)) as bar:
                tasks = {what: bar.add_task(what, total=None) for what in ("texts", "archive files")}
                done = steps.let_go(
                    as_of=at, tell=lambda what, did, of: bar.update(tasks[what], completed=did, total=of)
                )
            console.print(f"{counted(done['files'], 'archive file')} and {counted(done['texts'], 'text')} let go.")
        else:
            console.print("Nothing was let go; --write does it, and `upkeep` every night.")


def _told(found: Overdue, settings: Settings) -> Iterator[str]:
    """Say what is old enough, and what is held back."""
    span = f", of {found.files[0].as_of:%Y-%m-%d} to {found.files[-1].as_of:%Y-%m-%d}" if found.files else ""
    yield f"{counted(len(found.files), 'archive file')} {_older(settings.keep_archive)}{span}"
    yield f"{counted(found.texts, 'full text')} {_older(settings.keep_text)}"
    for sentence in found.held:
        yield f"Held back: {sentence}"


def _older(span: timedelta | None) -> str:
    return f"older than {span.days} days" if span else "to go: they are kept for ever"
