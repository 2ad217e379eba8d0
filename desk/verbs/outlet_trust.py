"""`pantau outlet trust`: rules that were demoted are used again, because a person says so."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from crawlers.outlets import outlet_named
from desk.steps import demoting
from desk.steps.opened import opened
from desk.verbs.at_desk import AsOf, at_desk, instant

console = Console(soft_wrap=True)


def trust(
    name: Annotated[str, typer.Argument(help="An outlet, such as kontan.")],
    as_of: AsOf = None,
) -> None:
    """Use an outlet's rules again that a run demoted; `pantau status` shows which. Changed rules need no such word."""
    outlet = outlet_named(name)
    with at_desk() as settings, opened(settings) as connection:
        fields = demoting.trust(connection, outlet, as_of=instant(as_of))
    if fields:
        told = f"the rules for {', '.join(fields)} are used again, for what is read from now on."
    else:
        told = "none of the rules it has now is demoted."
    console.print(f"{outlet.title}: {told}", markup=False)
