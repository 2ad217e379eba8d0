"""`pantau crawl`, `process` and `digest`: single steps of the route, without Airflow."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import track

from desk import steps
from desk.importing import import_pages
from desk.verbs.at_desk import AsOf, at_desk, instant
from desk.verbs.counting import counted
from processing.errors import PantauError
from processing.store.series import DESK

app = typer.Typer()
console = Console(soft_wrap=True)


class Part(StrEnum):
    """A part of an edition."""

    SUBJECT = "subject"
    TEXT = "text"
    HTML = "html"


@app.command()
def crawl(
    outlets: Annotated[list[str], typer.Argument(metavar="OUTLET...", help="Names of outlets, such as kontan.")],
    as_of: AsOf = None,
) -> None:
    """Crawl outlets and queue what they gave; `process` then reads it."""
    when = instant(as_of)
    failed = 0
    with at_desk():
        for outlet in outlets:
            try:
                brought = steps.crawl(outlet, as_of=when)
            except steps.CrawlFailed as failure:
                console.print(str(failure), style="red", markup=False)
                failed += 1
            else:
                counted = ", ".join(f"{count} {fate}" for fate, count in sorted(brought["fetches"].items()))
                console.print(f"{outlet}: run {brought['run']}, {counted}", markup=False)
    if failed:
        raise typer.Exit(1)


@app.command()
def process(
    warc: Annotated[
        Path | None, typer.Option(help="Take in the pages of a WARC file, or of a folder (*.jsonl with url and file).")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Read, judge and join whatever waits on the queue."""
    when = instant(as_of)
    if warc and not warc.exists():
        raise PantauError(f"There is no {warc} to take pages from.")
    with at_desk():
        if warc:
            import_pages(warc, as_of=when)
        fates: Counter[str] = Counter()
        failed = 0
        for run in track(steps.waiting_runs(None), description="Reading", console=Console(stderr=True)):
            try:
                fates += Counter(steps.process_run(run))
            except steps.ReadingFailed as failure:
                console.print(str(failure), style="red", markup=False)
                failed += 1
        joined = steps.join_stories(as_of=when)
    console.print(", ".join(f"{count} {fate}" for fate, count in sorted(fates.items())) or "Nothing waited.")
    console.print(f"{joined['joined']} articles joined to stories, {joined['begun']} of them new stories.")
    if joined["merged"]:
        console.print(f"{joined['merged']} stories were found to be one with another; `pantau story ID` says why.")
    if failed:
        raise typer.Exit(1)


@app.command()
def digest(
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The edition of that day; the last one due by default."),
    ] = None,
    series: Annotated[str | None, typer.Option(help="Of this series alone; `pantau series list` names them.")] = None,
    mail: Annotated[
        bool, typer.Option("--mail", help="Mail an edition of the past to its readers, each once.")
    ] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Only show it: store nothing, send nothing.")] = False,
    show: Annotated[
        Part | None, typer.Option(help="Print a part of the stored edition, byte for byte: subject, text or html.")
    ] = None,
    rerender: Annotated[
        bool,
        typer.Option("--rerender", help="Render the stored edition anew; it tells the same, and nobody is mailed."),
    ] = False,
    as_of: AsOf = None,
) -> None:
    """Build the editions that are due and mail them; with --date, --series or --as-of build one by hand, and mail nobody."""
    when = instant(as_of)
    on = day.date() if day else None
    if sum((preview, show is not None, rerender)) > 1 or (mail and (preview or show or rerender)):
        raise PantauError("Take one of --preview, --show, --rerender and --mail.")
    with at_desk() as settings:
        if preview:
            _preview(settings.home.data, when, on, series or DESK)
        elif show:
            stored = steps.stored_edition(as_of=when, day=on, series=series or DESK)
            typer.echo({"subject": stored.subject, "text": stored.text, "html": stored.html}[show], nl=False)
        elif rerender:
            stored = steps.rerender(as_of=when, day=on, series=series or DESK)
            told = stored.edition
            cutoff = told.cutoff.astimezone(ZoneInfo(told.series.timezone))
            console.print(f"Rendered anew: {told.series.name}, {cutoff:%Y-%m-%d %H:%M %Z}.")
        elif day or series or as_of or mail:
            built = steps.build_editions(as_of=when, day=on, series=series, mail=mail)
            sent = f"deliveries: {counted(steps.deliver(as_of=when))}" if mail else "nobody was mailed (--mail does)"
            console.print(f"{len(built)} editions built; {sent}.")
        else:
            _serve(when)


def _serve(when: datetime) -> None:
    """Do what a tick does."""
    try:
        served = steps.serve(as_of=when)
    except steps.NothingDue as nothing:
        console.print(f"{nothing} With --date, an edition is built by hand.", markup=False)
        return
    console.print(f"{len(served)} editions built; deliveries: {counted(steps.deliver(as_of=when))}.")


def _preview(folder: Path, when: datetime, on: date | None, series: str) -> None:
    """Write an edition's parts to files, and name them."""
    shown = steps.preview(as_of=when, day=on, series=series)
    for name, text in (("digest.html", shown.html), ("digest.txt", shown.text)):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        console.print(str(path), markup=False)
