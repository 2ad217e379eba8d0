"""The application: its pages, what stands before them, and what is answered where one cannot be made."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from processing.store.page import Unavailable
from web import editions, feeds, housekeeping, joining, leaving, person, person_forms, searching, stories
from web.answers import Gone, page, visit
from web.guard import Guard, origin_of
from web.limiting import Limits, TooMany
from web.person import Expired
from web.site import Site

THREADS = 16
"""Pages made at a time, each with a connection of its own: what the database sees of us at most."""

NOT_FOUND = 404

log = logging.getLogger("pantau.web")


@asynccontextmanager
async def _bounded(_: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


def application(site: Site) -> ASGIApp:
    """Give the application that serves a desk's pages."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False, lifespan=_bounded)
    app.state.site = site
    app.state.limits = Limits()
    for room in (editions, stories, searching, feeds, housekeeping, person, person_forms, leaving, joining):
        app.include_router(room.router)
    for kind, answer in (
        (Gone, _gone),
        (HTTPException, _gone),
        (RequestValidationError, _not_understood),
        (TooMany, _too_many),
        (Expired, _expired),
        (Unavailable, _away),
        (Exception, _broken),
    ):
        app.add_exception_handler(kind, answer)
    return Guard(app, https=site.https, origin=origin_of(site.web_url))


def _gone(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    return _sorry(request, "gone" if status == NOT_FOUND else "refused", status)


def _not_understood(request: Request, _: Exception) -> Response:
    return _sorry(request, "refused", 400)


def _too_many(request: Request, error: Exception) -> Response:
    answer = _sorry(request, "too_many", 429)
    answer.headers["Retry-After"] = str(error.retry_after if isinstance(error, TooMany) else 60)
    return answer


def _expired(request: Request, _: Exception) -> Response:
    return page(visit(request), "link.html", status=410, expired=True)


def _away(request: Request, error: Exception) -> Response:
    log.error("%s", error)
    answer = _sorry(request, "away", 503)
    answer.headers["Retry-After"] = "30"
    return answer


def _broken(request: Request, _: Exception) -> Response:
    """Say that a page could not be made; the server logs why, the visitor gets no trace of it."""
    return _sorry(request, "broken", 500)


def _sorry(request: Request, what: str, status: int) -> Response:
    return page(visit(request), "sorry.html", status=status, what=what)
