"""`pantau web`: the reader's pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from desk import pages
from desk.verbs.at_desk import at_desk, instant

app = typer.Typer()
console = Console(soft_wrap=True, highlight=False, stderr=True)


@app.command()
def web(
    host: Annotated[str | None, typer.Option(help="Where to listen; PANTAU_WEB_HOST by default.")] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="On which port; PANTAU_WEB_PORT by default, 0 takes a free one."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="INSTANT", help="Let the pages' clock stand there (ISO 8601 with a zone)."),
    ] = None,
) -> None:
    """Serve the reader's pages: editions, stories, search, feeds, and each reader's own page, until Ctrl-C."""
    standing = instant(as_of) if as_of else None
    with at_desk() as settings:
        listener = pages.listen(host or settings.web_host, settings.web_port if port is None else port)
        where, number = listener.getsockname()[:2]
        shown = f"[{where}]" if ":" in where else where
        console.print(f"The reader's pages are at http://{shown}:{number} until you press Ctrl-C.", markup=False)
        pages.serve(settings, lambda: standing or datetime.now(UTC), listener)
