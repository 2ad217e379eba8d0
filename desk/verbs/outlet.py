"""`pantau outlet`: the engineer's tools for the outlets that are read."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from desk.outlet_table import Reading, Row, rows
from desk.settings import Settings
from desk.verbs import outlet_check, outlet_new, outlet_reread, outlet_trust

app = typer.Typer(help="The outlets: which there are, and how each is read.", no_args_is_help=True)
console = Console()

COLOURS = {Reading.PAGES: "green", Reading.FEED_ONLY: "cyan", Reading.OFF: "yellow", Reading.ABSENT: "dim"}


@app.callback()
def outlet() -> None:
    """Keep `list` a verb of the group while it stands alone."""


@app.command(name="list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="A JSON line an outlet, for machines.")] = False,
) -> None:
    """List the outlets: whose they are, how each is read and why, and what its declaration rests on."""
    every = rows(Settings.load().permitted)
    if as_json:
        sys.stdout.writelines(json.dumps(_as_line(row), ensure_ascii=False) + "\n" for row in every)
        return
    table = Table("Outlet", "Title", "Where", "Owner", "Read by", "Lists", "Evidence")
    for row in every:
        where = f"{row.country} {','.join(row.languages)}"
        listings = str(row.listings) if row.listings else ""
        table.add_row(row.name, escape(row.title), where, row.ownership, _how(row), listings, row.evidence)
    console.print(table)


def _how(row: Row) -> str:
    """Say how an outlet is read, coloured, with the reason where it is not by its pages."""
    how = f"[{COLOURS[row.reading]}]{row.reading}[/]"
    return f"{how}: {escape(row.reason)}" if row.reason else how


def _as_line(row: Row) -> dict[str, Any]:
    return {**asdict(row), "checked": row.checked.isoformat(), "evidence": "live" if row.verified else "documented"}


app.command()(outlet_new.new)
app.command()(outlet_check.check)
app.command()(outlet_reread.reread)
app.command()(outlet_trust.trust)
