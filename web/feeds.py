"""Feeds of the newest stories on each topic: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.responses import Response
from feedgen.feed import FeedGenerator
from markupsafe import Markup

from processing.digest.ranking import weight
from processing.digest.summary import reference
from processing.model import Portrait
from processing.store import pages, stories
from processing.topics.taxonomy import taxonomy
from web.answers import PUBLIC, Gone, Visit, has, http_date, page, visit
from web.editions import GET
from web.stories import of_nobody, topic_labels

router = APIRouter()

STORIES = 30
"""Stories in a feed."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feed:
    """A topic's feed before it is written."""

    visit: Visit
    topic: str
    title: str
    updated: datetime
    told: tuple[Portrait, ...]

    def address(self, path: str) -> str:
        """Give the whole address of one of our pages, in the feed's language."""
        return self.visit.root + self.visit.path(path)

    def story(self, told: Portrait) -> str:
        """Give the address of a story, which is its id in the feed too: it never changes."""
        return f"{self.visit.root}/stories/{told.story.id}"

    def summary(self, told: Portrait) -> str:
        """Quote a story's two sentences as HTML, with their link, and say why it weighs what it does."""
        words = self.visit.words
        headline = told.headline
        quoted = " ".join(extract.text for extract in told.summary)
        why = "; ".join(words.say(f"reason.{reason.key}", **reason.values) for reason in told.reasons)
        link = Markup('<a href="{}">{}</a>').format(headline.url, headline.outlet) if headline.url else headline.outlet
        because = words.say("feeds.why", weight=weight(told.reasons), why=why)
        return str(Markup("<p>{} ({})</p><p>{}</p>").format(quoted, link, because))


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
    feed = Feed(asked, topic, title, updated, tuple(of_nobody(story, asked) for story in told))
    return Response(write(feed), 200, headers, media_type)


def _unchanged(request: Request, etag: str, updated: datetime) -> bool:
    """Tell whether the asker has this feed: by its ETag, or where it gives none by the date that it knows."""
    if "if-none-match" in request.headers:
        return has(request, etag)
    try:
        return parsedate_to_datetime(request.headers.get("if-modified-since", "")) >= updated
    except (TypeError, ValueError):
        return False


def as_atom(feed: Feed) -> bytes:
    """Write a feed as Atom."""
    atom = FeedGenerator()
    atom.id(f"{feed.visit.root}/feeds/{feed.topic}.atom")
    atom.title(feed.title)
    atom.subtitle(feed.visit.words.say("feeds.subtitle"))
    atom.language(feed.visit.language)
    atom.updated(feed.updated)
    atom.author(name=feed.visit.site.desk.title)
    atom.generator("Pantau")
    atom.link(href=feed.address(f"/feeds/{feed.topic}.atom"), rel="self", type="application/atom+xml")
    atom.link(href=feed.address("/"), rel="alternate", type="text/html")
    for told in feed.told:
        entry = atom.add_entry(order="append")
        entry.id(feed.story(told))
        entry.title(told.headline.title)
        # One link alone: feedgen 1.0 writes no `rel` in entries, and without it a link is the alternate.
        entry.link(href=feed.address(f"/stories/{told.story.id}"))
        entry.summary(feed.summary(told), type="html")
        entry.published(told.story.first_seen_at)
        entry.updated(told.story.last_seen_at)
        for outlet in _outlets(told):
            entry.author(name=outlet)
        for topic in told.topics:
            entry.category(term=topic)
    return bytes(atom.atom_str(pretty=True))


def as_json(feed: Feed) -> bytes:
    """Write a feed as JSON Feed."""
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "description": feed.visit.words.say("feeds.subtitle"),
            "home_page_url": feed.address("/"),
            "feed_url": feed.address(f"/feeds/{feed.topic}.json"),
            "language": feed.visit.language,
            "authors": [{"name": feed.visit.site.desk.title}],
            "items": [_item(feed, told) for told in feed.told],
        },
        ensure_ascii=False,
        indent=1,
    ).encode()


def _item(feed: Feed, told: Portrait) -> dict[str, object]:
    return {
        "id": feed.story(told),
        "url": feed.address(f"/stories/{told.story.id}"),
        **({"external_url": told.headline.url} if told.headline.url else {}),
        "title": told.headline.title,
        "content_html": feed.summary(told),
        "date_published": told.story.first_seen_at.isoformat(),
        "date_modified": told.story.last_seen_at.isoformat(),
        "authors": [{"name": outlet} for outlet in _outlets(told)],
        "tags": list(told.topics),
        "language": told.headline.language,
    }


def _outlets(told: Portrait) -> list[str]:
    return list(dict.fromkeys(reference(article).outlet for article in told.story.articles))
