"""The forms of a reader's own page: each changes one thing, and leads back to the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from processing.digest.plain import plain
from processing.errors import PantauError
from processing.store import alerts, pages, readers
from web.answers import Visit, see, visit
from web.choices import Draft, Wrong, clock
from web.limiting import FORMS, limits_of
from web.person import GETS_MAIL, of_link, shown

router = APIRouter(prefix="/reader/{signed}")

Text = Annotated[str, Form(max_length=2000), AfterValidator(plain)]


@router.post("/choice")
def choice(
    request: Request,
    signed: str,
    language: Text = "",
    timezone: Text = "",
    send_at: Text = "",
    weekdays: Annotated[list[int] | None, Form()] = None,
    topics: Annotated[list[str] | None, Form()] = None,
    watched: Annotated[list[str] | None, Form()] = None,
    added: Text = "",
    desks: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Take what a reader wants to get, and when."""
    asked = _asked(request)
    draft = Draft(
        language=language,
        timezone=timezone,
        send_at=send_at,
        weekdays=weekdays or (),
        topics=topics or (),
        watched=watched or (),
        added=added,
        desks=desks or (),
    )
    with asked.site.writing() as connection:
        reader = of_link(asked, connection, signed)
        if reader.state in GETS_MAIL:
            known = {series.name for series, _ in pages.desks(connection, editions=1)}
            try:
                wanted = draft.read(known)
            except Wrong as wrong:
                return shown(asked, connection, reader, signed, draft=draft, wrong=wrong)
            readers.choose(connection, reader.id, wanted, as_of=asked.as_of)
    return _back(asked, signed, "saved")


@router.post("/alerts")
def alert(
    request: Request,
    signed: str,
    weight: Annotated[str, Form(pattern="^[1-5]?$")] = "",
    a_day: Annotated[int, Form(ge=1, le=alerts.A_DAY_AT_MOST)] = alerts.DEFAULTS[0],
    quiet_from: Text = "",
    quiet_until: Text = "",
    remove: Annotated[list[int] | None, Form()] = None,
    words: Text = "",
) -> Response:
    """Take what a reader wants to be told of at once."""
    asked = _asked(request)
    with asked.site.writing() as connection:
        reader = of_link(asked, connection, signed)
        if reader.state in GETS_MAIL:
            try:
                hours = clock(quiet_from), clock(quiet_until)
            except Wrong as wrong:
                return shown(asked, connection, reader, signed, wrong=wrong)
            alerts.set_threshold(connection, reader.id, int(weight) if weight else None, a_day, *hours)
            for search in remove or ():
                alerts.drop_search(connection, reader.id, search)
            if words.strip():
                try:
                    alerts.save_search(connection, reader.id, words, as_of=asked.as_of)
                except PantauError:
                    refused = Wrong("wrong_search", words=words[:60], most=alerts.SEARCHES_AT_MOST)
                    return shown(asked, connection, reader, signed, wrong=refused)
    return _back(asked, signed, "saved")


@router.post("/pause")
def pause(request: Request, signed: str, weeks: Annotated[int, Form(ge=0, le=52)] = 0) -> Response:
    """Send nothing for some weeks, or until the reader resumes."""
    asked = _asked(request)
    with asked.site.writing() as connection:
        reader = of_link(asked, connection, signed)
        if reader.state in ("active", "paused"):
            until = asked.as_of + timedelta(weeks=weeks) if weeks else None
            readers.pause(connection, reader.id, until=until, as_of=asked.as_of)
    return _back(asked, signed, "paused")


@router.post("/resume")
def resume(request: Request, signed: str) -> Response:
    """Send again, after a pause, or to a mailbox that works again."""
    asked = _asked(request)
    with asked.site.writing() as connection:
        reader = of_link(asked, connection, signed)
        if reader.state in ("paused", "bounced"):
            readers.change_state(connection, reader.id, "active", reason="resumed on its page", as_of=asked.as_of)
    return _back(asked, signed, "resumed")


@router.post("/unsubscribe")
def unsubscribe(request: Request, signed: str) -> Response:
    """End all mail."""
    asked = _asked(request)
    with asked.site.writing() as connection:
        reader = of_link(asked, connection, signed)
        readers.unsubscribe(connection, reader.token, as_of=asked.as_of, reason="unsubscribed on its page")
    return _back(asked, signed, "unsubscribed")


@router.post("/erase")
def erase(request: Request, signed: str, sure: Annotated[str, Form(max_length=8)] = "") -> Response:
    """Take out all that is known of a reader, once it has said that it is sure."""
    asked = _asked(request)
    with asked.site.writing() as connection:
        reader = of_link(asked, connection, signed)
        if sure != "yes":
            return shown(asked, connection, reader, signed, wrong=Wrong("wrong_sure"))
        readers.erase(connection, reader.address, as_of=asked.as_of)
    return see(asked.path("/goodbye"))


def _asked(request: Request) -> Visit:
    limits_of(request).count(request, FORMS)
    return visit(request)


def _back(asked: Visit, signed: str, done: str) -> Response:
    return see(asked.path(f"/reader/{signed}", done=done))
