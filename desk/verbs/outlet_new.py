"""`pantau outlet new`: a declaration and its frozen cases, from what a site offers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

from rich.console import Console
from typer import Argument, Option

from desk.settings import Settings

console = Console(soft_wrap=True)


def new(
    name: Annotated[str, Argument(help="The outlet's key, such as kabar_selatan.")],
    url: Annotated[str, Argument(help="Where it begins: its front page, or that of a desk.")],
    folder: Annotated[
        Path | None, Option(help="Write into this folder (see PANTAU_OUTLET_PATH) instead of the checkout.")
    ] = None,
    delay: Annotated[float, Option(min=0.0, help="Seconds between two requests to a host.")] = 2.0,
) -> None:
    """Declare an outlet from what its site offers, and freeze some of its pages as test cases."""
    from desk.outlets.founding import found_outlet  # noqa: PLC0415 - verbs load what they need

    as_of = datetime.now(UTC)
    work = Path(mkdtemp(prefix="pantau-new-"))
    console.print(f"Looking at {url}; what is fetched stays in {work}", style="dim", markup=False)
    made = found_outlet(name, url, Settings.load(), work, as_of=as_of, delay=delay, folder=folder)
    for sentence in made.proposal.found:
        console.print(f"found   {sentence}", style="green", markup=False)
    for sentence in made.proposal.unsure:
        console.print(f"unsure  {sentence}", style="yellow", markup=False)
    for path in (made.declared, *made.cases):
        console.print(f"wrote   {path}", markup=False)
    console.print(
        f"Next: compare each expected.json with its page, mend the declaration, then run `pantau outlet check {name}`"
        f" and `pantau test tests/outlets -k {name}`.",
        markup=False,
    )
