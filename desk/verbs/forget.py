"""`pantau forget URL`: take an article down everywhere."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from desk import steps
from desk.verbs.at_desk import at_desk, instant
from processing.errors import PantauError

app = typer.Typer()
console = Console(soft_wrap=True, highlight=False)


@app.command()
def forget(
    url: Annotated[str, typer.Argument(metavar="URL", help="The article's address.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take an article down everywhere: texts, editions, waiting mail, archive; it is not taken in again."""
    if not (yes or typer.confirm(f"Take {url} down for good?")):
        raise PantauError("Nothing was taken down.")
    with at_desk():
        done = steps.forget(url, as_of=instant(None))
    counts = {
        "texts": done.texts,
        "editions told without it": done.editions,
        "letters blanked": done.letters,
        "pages cut out of the archive": done.records,
        "labels": done.labels,
    }
    console.print(
        f"{done.url} is taken down: {', '.join(f'{count} {what}' for what, count in counts.items())}.", markup=False
    )
    for file in done.left:
        console.print(f"Not to be cut, and it still has something of it: {file}", markup=False)
