"""Search: articles by their words, those of one story folded, each quoted within our limit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from markupsafe import Markup, escape

from processing.digest.plain import plain, safe_link, shorten
from processing.digest.snippet import snippet
from processing.digest.summary import HEADLINE
from processing.errors import PantauError
from processing.model import Reference
from processing.store.page import Unavailable
from processing.store.search import Hit, search
from processing.topics.taxonomy import taxonomy
from web.answers import BY_LINK, Visit, page, visit
from web.editions import GET
from web.limiting import SEARCHES, limits_of
from web.stories import topic_labels

router = APIRouter()

LONGEST = 200
"""Characters of what is looked for."""

A_PAGE = 20
PAGES = 10
"""Past two hundred articles other words serve better than another page."""

SPANS = {"1d": timedelta(days=1), "7d": timedelta(days=7), "30d": timedelta(days=30), "365d": timedelta(days=365)}

_MARKED = re.compile("«([^«»]*)»")


@dataclass(frozen=True, slots=True)
class Result:
    """An article that was found, and how many more of its story stand on the same page of results."""

    hit: Hit
    reference: Reference
    quoted: Markup
    folded: int


@router.api_route("/search", methods=GET)
def found(
    request: Request,
    q: Annotated[str, Query(max_length=LONGEST)] = "",
    topic: str = "",
    since: str = "",
    number: Annotated[int, Query(alias="page", ge=1, le=PAGES)] = 1,
) -> Response:
    """Find articles by words, as a web search takes them; the best first."""
    asked = visit(request)
    words = plain(q)
    topic = topic if topic in taxonomy().topics else ""
    since = since if since in SPANS else ""
    given: dict[str, Any] = {
        "q": words,
        "topics": sorted(topic_labels(asked.language).items(), key=lambda one: one[1]),
        "topic": topic,
        "spans": list(SPANS),
        "since": since,
        "longest": LONGEST,
        "number": number,
        "last": number,
        "results": None,
        "empty": False,
    }
    if words:
        limits_of(request).count(request, SEARCHES)
        until = asked.as_of - SPANS[since] if since else None
        hits = _hits(asked, words, until, topic, A_PAGE * number + 1)
        given["empty"] = hits is None
        given["results"] = _folded((hits or [])[A_PAGE * (number - 1) : A_PAGE * number])
        given["last"] = min(PAGES, number + (len(hits or ()) > A_PAGE * number))
    return page(asked, "search.html", cache_control=BY_LINK, **given)


def _hits(asked: Visit, words: str, since: datetime | None, topic: str, limit: int) -> list[Hit] | None:
    """Look articles up; None where the words leave nothing to look for."""
    try:
        with asked.site.reading() as connection:
            return search(connection, words, since=since, topic=topic or None, limit=limit)
    except Unavailable:
        raise
    except PantauError:
        return None


def _folded(hits: list[Hit]) -> list[Result]:
    """Keep of each story the article that matches best."""
    count: dict[int | str, int] = {}
    first: dict[int | str, Hit] = {}
    for hit in hits:
        key = f"article {hit.article_id}" if hit.story is None else hit.story
        first.setdefault(key, hit)
        count[key] = count.get(key, 0) + 1
    return [Result(hit, _reference(hit), marked(snippet(hit.marked)), count[key] - 1) for key, hit in first.items()]


def _reference(hit: Hit) -> Reference:
    return Reference(
        title=shorten(plain(hit.title), HEADLINE),
        url=safe_link(hit.url),
        outlet=plain(hit.outlet),
        language=hit.language,
    )


def marked(quoted: str) -> Markup:
    """Escape a quoted text, and mark the words that were found."""
    parts = _MARKED.split(quoted)
    return Markup().join(
        Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )
