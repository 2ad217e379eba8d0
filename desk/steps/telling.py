"""What is known of stories: found by words, told one by one, and put right where joining erred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.steps.digesting import DESK, desk_series
from desk.steps.opened import load_settings, opened
from processing.digest.figures import jumps, topic_counts
from processing.digest.portrait import portrait
from processing.digest.standing import standpoint
from processing.errors import PantauError
from processing.model import Portrait, Series, Story
from processing.store import Connection, articles, coverage, editions, stories, story_changes
from processing.store.editions import Showing
from processing.store.search import Hit
from processing.store.search import search as search_articles
from processing.store.series import active_series
from processing.store.story_changes import Change
from processing.topics.taxonomy import taxonomy

DAY = timedelta(days=1)
WIDE = 200
"""Articles among which stories are looked for: those that match best."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: stories with the article of theirs that matched best and how many did, and articles."""

    stories: tuple[tuple[Portrait, Hit, int], ...]
    articles: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One story as it stands, with what became of its id and who was shown it."""

    asked: int
    series: Series
    portrait: Portrait
    led_here: tuple[int, ...]
    changes: tuple[Change, ...]
    showings: tuple[Showing, ...]


def search(words: str, *, as_of: datetime, since: datetime | None, topic: str | None, limit: int) -> Found:
    """Find stories and articles by words. Raises PantauError for a topic that the taxonomy does not have."""
    if topic is not None and topic not in taxonomy().topics:
        raise PantauError(f"There is no topic {topic!r}; the topics are {', '.join(sorted(taxonomy().topics))}.")
    with opened(load_settings()) as connection:
        hits = search_articles(connection, words, since=since, topic=topic, limit=max(limit, WIDE))
        series = _series(connection)
        best: dict[int, list[Hit]] = {}
        for hit in hits:
            if hit.story is not None:
                best.setdefault(hit.story, []).append(hit)
        found = [(stories.one(connection, id_, as_of, series.id), of) for id_, of in list(best.items())[:limit]]
        return Found(
            stories=tuple(
                (_portrait(connection, story, series, as_of, frozenset()), of[0], len(of))
                for story, of in found
                if story
            ),
            articles=tuple(hits[:limit]),
        )


def story_told(story: int, *, as_of: datetime) -> Told:
    """Tell all of a story by its id, or by one that leads to it. Raises PantauError where there is none."""
    with opened(load_settings()) as connection:
        current = story_changes.current(connection, story)
        series = _series(connection)
        known = stories.one(connection, current, as_of, series.id)
        if known is None:
            raise PantauError(f"Story {current} has no relevant article as of then.")
        counts = topic_counts(stories.told(connection, as_of - DAY, as_of), as_of)
        jumped = jumps(counts, coverage.usual_topics(connection, as_of))
        return Told(
            asked=story,
            series=series,
            portrait=_portrait(connection, known, series, as_of, jumped),
            led_here=tuple(story_changes.leading_to(connection, current)),
            changes=tuple(story_changes.changes(connection, current)),
            showings=tuple(editions.showings(connection, [article.article_id for article in known.articles])),
        )


def merge_stories(ids: Sequence[int], *, as_of: datetime, reason: str) -> int:
    """Make stories one; gives its id, to which the others lead from now on."""
    with opened(load_settings()) as connection:
        stories.lock(connection)
        if len({story_changes.current(connection, story) for story in ids}) == 1:
            raise PantauError(f"{' and '.join(map(str, ids))} are one story already.")
        return story_changes.merge(connection, ids, at=as_of, reason=reason)


def split_story(story: int, urls: Sequence[str], *, as_of: datetime, reason: str) -> int:
    """Take the articles at these addresses out of a story; gives the id of theirs."""
    with opened(load_settings()) as connection:
        stories.lock(connection)
        known = articles.ids(connection, urls)
        if strangers := [url for url in urls if url not in known]:
            raise PantauError(
                f"No article is known at {', '.join(strangers)}; `pantau story {story}` gives its addresses."
            )
        return story_changes.split(connection, story, list(known.values()), at=as_of, reason=reason)


def _series(connection: Connection) -> Series:
    """Give the desk's series, as it is stored where it is."""
    known = {series.name: series for series in active_series(connection)}
    return known.get(DESK, desk_series(load_settings()))


def _portrait(
    connection: Connection, story: Story, series: Series, as_of: datetime, jumped: frozenset[str]
) -> Portrait:
    labels = {code: topic.labels[series.language] for code, topic in taxonomy().topics.items()}
    previous = editions.previous_cutoff(connection, series.id, as_of)
    return portrait(standpoint(story, series, as_of, previous, labels=labels, jumped=jumped), series, labels=labels)
