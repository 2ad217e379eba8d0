"""`pantau outlet reread`: what the rules of the working tree would make of pages that are stored already."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from crawlers.outlets import outlet_named
from desk.outlets import rereading
from desk.outlets.rereading import Reread, shown
from desk.steps.demoting import as_trusted
from desk.steps.opened import opened
from desk.verbs.at_desk import at_desk
from processing.errors import PantauError
from processing.store import demotions

EXAMPLES = 3
"""Articles shown for each field."""

console = Console(soft_wrap=True)


def reread(
    name: Annotated[str, typer.Argument(help="An outlet, such as kontan.")],
    write: Annotated[
        bool, typer.Option("--write", help="Write it: new texts as new revisions, the old ones stay.")
    ] = False,
) -> None:
    """Read stored pages again with the rules as they are now, and show what would change; only --write changes it."""
    declared, now = outlet_named(name), datetime.now(UTC)
    with at_desk() as settings, opened(settings) as connection:
        outlet = as_trusted(declared, demotions.standing(connection, as_of=now))
        found = rereading.reread(connection, outlet)
        if not found:
            raise PantauError(
                f"No article of {outlet.title} is stored; `pantau crawl {name}` and `pantau process` bring some."
            )
        _show(found)
        if not write:
            console.print("Nothing was written; --write does it.")
            return
        counts = rereading.write(connection, outlet, found, as_of=now)
    console.print(
        ", ".join(f"{count} {what}" for what, count in sorted(counts.items())) or "There was nothing to write."
    )


def _show(found: list[Reread]) -> None:
    """Show counts by field, some articles of each, and what could not be read."""
    counted = Counter(field for one in found for field in one.changed)
    same = sum(1 for one in found if one.article and not one.changed)
    lost = [one for one in found if one.article is None]
    console.print(
        f"{len(found)} articles: {same} stay the same, {len(found) - same - len(lost)} change, {len(lost)} are lost."
    )
    if counted:
        table = Table("Field", "Articles that change")
        for field, count in counted.most_common():
            table.add_row(field, str(count))
        console.print(table)
    for field in counted:
        for one in [one for one in found if field in one.changed][:EXAMPLES]:
            old, new = (shown(getattr(article, field)) for article in (one.stored.article, one.article))
            console.print(f"{one.stored.article.url}\n  {field}: {old} -> {new}", style="yellow", markup=False)
    for one in lost[:EXAMPLES]:
        console.print(f"{one.stored.article.url}: {one.fault}", style="red", markup=False)
