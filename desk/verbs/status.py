"""`pantau status`: how the outlets fare, what is demoted, what waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

import typer
from rich.console import Console
from rich.table import Table

from crawlers.outlets import OUTLETS
from desk.steps import retaining
from desk.steps.demoting import in_force
from desk.steps.opened import opened
from desk.verbs.at_desk import AsOf, at_desk, instant
from desk.verbs.counting import counted
from processing.judging import JUDGE
from processing.store import demotions, fetches, overview, retagging, retention
from processing.store.demotions import Demotion

app = typer.Typer()
console = Console(soft_wrap=True)


@app.command()
def status(as_of: AsOf = None) -> None:
    """Show how each outlet fares, which rules are demoted, what waits, what was sent, and what was let go for its age."""
    at = instant(as_of)
    with at_desk() as settings, opened(settings) as connection:
        lines, counts, fates = overview.outlet_lines(connection), overview.counts(connection), fetches.fates(connection)
        older, of = retagging.stale_articles(connection, JUDGE)
        standing = demotions.standing(connection, as_of=at)
        gone, held = retention.tally(connection), list(retaining.held(connection, settings, at))
    table = Table("Outlet", "Last crawl", "Articles", "Relevant", "Problem")
    for line in lines:
        crawled = line.crawled_as_of.astimezone(settings.timezone) if line.crawled_as_of else None
        when = f"{crawled:%Y-%m-%d %H:%M %Z}" if crawled else "never"
        table.add_row(line.title, when, str(line.articles), str(line.relevant), " ".join(line.problems))
    console.print(table)
    for told in _demoted(standing, settings.timezone):
        console.print(told, style="yellow", markup=False)
    for kind, by_fate in fates.items():
        console.print(f"{kind}: {counted(by_fate)}")
    console.print(counted(counts))
    if older:
        console.print(
            f"{older} of {of} articles carry an older judge's verdict; `pantau topics retag` judges them anew, or `upkeep` tonight."
        )
    if gone.last:
        console.print(
            f"Let go for their age: {gone.files} archive files, {gone.texts} full texts; last on {gone.last.astimezone(settings.timezone):%Y-%m-%d}."
        )
    if held:
        console.print(
            f"{len(held)} archive files are held back though they are old enough; `pantau retention` says why.",
            style="yellow",
        )


def _demoted(standing: Sequence[Demotion], zone: tzinfo) -> Iterator[str]:
    """Say which of the rules that outlets have now are demoted, since when and why."""
    for outlet in OUTLETS.values():
        for one in in_force(standing, outlet):
            yield (
                f"{outlet.title}: {one.field} is read without its rules since {one.since.astimezone(zone):%Y-%m-%d %H:%M %Z},"
                f" because {one.reason}; mend the declaration, or say `pantau outlet trust {outlet.name}`."
            )
