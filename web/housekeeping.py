"""What is no page for reading: the privacy page, robots.txt, the health path, and our files."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from processing.store.page import Unavailable, answers
from web.answers import PUBLIC, Gone, kept, page, visit
from web.assets import served
from web.editions import GET

router = APIRouter()

FOREVER = "public, max-age=31536000, immutable"

ROBOTS = """\
# Every page also says noindex, which a robot can only see where it may look: editions and stories are left open for that.
User-agent: *
Disallow: /search
Disallow: /reader/
Disallow: /unsubscribe/
Disallow: /confirm/
Disallow: /subscribe
Disallow: /link
"""


@router.api_route("/privacy", methods=GET)
def privacy(request: Request) -> Response:
    """Say what is kept of readers and visitors, and for how long."""
    return page(visit(request), "privacy.html", cache_control=PUBLIC)


@router.api_route("/robots.txt", methods=GET)
def robots(request: Request) -> Response:
    """Tell robots where they have no business."""
    return kept(request, ROBOTS.encode(), "text/plain; charset=utf-8", PUBLIC)


@router.api_route("/health", methods=GET)
def health(request: Request) -> Response:
    """Tell a proxy whether pages can be made: 200, or 503 while the database is away."""
    try:
        with request.app.state.site.reading() as connection:
            well = answers(connection)
    except Unavailable:
        well = False
    return PlainTextResponse(
        "ok\n" if well else "the database is away\n", 200 if well else 503, {"Cache-Control": "no-store"}
    )


@router.api_route("/static/{name}", methods=GET)
def static(request: Request, name: str) -> Response:
    """Give a file of ours; its name changes with it, so that it may be kept for good."""
    found = served(f"/static/{name}")
    if found is None:
        raise Gone
    return kept(request, found.content, found.media_type, FOREVER)
