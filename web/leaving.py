"""Unsubscribing by the link of a mail (RFC 8058): a POST ends the mail, looking at the page never does."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from processing.store import readers
from web.answers import page, visit
from web.editions import GET
from web.limiting import ONE_CLICKS, limits_of

router = APIRouter()


@router.api_route("/unsubscribe/{token}", methods=GET)
def ask(request: Request, token: str) -> Response:
    """Show a button: programs that look at links come here too, and must not unsubscribe anybody."""
    asked = visit(request)
    with asked.site.reading() as connection:
        reader = readers.by_token(connection, token)
    spoken = asked.speaking_as(reader.language, reader.timezone) if reader else asked
    return page(spoken, "unsubscribe.html", token=token, done=False)


@router.post("/unsubscribe/{token}")
def leave(request: Request, token: str) -> Response:
    """End the mail, whoever posts and whatever the body says; a token that nobody has is answered alike."""
    limits_of(request).count(request, ONE_CLICKS)
    asked = visit(request)
    with asked.site.writing() as connection:
        reader = readers.unsubscribe(connection, token, as_of=asked.as_of, reason="unsubscribed by the link of a mail")
    spoken = asked.speaking_as(reader.language, reader.timezone) if reader else asked
    return page(spoken, "unsubscribe.html", token=token, done=True)


@router.api_route("/goodbye", methods=GET)
def goodbye(request: Request) -> Response:
    """Say that all is erased; the page knows nobody."""
    return page(visit(request), "goodbye.html")
