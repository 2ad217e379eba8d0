"""`pantau search`: stories and articles by their words."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from desk import steps
from desk.verbs.at_desk import AsOf, at_desk, instant
from desk.verbs.spans import since as since_when
from desk.verbs.story_page import counted, when
from processing.digest.plain import plain
from processing.digest.snippet import snippet
from processing.model import Portrait
from processing.store.search import Hit

app = typer.Typer()
console = Console(soft_wrap=True, highlight=False)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help='Words, as a web search takes them: "a phrase", or, -not.')],
    since: Annotated[
        str | None, typer.Option(metavar="SPAN", help="First seen so long ago at most: 36h, 7d, 2w, or since a day.")
    ] = None,
    topic: Annotated[str | None, typer.Option(metavar="CODE", help="Of this topic, such as maritime.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Stories, and articles, at most.")] = 10,
    as_of: AsOf = None,
) -> None:
    """Find stories and articles by their words, in Indonesian and English, the best first."""
    now = instant(as_of)
    with at_desk() as settings:
        begin = since_when(since, now, settings.timezone)
        found = steps.search(" ".join(words), as_of=now, since=begin, topic=topic, limit=limit)
    if not found.articles:
        console.print("Nothing was found; try fewer words, another spelling, or a longer --since.")
        return
    if found.stories:
        console.print("STORIES\n", style="bold")
    for portrait, hit, matching in found.stories:
        _story(portrait, hit, matching, settings.timezone)
    console.print("ARTICLES\n", style="bold")
    for hit in found.articles:
        of = f", story {hit.story}" if hit.story is not None else ""
        console.print(f"{plain(hit.title)}", style="bold", markup=False)
        console.print(f"{hit.outlet}, {when(hit.first_seen_at, settings.timezone)}{of}", markup=False)
        console.print(snippet(hit.marked), markup=False)
        console.print(f"{hit.url}\n", style="dim", markup=False)


def _story(portrait: Portrait, hit: Hit, matching: int, zone: ZoneInfo) -> None:
    story = portrait.story
    outlets = len({article.outlet for article in story.articles})
    seen = f"{when(story.first_seen_at, zone)} to {when(story.last_seen_at, zone)}"
    console.print(f"{story.id}  {portrait.headline.title}", style="bold", markup=False)
    console.print(
        f"{portrait.standing}, {counted(len(story.articles), 'article')} of {counted(outlets, 'outlet')}, {len(portrait.newsrooms)} independent,"
        f" {seen}; matching: {matching}",
        markup=False,
    )
    console.print(f"{snippet(hit.marked)} ({hit.outlet})\n", markup=False)
