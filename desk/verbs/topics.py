"""`pantau topics`: the taxonomy checked, and what is stored tagged anew after a change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from desk import steps
from desk.settings import Settings
from desk.steps.corpora import corpus
from desk.verbs import topics_train
from desk.verbs.at_desk import AsOf, at_desk, instant
from processing.topics.collisions import Remark, collisions, entries
from processing.topics.taxonomy import FILE, read_taxonomy
from processing.topics.usage import never, remarks, usage

app = typer.Typer(help="The taxonomy: check it, tag what is stored anew, learn from labels.", no_args_is_help=True)
topics_train.register(app)
console = Console(soft_wrap=True)

ROWS = 10
"""Remarks of a kind, and terms of a topic, that are shown without --all."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A taxonomy; the one that judges by default.")] = FILE,
    on: Annotated[
        Path | None,
        typer.Option(
            metavar="CORPUS.jsonl",
            help="Articles to try it on, as `pantau judge` takes them; by default the stored ones of 90 days.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show every remark, not the first ten of a kind.")] = False,
    as_of: AsOf = None,
) -> None:
    """Say which terms collide, never fire or fire everywhere; ends with 1 if something is wrong, with 0 if all is advice."""
    rules = read_taxonomy(file)
    shown = None if all_ else ROWS
    tried = corpus(Settings.load(), on, as_of=instant(as_of))
    with Console(stderr=True).status(f"Looking for the terms in {len(tried.texts)} articles"):
        counted = usage(rules, tried.texts)
    found = [*collisions(rules), *remarks(rules, counted)]
    languages = ", ".join(f"{count} {words}" for words, count in sorted(counted.articles.items())) or "none"
    console.print(f"{file.name}: {len(rules.topics)} topics, {len(entries(rules))} terms.", markup=False)
    console.print(f"Tried on {tried.name}: {languages}.\n", markup=False, highlight=False)
    wrong = [remark for remark in found if remark.wrong]
    advice = [remark for remark in found if not remark.wrong]
    _show("red", "Wrong", wrong, shown)
    _show("yellow", "Advice", advice, shown)
    _show_never(never(rules, counted), shown)
    console.print(
        f"{len(wrong)} wrong, which should be mended" if wrong else "Nothing is wrong", end=f"; {len(advice)} advice.\n"
    )
    if wrong:
        raise typer.Exit(1)


def _show(colour: str, title: str, found: list[Remark], most: int | None) -> None:
    """Show remarks, those of a kind together; what is to be done stands once where it is the same for all."""
    for kind, group in groupby(sorted(found, key=lambda remark: remark.kind), key=lambda remark: remark.kind):
        rows = list(group)
        alike = len({remark.advice for remark in rows}) == 1
        table = _table("Term", "Where", *([] if alike else ["What to do"]))
        for remark in rows[:most]:
            cells = (remark.term, "\n".join(remark.where), *([] if alike else [remark.advice]))
            table.add_row(*map(escape, cells))
        console.print(f"[{colour}]{title}[/]: [bold]{escape(kind)}[/] ({len(rows)})", highlight=False)
        if alike:
            console.print(rows[0].advice, markup=False, highlight=False)
        console.print(table)
        if most is not None and len(rows) > most:
            console.print(f"  and {len(rows) - most} more; --all shows them", style="dim", highlight=False)
        console.print()


def _show_never(idle: dict[str, tuple[int, list[str]]], most: int | None) -> None:
    """Show the terms of each topic that stood nowhere."""
    table = _table("Topic", "Never", "Of", "Terms")
    for code, (of, terms) in idle.items():
        if terms:
            shown = ", ".join(terms[:most]) + (", …" if most is not None and len(terms) > most else "")
            table.add_row(escape(code), str(len(terms)), str(of), escape(shown))
    if table.row_count:
        console.print("[yellow]Advice[/]: [bold]never stood in these articles[/]", highlight=False)
        console.print("In many articles that says: misspelt, too long, or waiting for its day. In few it says little.")
        console.print(table)
        console.print()


def _table(*columns: str) -> Table:
    """Make a plain table that cuts no word of the file."""
    table = Table(box=SIMPLE, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


@app.command()
def retag(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only what was seen from this day (UTC) on.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")] = False,
    as_of: AsOf = None,
) -> None:
    """Judge stored articles anew whose verdict is by an older taxonomy or rules: the oldest first, and again where it stopped."""
    start = since.replace(tzinfo=UTC) if since else None
    with at_desk(), Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Judging anew", total=None)

        def tell(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        counts = steps.retag(as_of=instant(as_of), since=start, dry_run=dry_run, tell=tell)
    console.print("\n".join(_told(counts, dry_run=dry_run)))


def _told(counts: dict[str, int], *, dry_run: bool) -> Iterable[str]:
    """Say what a retagging did, or would do."""
    if not counts["judged"]:
        return ["Every full text has a verdict by the rules of today; nothing to do."]
    verb = "would be" if dry_run else "were"
    became = f"{counts['relevant']} become relevant, {counts['irrelevant']} no longer are"
    lines = [
        f"{counts['judged']} texts {verb} judged anew: {became}, {counts['retagged']} get other topics.",
        "What editions have shown stays as it was.",
    ]
    if counts["relevant"] and not dry_run:
        lines.append("What became relevant gets its stories from the next `pantau process`.")
    return lines
