"""How a page is answered: a template in the right language, with what caches may do with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from jinja2 import Environment

from processing.digest.plain import plain
from processing.digest.words import LANGUAGES
from processing.entities import label_in
from processing.model import Series
from processing.templating import environment
from web.assets import asset
from web.site import Site
from web.words import PageWords

PUBLIC = "public, max-age=60"
"""A minute: an edition that has just gone out is seen soon, and a crowd is answered by a cache."""
PERSONAL = "no-store"
BY_LINK = "private, no-cache"
"""Of a page that is listed nowhere: nobody keeps it for others."""

DONE = frozenset({"saved", "paused", "resumed", "unsubscribed", "confirmed", "asked", "sent"})
"""What a form may have done, as it stands in the address that it leads on to."""


class Gone(Exception):
    """There is no such page; answered by a page that says so."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: the site, and how it is spoken to."""

    request: Request
    site: Site
    words: PageWords
    as_of: datetime

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.words.language

    @property
    def asked_language(self) -> str | None:
        """The language that the address asks for."""
        return asked_language(self.request)

    @property
    def root(self) -> str:
        """Where the pages stand on the web, without a slash at the end."""
        return self.site.web_url or str(self.request.base_url).rstrip("/")

    def speaking_as(self, language: str, timezone: str) -> Visit:
        """Speak in a zone and, unless the visitor asked for another, a language."""
        return visit(self.request, replace(self.site.desk, language=language, timezone=timezone))

    def path(self, path: str, **query: object) -> str:
        """Give the address of one of our pages; a language that was asked for stays."""
        asked = self.asked_language
        given = {key: value for key, value in query.items() if value not in (None, "")}
        query_text = urlencode(given | ({"lang": asked} if asked else {}))
        return f"{path}?{query_text}" if query_text else path

    @property
    def looking(self) -> bool:
        """Whether the page was asked for by its address: what a form was answered with has none to come back to."""
        return self.request.method in ("GET", "HEAD")

    @property
    def done(self) -> str:
        """What the form that led here did, for a line that says so; empty for none that we know."""
        done = self.request.query_params.get("done", "")
        return done if done in DONE else ""

    def here(self, path: str) -> str | None:
        """Give what marks a link to the page that is shown, for `aria-current`."""
        return "page" if self.request.url.path == path else None

    def switched(self) -> str:
        """Give the same page in the other language, as a query."""
        kept = [(key, value) for key, value in self.request.query_params.multi_items() if key not in ("lang", "done")]
        return "?" + urlencode([*kept, ("lang", self.words.other)])


def asked_language(request: Request) -> str | None:
    """Give the language that an address asks for."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else None


def visit(request: Request, series: Series | None = None) -> Visit:
    """Begin to answer: in the language that is asked for, else in that of a series, by default the desk's."""
    site: Site = request.app.state.site
    spoken = series or site.desk
    words = PageWords(replace(spoken, language=asked_language(request) or spoken.language))
    return Visit(request, site, words, site.clock())


def page(visit: Visit, template: str, *, status: int = 200, cache_control: str = PERSONAL, **given: Any) -> Response:
    """Answer with a page; one that caches may keep carries an ETag, and is not sent again to whoever has it."""
    html = (
        templates()
        .get_template(template)
        .render(
            visit=visit,
            site=visit.site,
            words=visit.words,
            say=visit.words.say,
            path=visit.path,
            here=visit.here,
            asset=asset,
            **given,
        )
    )
    return kept(visit.request, html.encode(), "text/html; charset=utf-8", cache_control, status=status)


def kept(
    request: Request,
    content: bytes,
    media_type: str,
    cache_control: str,
    *,
    status: int = 200,
) -> Response:
    """Answer with a content, or with 304 where the asker has it."""
    given = {"Cache-Control": cache_control}
    if cache_control == PERSONAL:
        return Response(content, status, given, media_type)
    etag = f'"{sha256(content).hexdigest()[:20]}"'
    if status == 200 and has(request, etag):  # noqa: PLR2004 - a page that was found
        return Response(status_code=304, headers=given | {"ETag": etag})
    return Response(content, status, given | {"ETag": etag}, media_type)


def has(request: Request, etag: str) -> bool:
    """Tell whether the asker has what carries this ETag (RFC 9110: compared weakly)."""
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return etag.removeprefix("W/") in known or "*" in known


def http_date(moment: datetime) -> str:
    """Write an instant as HTTP does."""
    return format_datetime(moment, usegmt=True)


def see(address: str) -> Response:
    """Lead on after a form: going back or loading anew sends nothing twice."""
    return RedirectResponse(address, 303, {"Cache-Control": PERSONAL})


@cache
def templates() -> Environment:
    """Give the pages' templates; all that they show is escaped."""
    pages = environment("web")
    pages.filters["plain"] = plain
    pages.filters["entity"] = lambda id_, language: label_in(language, id_) or id_
    return pages
