"""How a feed is written: Atom (RFC 4287) and JSON Feed 1.1, the same stories with the same ids."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from feedgen.feed import FeedGenerator
from markupsafe import Markup, escape

from processing.digest.ranking import weight
from processing.digest.summary import reference
from processing.model import Extract, Portrait, Reference
from web.answers import Visit


@dataclass(frozen=True, slots=True)
class Entry:
    """A story in a feed."""

    told: Portrait
    summary: tuple[Extract, ...]

    @property
    def outlets(self) -> list[str]:
        """Who carries it, the first first."""
        return list(dict.fromkeys(reference(article).outlet for article in self.told.story.articles))


@dataclass(frozen=True, slots=True)
class Feed:
    """A topic's feed before it is written."""

    visit: Visit
    topic: str
    title: str
    updated: datetime
    entries: tuple[Entry, ...]

    def address(self, path: str) -> str:
        """Give the whole address of one of our pages, in the feed's language."""
        return self.visit.root + self.visit.path(path)

    def story(self, entry: Entry) -> str:
        """Give the address of a story, which is its id in the feed too: it never changes."""
        return f"{self.visit.root}/stories/{entry.told.story.id}"

    def summary(self, entry: Entry) -> str:
        """Quote a story's two sentences as HTML, each source with its link, and say why it weighs what it does."""
        words = self.visit.words
        quoted = Markup(" ").join(
            Markup("{} ({})").format(" ".join(extract.text for extract in extracts), _linked(extracts[0].source))
            for extracts in _by_source(entry.summary)
        )
        reasons = entry.told.reasons
        why = "; ".join(words.say(f"reason.{reason.key}", **reason.values) for reason in reasons)
        because = words.say("feeds.why", weight=weight(reasons), why=why)
        return str(Markup("<p>{}</p><p>{}</p>").format(quoted, because))


def _by_source(summary: Sequence[Extract]) -> list[list[Extract]]:
    return [list(extracts) for _, extracts in groupby(summary, key=lambda extract: extract.source.url)]


def _linked(source: Reference) -> Markup:
    if source.url is None:
        return escape(source.outlet)
    return Markup('<a href="{}">{}</a>').format(source.url, source.outlet)


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
    for entry in feed.entries:
        told = entry.told
        written = atom.add_entry(order="append")
        written.id(feed.story(entry))
        written.title(told.headline.title)
        # One link alone: feedgen 1.0 writes no `rel` in entries, and without it a link is the alternate.
        written.link(href=feed.address(f"/stories/{told.story.id}"))
        written.summary(feed.summary(entry), type="html")
        written.published(told.story.first_seen_at)
        written.updated(told.story.last_seen_at)
        for outlet in entry.outlets:
            written.author(name=outlet)
        for topic in told.topics:
            written.category(term=topic)
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
            "items": [_item(feed, entry) for entry in feed.entries],
        },
        ensure_ascii=False,
        indent=1,
    ).encode()


def _item(feed: Feed, entry: Entry) -> dict[str, object]:
    told = entry.told
    return {
        "id": feed.story(entry),
        "url": feed.address(f"/stories/{told.story.id}"),
        **({"external_url": told.headline.url} if told.headline.url else {}),
        "title": told.headline.title,
        "content_html": feed.summary(entry),
        "date_published": told.story.first_seen_at.isoformat(),
        "date_modified": told.story.last_seen_at.isoformat(),
        "authors": [{"name": outlet} for outlet in entry.outlets],
        "tags": list(told.topics),
        "language": told.headline.language,
    }
