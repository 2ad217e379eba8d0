"""`pantau outlet check`: the rules of one outlet beside what else finds its fields."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from crawlers.outlets import outlet_named
from desk.outlets.checking import Compared, Verdict, compare, falls_short
from desk.outlets.stored_pages import Held, archived, frozen, live
from desk.settings import Settings
from processing.errors import PantauError
from processing.extraction import read_entries
from processing.model import Outlet, ReadMode

COLOURS = {
    Verdict.AGREE: "green",
    Verdict.DIFFERS: "yellow",
    Verdict.NOTHING: "yellow",
    Verdict.WORSE: "red",
    Verdict.NO_RULE: "dim",
}
LONGEST = 48

console = Console()


def check(
    name: Annotated[str, typer.Argument(help="An outlet, such as kontan.")],
    warc: Annotated[Path | None, typer.Option(help="Check on the pages of this WARC file.")] = None,
    live: Annotated[bool, typer.Option("--live", help="Check on a few of today's pages.")] = False,
) -> None:
    """Show, field by field, what structured data, the rules and the generic reader find; exit code 1 where a rule falls short."""
    outlet = outlet_named(name)
    pages = _pages(outlet, warc, today=live)
    if outlet.mode is ReadMode.FEED_ONLY:
        _check_feeds(outlet, pages)
        return
    compared = [one for held in pages for one in compare(held, outlet)]
    for held in pages:
        console.print(_table(held.label, [one for one in compared if one.label == held.label]))
    short = falls_short(compared)
    for field, why in short.items():
        console.print(f"{name}: the rule for {field} {why}.", style="red", markup=False, soft_wrap=True)
    if short:
        raise typer.Exit(1)
    console.print(f"{name}: no rule falls short on {len(pages)} pages.", style="green")


def _pages(outlet: Outlet, warc: Path | None, *, today: bool) -> list[Held]:
    """Give the pages asked for; none is a PantauError."""
    if today:
        work = Path(mkdtemp(prefix="pantau-check-"))
        return live(outlet, Settings.load(), work, as_of=datetime.now(UTC))
    pages = archived(warc, outlet) if warc else frozen(outlet.name)
    if not pages:
        where = str(warc) if warc else f"tests/outlets/{outlet.name}"
        raise PantauError(f"{where} holds no page of {outlet.title} to check its rules on; --live fetches some.")
    return pages


def _check_feeds(outlet: Outlet, feeds: list[Held]) -> None:
    """Say how many entries the feed of a feed_only outlet gives; fewer than a case expects falls short."""
    for held in feeds:
        found, due = len(read_entries(held.pages[0], outlet)), len(held.expected.get("entries", ()))
        console.print(f"{held.label}: {found} entries read, {due} expected", style="green" if found >= due else "red")
        if found < due:
            raise typer.Exit(1)


def _table(title: str, rows: list[Compared]) -> Table:
    """Set the sources side by side."""
    table = Table(
        "Field", "Structured data", "Rules", "Generic reader", "Verdict", title=escape(title), title_justify="left"
    )
    for row in rows:
        shown = [escape(_short(value)) for value in (row.structured, row.ruled, row.generic)]
        table.add_row(row.field, *shown, f"[{COLOURS[row.verdict]}]{row.verdict}[/]")
    return table


def _short(value: Any) -> str:
    """Show a value in a cell: of a text its size and beginning."""
    if not value:
        return "-"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, tuple) and len(value) > 1 and sum(map(len, value)) > 2 * LONGEST:
        return f"{len(value)} paragraphs, {sum(map(len, value))} characters: {value[0][:LONGEST]}…"
    text = value if isinstance(value, str) else ", ".join(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
