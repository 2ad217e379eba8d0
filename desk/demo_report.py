"""What the demo prints at its end: where the digests lie, what became of each fetch, and what failed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table

from processing.model import Fate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from desk.demo_days import Lived
    from desk.mailbox import Mailbox


def report(days: Sequence[Lived], mailbox: Mailbox, console: Console) -> None:
    """Print the outcome of the days; each path stands alone on a line that is not wrapped."""
    console.print()
    console.print(fates_table(days))
    for lived in days:
        for outlet, sentence in lived.failures.items():
            console.print(f"[red]{lived.day.title}, {outlet}[/]", end=": ")
            console.print(sentence, markup=False)
    for message in mailbox.messages():
        console.print(f"\n[bold]Digest {message.number}[/]", end=": ")
        console.print(str(message.message["Subject"]), markup=False)
        for path in filter(None, (message.html, message.text, message.eml)):
            console.print(str(path), markup=False, no_wrap=True, overflow="ignore", crop=False)
    console.print()


def fates_table(days: Sequence[Lived]) -> Table:
    """Tabulate how many fetches of each day met which fate."""
    from desk.settings import Settings  # noqa: PLC0415 - reads the settings that the demo has made
    from desk.steps.opened import opened  # noqa: PLC0415
    from processing.store import fetches  # noqa: PLC0415

    table = Table("Fate of the fetches", *(lived.day.title for lived in days))
    with opened(Settings.load()) as connection:
        counted = [sum(map(Counter, fetches.fates(connection, lived.runs).values()), Counter()) for lived in days]
    for fate in Fate:
        if any(counts[fate] for counts in counted):
            table.add_row(fate.value, *(str(counts[fate]) for counts in counted))
    table.add_row("all", *(str(counts.total()) for counts in counted), style="bold")
    return table
