"""`pantau story`: one story with its timeline; and `story merge` and `story split`, where joining erred."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from desk import steps
from desk.verbs.at_desk import AsOf, at_desk, instant
from desk.verbs.story_page import lines


class _ById(TyperGroup):
    """Takes `story 12` for `story show 12`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0].isdigit():
            args = ["show", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(help="One story: `pantau story ID`; and merges and splits.", no_args_is_help=True, cls=_ById)
console = Console(soft_wrap=True, highlight=False)

Id = Annotated[int, typer.Argument(metavar="ID", help="A story's id, as `pantau search` gives it.")]
Because = Annotated[str, typer.Option("--reason", help="Why, for those who come after.")]


@app.command()
def show(story: Id, as_of: AsOf = None) -> None:
    """Show a story: what it is, why it weighs what it does, and its articles by time. `pantau story ID` does the same."""
    with at_desk() as settings:
        told = steps.story_told(story, as_of=instant(as_of))
    for line, style in lines(told, settings.timezone):
        console.print(line, style=style, markup=False)


@app.command()
def merge(
    stories: Annotated[list[int], typer.Argument(metavar="ID ID...", help="Stories that are one.")],
    reason: Because = "an editor says that they are one",
) -> None:
    """Make stories one; their ids all lead to it from then on."""
    with at_desk():
        kept = steps.merge_stories(stories, as_of=instant(None), reason=reason)
    console.print(f"They are story {kept} now, and every id leads there.", markup=False)


@app.command()
def split(
    story: Id,
    article: Annotated[
        list[str], typer.Option(metavar="URL", help="An article that does not belong; may be repeated.")
    ],
    reason: Because = "an editor says that they are two",
) -> None:
    """Take articles, and what copies them, out of a story; they get an id of their own."""
    with at_desk():
        given = steps.split_story(story, article, as_of=instant(None), reason=reason)
    console.print(f"They are story {given} now.", markup=False)
