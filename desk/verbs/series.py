"""`pantau series`: the digests of desks, each with its topics, language, zone, hour and days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from desk.reader_values import days_text, hour, weekdays, words
from desk.steps.digesting import desk_series
from desk.steps.due import next_due
from desk.steps.opened import opened
from desk.verbs.at_desk import AsOf, at_desk, instant
from processing.digest.choices import checked
from processing.digest.plain import plain
from processing.errors import PantauError
from processing.model import Series
from processing.store import Connection
from processing.store.readers import Choice
from processing.store.series import DESK, all_series, by_name, readers_of, save_series

app = typer.Typer(help="The digests of desks: topics, language, zone, hour, days.", no_args_is_help=True)
console = Console(soft_wrap=True)

Name = Annotated[str, typer.Argument(help="Its name in addresses: lower-case letters, digits, hyphens.")]
Title = Annotated[str | None, typer.Option(help="What readers call it; it stands at the head of the mail.")]
Topics = Annotated[str | None, typer.Option(metavar="CODES", help="Topics, parted by commas; '' means all.")]
Watch = Annotated[str | None, typer.Option(metavar="IDS", help="Entities to watch, parted by commas.")]
Language = Annotated[str | None, typer.Option(help="id or en.")]
Zone = Annotated[str | None, typer.Option(help="A time zone, such as Asia/Jayapura.")]
At = Annotated[str | None, typer.Option(metavar="HH:MM", help="When it goes out, in its zone.")]
Days = Annotated[str | None, typer.Option(help="mon-fri, mon,wed,fri, or daily.")]

WEEK = 7

PERSONAL = re.compile(r"p-[0-9a-f]{12}")
"""Names of readers' own series."""


@app.command()
def add(
    name: Name,
    title: Annotated[str, typer.Option(help="What readers call it; it stands at the head of the mail.")],
    topics: Topics = None,
    watch: Watch = None,
    language: Language = None,
    zone: Zone = None,
    at: At = None,
    days: Days = None,
) -> None:
    """Begin a digest; what is not given is as the desk's own has it. Its first edition comes at its next hour."""
    with at_desk() as settings, opened(settings) as connection:
        known = by_name(connection, name)
        if known and known.active:
            raise PantauError(f"There is a series {name} already; `pantau series change {name}` changes it.")
        usual = replace(desk_series(settings), name=_free(name), title="")
        saved = save_series(connection, _with(usual, title, topics, watch, language, zone, at, days))
    console.print(_said(saved), markup=False)


@app.command()
def change(
    name: Name,
    title: Title = None,
    topics: Topics = None,
    watch: Watch = None,
    language: Language = None,
    zone: Zone = None,
    at: At = None,
    days: Days = None,
) -> None:
    """Change what coming editions are; those of the past stay as they are."""
    with at_desk() as settings, opened(settings) as connection:
        known = _of_a_desk(connection, name)
        saved = save_series(connection, _with(known, title, topics, watch, language, zone, at, days))
    console.print(_said(saved), markup=False)


@app.command()
def remove(name: Name) -> None:
    """End a digest; its past editions stay, and `add` begins it again."""
    with at_desk() as settings, opened(settings) as connection:
        known = _of_a_desk(connection, name)
        save_series(connection, replace(known, active=False))
        count = readers_of(connection).get(known.id, 0)
    left = f" Its {count} readers get no more of it." if count else ""
    console.print(f"{name} appears no more; its editions stay.{left}", markup=False)


@app.command(name="list")
def list_(as_of: AsOf = None) -> None:
    """List the series, with their readers and when each is due next."""
    with at_desk() as settings, opened(settings) as connection:
        save_series(connection, desk_series(settings))
        known, count = all_series(connection), readers_of(connection)
    for series in known:
        console.print(f"{series.name}  {series.title}", style="bold", markup=False)
        days = "daily" if len(series.weekdays) == WEEK else days_text(series.weekdays)
        watched = f", watching {', '.join(series.watched)}" if series.watched else ""
        coming = f"next {next_due(series, instant(as_of)):%Y-%m-%d %H:%M %Z}" if series.active else "ended"
        console.print(
            f"   {_list(series.topics)}{watched}, in {series.language}, {series.send_at:%H:%M} {series.timezone} {days};"
            f" readers: {count.get(series.id, 0)}; {coming}",
            markup=False,
        )


def _with(
    series: Series,
    title: str | None,
    topics: str | None,
    watch: str | None,
    language: str | None,
    zone: str | None,
    at: str | None,
    days: str | None,
) -> Series:
    """Give a series with what was given; raises PantauError, which names the first thing that is wrong."""
    if title is not None and not plain(title):
        raise PantauError("A digest needs a title, such as 'Meja Maritim'.")
    given = replace(
        series,
        active=True,
        title=series.title if title is None else plain(title),
        topics=series.topics if topics is None else words(topics),
        watched=series.watched if watch is None else words(watch),
        language=series.language if language is None else language,
        timezone=series.timezone if zone is None else zone,
        send_at=series.send_at if at is None else hour(at),
        weekdays=series.weekdays if days is None else weekdays(days),
    )
    checked(
        Choice(
            language=given.language,
            timezone=given.timezone,
            send_at=given.send_at,
            weekdays=given.weekdays,
            topics=given.topics,
            watched=given.watched,
        )
    )
    return given


def _of_a_desk(connection: Connection, name: str) -> Series:
    """Give a desk's series that may be changed here."""
    known = by_name(connection, _free(name))
    if known is None:
        raise PantauError(f"There is no series {name!r}; `pantau series list` names those that there are.")
    return known


def _free(name: str) -> str:
    """Refuse the names of series that are not made here."""
    if name == DESK:
        raise PantauError(
            f"{DESK} is the desk's own series: PANTAU_DESK_NAME, PANTAU_LANGUAGE, PANTAU_TIMEZONE and PANTAU_DIGEST_AT make it."
        )
    if PERSONAL.fullmatch(name):
        raise PantauError(f"{name} is the name of a reader's own digest; `pantau readers` changes those.")
    return name


def _said(series: Series) -> str:
    due = next_due(series, instant(None)).astimezone(ZoneInfo(series.timezone))
    return f"{series.name} is {series.title}: {_list(series.topics)}, in {series.language}, next at {due:%Y-%m-%d %H:%M %Z}."


def _list(topics: Sequence[str]) -> str:
    return ", ".join(topics) if topics else "all topics"
