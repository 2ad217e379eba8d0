"""A reader's own page, by a signed link: what comes when, alerts, a pause, and the way out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from processing import tokens
from processing.digest.links import READER_LINK, READER_LINK_VALID
from processing.store import Connection, alerts, letters, pages, readers
from processing.store.readers import Reader
from processing.tokens import TokenRefused
from web.answers import Visit, page, visit
from web.choices import Draft, Wrong, offered, zones
from web.editions import GET
from web.limiting import FAILED_TOKENS, limits_of
from web.stories import topic_labels

router = APIRouter()

WEEKS = (1, 2, 4)
"""Lengths of a pause that are offered; 0 is one without an end."""

WEIGHTS = (5, 4, 3, 2)
GETS_MAIL = frozenset({"active", "paused", "bounced"})
"""The states in which there is something to choose."""


class Expired(Exception):
    """A link that is too old, not complete, or of nobody any more: all are answered alike."""


def of_link(asked: Visit, connection: Connection, signed: str) -> Reader:
    """Give the reader that a signed link is for; raises Expired, and TooMany for a client that tries many."""
    limits = limits_of(asked.request)
    limits.check(asked.request, FAILED_TOKENS)
    try:
        token = tokens.read(
            letters.signing_key(connection), READER_LINK, signed, as_of=asked.as_of, valid_for=READER_LINK_VALID
        )
    except TokenRefused as refused:
        limits.count(asked.request, FAILED_TOKENS)
        raise Expired from refused
    reader = readers.by_token(connection, token)
    if reader is None:
        raise Expired
    return reader


@router.api_route("/reader/{signed}", methods=GET)
def own(request: Request, signed: str) -> Response:
    """Show a reader what it gets, and the forms that change it."""
    asked = visit(request)
    with asked.site.writing() as connection:  # the signing key is made at its first use
        reader = of_link(asked, connection, signed)
        return shown(asked, connection, reader, signed)


def shown(
    asked: Visit,
    connection: Connection,
    reader: Reader,
    signed: str,
    *,
    draft: Draft | None = None,
    wrong: Wrong | None = None,
) -> Response:
    """Show the page, with what was typed where that could not be taken."""
    spoken = asked.speaking_as(reader.language, reader.timezone)
    wishes = alerts.wishes(connection, reader.id)
    given: dict[str, Any] = {
        "reader": reader,
        "base": f"/reader/{signed}",
        "draft": draft or Draft.of(readers.choice_of(connection, reader.id)),
        "wishes": wishes,
        "desks": [series for series, _ in pages.desks(connection, editions=1)],
        "topics": sorted(topic_labels(spoken.language).items(), key=lambda one: one[1]),
        "offered": offered(spoken.language),
        "zones": zones(),
        "weeks": WEEKS,
        "weights": WEIGHTS if wishes.weight in (*WEIGHTS, None) else (*WEIGHTS, wishes.weight),
        "chooses": reader.state in GETS_MAIL,
        "wrong": wrong,
        "a_day_at_most": alerts.A_DAY_AT_MOST,
        "longest_search": alerts.LONGEST,
    }
    return page(spoken, "reader.html", status=422 if wrong else 200, **given)
