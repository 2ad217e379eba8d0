"""The operator's pages: server-rendered, without scripts, read-only, and each behind Airflow's own check of who may look."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from airflow.api_fastapi.auth.managers.models.resource_details import DagAccessEntity
from airflow.api_fastapi.core_api.security import requires_access_dag
from fastapi import Depends, FastAPI, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from jinja2 import Environment
from markupsafe import Markup
from starlette.exceptions import HTTPException

from processing.errors import PantauError
from processing.templating import TEMPLATES, environment

FILES = TEMPLATES / "operator"
PAGES = {"": "Sources", "road": "Why is it not in the digest?", "fates": "Fates", "post": "Editions and mail"}

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""On every answer. Airflow shows the pages in a frame of its own origin."""

may_look = Depends(requires_access_dag("GET", DagAccessEntity.RUN, "digest"))
"""Who may see the runs of the digest may see what they worked on."""

app = FastAPI(title="Pantau", docs_url=None, redoc_url=None, openapi_url=None)

Page = Annotated[int, Query(ge=1, le=10_000)]


@app.middleware("http")
async def strict(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Put the headers on every answer, and a sentence in place of a fault that a person can mend."""
    try:
        response = await answer(request)
    except PantauError as error:
        response = _page(request, "error.html", 503, sentence=str(error))
    response.headers.update(HEADERS)
    return response


@app.get("/", dependencies=[may_look])
def sources(request: Request) -> HTMLResponse:
    """Show every outlet, those in trouble first; on a desk without a clock (the demo's) as of its last run."""
    now = datetime.now(UTC) if os.environ.get("PANTAU_CLOCK", "on") == "on" else None
    as_of, listed = _steps().sources(as_of=now, connection=_connection)
    return _page(request, "sources.html", as_of=as_of, sources=listed)


@app.get("/road", dependencies=[may_look])
def road(request: Request, url: Annotated[str, Query(max_length=2_000)] = "") -> HTMLResponse:
    """Follow an address: what was fetched, how it was judged, where it went."""
    answer = _steps().road(url, connection=_connection) if url.strip() else None
    return _page(request, "road.html", url=url, answer=answer)


@app.get("/fates", dependencies=[may_look])
def fates(request: Request, outlet: Annotated[str, Query(max_length=100)] = "", page: Page = 1) -> HTMLResponse:
    """Show the newest runs with the fates of their fetches, and what was not kept."""
    return _page(request, "fates.html", found=_steps().fates(outlet or None, page, connection=_connection), page=page)


@app.get("/post", dependencies=[may_look])
def post(request: Request, page: Page = 1) -> HTMLResponse:
    """Show the editions, their deliveries, and what is in doubt."""
    return _page(request, "post.html", post=_steps().post(page, connection=_connection), page=page)


@app.get("/style.css")
def style() -> Response:
    """Give the style sheet; it holds nothing that needs a login."""
    return PlainTextResponse((FILES / "style.css").read_text("utf-8"), media_type="text/css")


@app.get("/icon.svg")
@app.get("/icon-dark.svg")
def icon(request: Request) -> Response:
    """Give the menu's icon."""
    return Response((FILES / request.url.path.rpartition("/")[2]).read_bytes(), media_type="image/svg+xml")


@app.exception_handler(HTTPException)
async def refused(request: Request, error: HTTPException) -> HTMLResponse:
    """Say in a sentence why a page is not shown."""
    sentence = {
        401: "Log in to Airflow first; then open this page again.",
        403: "You may not see the runs of the digest, so you may not see these pages: ask Airflow's administrator.",
        404: "There is no such page.",
    }.get(error.status_code, str(error.detail))
    return _page(request, "error.html", error.status_code, sentence=sentence)


def _steps() -> Any:
    """Give the desk's steps, loaded when the first page is asked for: Airflow's start does not wait for them."""
    from desk.steps import overseeing  # noqa: PLC0415

    return overseeing


def _connection(id_: str) -> str | None:
    """Give the URI of a connection that the operator set in Airflow, None where there is none."""
    from airflow.exceptions import AirflowNotFoundException  # noqa: PLC0415
    from airflow.models.connection import Connection  # noqa: PLC0415

    try:
        return Connection.get_connection_from_secrets(id_).get_uri()
    except AirflowNotFoundException:
        return None


def _page(request: Request, template: str, status: int = 200, **told: Any) -> HTMLResponse:
    here = request.url.path.rstrip("/").rpartition("/")[2]
    root = request.scope.get("root_path", "").rstrip("/")
    html = (
        _templates().get_template(template).render(pages=PAGES, here=here if here in PAGES else "", root=root, **told)
    )
    return HTMLResponse(html, status)


@cache
def _templates() -> Environment:
    pages = environment("operator")
    pages.filters["moment"] = _moment
    pages.filters["quoted"] = lambda text: quote(str(text), safe="")
    return pages


def _moment(at: datetime | None) -> Markup:
    """Give an instant in the desk's zone."""
    if at is None:
        return Markup("never")
    local = at.astimezone(ZoneInfo(os.environ.get("PANTAU_TIMEZONE") or "Asia/Jakarta"))
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), f"{local:%d %b %Y, %H:%M %Z}")
