"""`pantau backfill`: pages of declared outlets out of the WARC files of a public web archive, such as CC-NEWS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from desk.backfill.files import Place, files
from desk.backfill.selecting import Counts
from desk.backfill.sorting import Taking
from desk.steps.backfilling import Backfilled, asked
from desk.steps.backfilling import backfill as taken_in
from desk.verbs.at_desk import AsOf, at_desk, instant
from desk.verbs.spans import since as span

app = typer.Typer()
console = Console(soft_wrap=True, highlight=False)


@app.command()
def backfill(
    warcs: Annotated[
        list[str],
        typer.Argument(
            metavar="WARC...", help="WARC files, folders of them, or lists of paths (warc.paths.gz); also URIs."
        ),
    ],
    outlets: Annotated[
        list[str] | None, typer.Option("--outlet", help="Of this outlet alone; may be said again. All by default.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="What the archive had from then on: a day, or 36h, 7d, 2w back.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="What it had before then: the day itself is not taken.")] = None,
    most: Annotated[int | None, typer.Option("--max", min=1, help="Take so many pages at most.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Files gone through at once.")] = 1,
    base: Annotated[
        str | None, typer.Option(help="Where the lines of a list begin, such as https://data.commoncrawl.org.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Also files that were gone through before.")] = False,
    as_of: AsOf = None,
) -> None:
    """Take the pages of our outlets out of others' WARC files and queue them; `process` then reads them."""
    when = instant(as_of)
    found = files(warcs, base)
    with at_desk() as settings:
        what = asked(
            as_of=when,
            names=outlets or (),
            since=span(since, when, settings.timezone),
            until=span(until, when, settings.timezone, "--until"),
        )
        with _progress(found) as progress:
            task = progress.add_task("Going through", total=_total(found), records=0)

            def told(size: int, records: int) -> None:
                progress.update(task, advance=size, records=progress.tasks[0].fields["records"] + records)

            done = list(_told(taken_in(found, what, most=most, workers=workers, again=again, told=told), progress))
    _sum_up(done, len(found))
    if any(one.fault for one in done):
        raise typer.Exit(1)


def _progress(found: list[Place]) -> Progress:
    """Make a bar on standard error: of bytes, where the files say how many they have."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TextColumn("{task.fields[records]:,} records" + (f" in {len(found)} files" if len(found) > 1 else "")),
        console=Console(stderr=True, soft_wrap=True),
        transient=True,
    )


def _total(found: Iterable[Place]) -> int | None:
    sizes = [place.size for place in found]
    return None if None in sizes else sum(size or 0 for size in sizes)


def _told(done: Iterable[Backfilled], progress: Progress) -> Iterable[Backfilled]:
    """Say of each file what is wrong with it, as soon as that is known."""
    for one in done:
        if one.fault:
            progress.console.print(one.fault, style="red", markup=False)
        elif one.before:
            progress.console.print(f"{one.uri} was gone through as of {one.before:%Y-%m-%d %H:%M %Z}.", markup=False)
        yield one


def _sum_up(done: list[Backfilled], files_found: int) -> None:
    """Print the records of each outlet by fate, and of all."""
    counts: Counts = sum((one.counts for one in done), Counter())
    for name in sorted({outlet for outlet, _ in counts if outlet}):
        console.print(f"{name}: {_fates(counts, name)}", markup=False)
    taken = sum(count for (_, fate), count in counts.items() if fate is Taking.TAKEN)
    rest = _fates(counts, "")
    console.print(
        f"{counts.total():,} records in {len([one for one in done if not one.before])} of {files_found} files: {taken:,} pages taken"
        + (f"; {rest}." if rest else ".")
    )
    if taken:
        console.print("They wait: `pantau process` reads them, or the desk by and by.")


def _fates(counts: Counts, outlet: str) -> str:
    """Name the fates of an outlet's records, in the order of the list of fates."""
    return ", ".join(f"{counts[outlet, fate]:,} {fate}" for fate in Taking if counts[outlet, fate])
