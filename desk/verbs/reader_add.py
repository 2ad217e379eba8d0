"""`pantau readers add`: an address gets a digest, or what it gets is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer
from rich.console import Console

from desk import reader_values as values
from desk.settings import Settings
from desk.steps.digesting import desk_series
from desk.steps.opened import opened
from desk.steps.subscribing import usual_choice
from desk.verbs.at_desk import at_desk, instant
from desk.verbs.reader_table import lines_of
from processing.digest import opt_in
from processing.digest.choices import checked
from processing.errors import PantauError
from processing.store import Connection, readers
from processing.store.readers import Choice, Reader
from processing.store.series import save_series

app = typer.Typer()
console = Console(highlight=False)


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="A mail address.")],
    consent: Annotated[str, typer.Option(help="How this person agreed to get it, kept with the time.")] = "",
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Ask the address by letter, instead of --consent.")
    ] = False,
    name: Annotated[str, typer.Option(help="What to call the reader.")] = "",
    language: Annotated[str | None, typer.Option(metavar="id|en", help="Of digests, letters and pages.")] = None,
    timezone: Annotated[str | None, typer.Option(help="An IANA name, such as Asia/Jakarta.")] = None,
    topics: Annotated[str | None, typer.Option(metavar="A,B", help="Codes of topics; all by default.")] = None,
    watch: Annotated[str | None, typer.Option(metavar="A,B", help="Ids of places, forces or people.")] = None,
    days: Annotated[str | None, typer.Option(metavar="mon-fri", help="Days of the reader's own digest.")] = None,
    at: Annotated[str | None, typer.Option(metavar="06:00", help="Hour of the reader's own digest.")] = None,
    desk: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A desk's digest; may be repeated.")] = None,
) -> None:
    """Give an address a digest, or change what it gets: the desk's by default, with topics or an hour one of its own."""
    if bool(consent) == confirm:
        raise PantauError("Say with --consent how this person agreed to get mail, or let --confirm ask by a letter.")
    values.line_of("--consent", consent)
    values.line_of("--name", name)
    with at_desk() as settings, opened(settings) as connection:
        save_series(connection, desk_series(settings))
        known = readers.by_address(connection, address)
        choice = checked(
            _changed(
                _chosen(connection, known, settings),
                language=language,
                timezone=timezone,
                topics=None if topics is None else values.words(topics),
                watched=None if watch is None else values.words(watch),
                weekdays=None if days is None else values.weekdays(days),
                send_at=None if at is None else values.hour(at),
                desks=None if desk is None else tuple(desk),
            )
        )
        if confirm:
            _invite(connection, address, choice, settings)
            return
        reader = readers.add(connection, address, choice, consent_source=consent, as_of=instant(None), name=name)
        for line in lines_of(connection, reader, settings.timezone):
            console.print(line, markup=False, soft_wrap=True)


def _chosen(connection: Connection, known: Reader | None, settings: Settings) -> Choice:
    """Give the choice that is changed: the reader's, or the desk's digest for one who gets none."""
    return readers.choice_of(connection, known.id) if known and known.series else usual_choice(settings)


def _changed(choice: Choice, **given: object) -> Choice:
    """Give a choice with what was given. A choice of hour or topics alone means a digest of one's own, not the desk's."""
    told = {name: value for name, value in given.items() if value is not None}
    if told and "desks" not in told and not (choice.topics or choice.watched):
        told["desks"] = ()
    return replace(choice, **told)  # type: ignore[arg-type]


def _invite(connection: Connection, address: str, choice: Choice, settings: Settings) -> None:
    opt_in.ask(
        connection,
        address,
        choice,
        source="invited by the operator",
        sender=settings.sender,
        web_url=settings.web_url,
        as_of=instant(None),
        invited=True,
    )
    console.print(
        "A letter waits in the outbox, unless the address bounced, complained, or got one today. The digest begins once"
        " the address confirms it, within seven days.",
        soft_wrap=True,
    )
