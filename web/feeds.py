"""Feeds of the newest stories on each topic."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.responses import Response

from processing.store import pages, stories
from processing.topics.taxonomy import taxonomy
from web.answers import PUBLIC, Gone, has, http_date, page, visit
from web.editions import GET
from web.feed_writing import Entry, Feed, as_atom, as_json
from web.stories import of_nobody, topic_labels

router = APIRouter()

STORIES = 30
"""Stories in a feed."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@router.api_route("/feeds", methods=GET)
def index(request: Request) -> Response:
    """List the topics with their feeds."""
    asked = visit(request)
    topics = sorted(topic_labels(asked.language).items(), key=lambda one: one[1])
    return page(asked, "feeds.html", cache_control=PUBLIC, topics=topics)


@router.api_route("/feeds/{topic}.atom", methods=GET)
def atom(request: Request, topic: str) -> Response:
    """Give a topic's newest stories as Atom."""
    return _answer(request, topic, as_atom, "application/atom+xml; charset=utf-8")


@router.api_route("/feeds/{topic}.json", methods=GET)
def json_feed(request: Request, topic: str) -> Response:
    """Give a topic's newest stories as JSON Feed."""
    return _answer(request, topic, as_json, "application/feed+json; charset=utf-8")


def _answer(request: Request, topic: str, write: Callable[[Feed], bytes], media_type: str) -> Response:
    """Answer with a feed, or with 304 where nothing of it has changed; what is unchanged is not even read."""
    if topic not in taxonomy().topics:
        raise Gone
    asked = visit(request)
    with asked.site.reading() as connection:
        newest = pages.newest_of_topic(connection, topic, asked.as_of, limit=STORIES)
        state = json.dumps(
            [write.__name__, asked.root, asked.language, topic_labels(asked.language)[topic], newest], default=str
        )
        updated = max((at for _, at in newest), default=EPOCH).astimezone(UTC).replace(microsecond=0)
        headers = {
            "Cache-Control": PUBLIC,
            "ETag": f'W/"{sha256(state.encode()).hexdigest()[:20]}"',
            "Last-Modified": http_date(updated),
            "Access-Control-Allow-Origin": "*",
        }
        if _unchanged(request, headers["ETag"], updated):
            return Response(status_code=304, headers=headers)
        told = stories.several(connection, [story for story, _ in newest], asked.as_of)
    title = f"{topic_labels(asked.language)[topic]} · {asked.site.desk.title}"
    feed = Feed(asked, topic, title, updated, tuple(Entry(*of_nobody(story, asked)) for story in told))
    return Response(write(feed), 200, headers, media_type)


def _unchanged(request: Request, etag: str, updated: datetime) -> bool:
    """Tell whether the asker has this feed: by its ETag, or where it gives none by the date that it knows."""
    if "if-none-match" in request.headers:
        return has(request, etag)
    try:
        return parsedate_to_datetime(request.headers.get("if-modified-since", "")) >= updated
    except (TypeError, ValueError):
        return False
