"""The way in: asking for the digest, confirming that one asked, and a fresh link to one's own page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import AfterValidator

from processing import tokens
from processing.digest import opt_in
from processing.digest.links import READER_LINK
from processing.digest.plain import plain
from processing.errors import PantauError
from processing.store import letters
from processing.store.page import Unavailable
from processing.store.readers import NothingToConfirm
from processing.tokens import TokenRefused
from web.answers import Gone, Visit, page, see, visit
from web.choices import Draft, Wrong, zones
from web.editions import GET
from web.limiting import FAILED_TOKENS, FORMS, LETTERS, limits_of
from web.stories import topic_labels

router = APIRouter()

Text = Annotated[str, Form(max_length=300), AfterValidator(plain)]
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@router.api_route("/subscribe", methods=GET)
def form(request: Request) -> Response:
    """Show the form, where anybody may subscribe."""
    asked = _open(request)
    draft = Draft(
        language=asked.language,
        timezone=asked.site.desk.timezone,
        send_at=f"{asked.site.desk.send_at:%H:%M}",
        weekdays=EVERY_DAY,
        topics=(),
    )
    return _form(asked, draft)


@router.post("/subscribe")
def subscribe(
    request: Request,
    address: Text = "",
    language: Text = "",
    timezone: Text = "",
    send_at: Text = "",
    weekdays: Annotated[list[int] | None, Form()] = None,
    topics: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Write to an address, whether it wants what was chosen; the answer says nothing of who is a reader."""
    asked = _open(request)
    limits_of(request).count(request, LETTERS)
    draft = Draft(language=language, timezone=timezone, send_at=send_at, weekdays=weekdays or (), topics=topics or ())
    try:
        choice = draft.read()
    except Wrong as wrong:
        return _form(asked, draft, address=address, wrong=wrong)
    try:
        with asked.site.writing() as connection:
            opt_in.ask(
                connection,
                address,
                choice,
                source=f"the page {asked.site.web_url}/subscribe",
                sender=asked.site.sender,
                web_url=asked.site.web_url,
                as_of=asked.as_of,
            )
    except Unavailable:
        raise
    except PantauError:
        return _form(asked, draft, address=address, wrong=Wrong("wrong_address"))
    return see(asked.path("/subscribe", done="asked"))


def _form(asked: Visit, draft: Draft, *, address: str = "", wrong: Wrong | None = None) -> Response:
    topics = sorted(topic_labels(asked.language).items(), key=lambda one: one[1])
    given: dict[str, Any] = {"draft": draft, "address": address, "wrong": wrong, "topics": topics, "zones": zones()}
    return page(asked, "subscribe.html", status=422 if wrong else 200, **given)


def _open(request: Request) -> Visit:
    asked = visit(request)
    if not (asked.site.subscription and asked.site.web_url):
        raise Gone
    return asked


@router.api_route("/confirm/{signed}", methods=GET)
def ask(request: Request, signed: str) -> Response:
    """Show a button: programs that look at links must not confirm."""
    return page(visit(request), "confirm.html", signed=signed, refused=False)


@router.post("/confirm/{signed}")
def confirm(request: Request, signed: str) -> Response:
    """Subscribe whom the link is for, and lead to the reader's own page."""
    asked = visit(request)
    limits = limits_of(request)
    limits.count(request, FORMS)
    limits.check(request, FAILED_TOKENS)
    try:
        with asked.site.writing() as connection:
            reader = opt_in.confirm(connection, signed, as_of=asked.as_of)
            own = tokens.sign(letters.signing_key(connection), READER_LINK, reader.token, asked.as_of)
    except (TokenRefused, NothingToConfirm):
        limits.count(request, FAILED_TOKENS)
        return page(asked, "confirm.html", status=410, signed=signed, refused=True)
    return see(asked.path(f"/reader/{own}", done="confirmed"))


@router.api_route("/link", methods=GET)
def lost(request: Request) -> Response:
    """Show the form that mails a link to one's own page."""
    return page(visit(request), "link.html", expired=False)


@router.post("/link")
def mail_link(request: Request, address: Text = "") -> Response:
    """Mail a reader its link; the answer is the same whoever asks for whomever."""
    asked = visit(request)
    limits_of(request).count(request, LETTERS)
    if not asked.site.web_url:
        raise Gone
    with asked.site.writing() as connection:
        opt_in.send_link(connection, address, sender=asked.site.sender, web_url=asked.site.web_url, as_of=asked.as_of)
    return see(asked.path("/link", done="sent"))
