"""Stories: which articles tell of one event. An assignment is decided once and then read; joining is one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from processing.model import Arrival, Placed, Story, StoryArticle
from processing.store.connection import Connection, scalar
from processing.store.story_rows import LATEST as LATEST  # noqa: PLC0414 - other parts of the store have it from here
from processing.store.story_rows import collector_at_rest, told_articles


def lock(connection: Connection) -> None:
    """Wait until nobody else joins stories; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pantau stories'))")


def waits_since(connection: Connection, as_of: datetime) -> datetime | None:
    """Give when the first of the relevant articles was seen that have no story yet, None where none waits.

    However old: new rules may find an old article relevant. So it begins at the judgements, which are read in one sweep, and looks closer at an article that was once found relevant and has no story.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT min(first_seen_at) FROM article JOIN LATERAL ({LATEST}) latest ON relevant"  # noqa: S608 - our own text
            " WHERE first_seen_at <= %(as_of)s AND article.id IN ("
            "SELECT article_id FROM judgement JOIN revision ON revision.id = revision_id WHERE relevant"
            " AND NOT EXISTS (SELECT FROM story_article WHERE story_article.article_id = revision.article_id))",
            {"as_of": as_of},
        )
        found: datetime | None = scalar(cursor)
        return found


def placed(connection: Connection, since: datetime, until: datetime, as_of: datetime) -> list[Placed]:
    """Give the articles first seen between two instants in the order of arrival: (first seen, revision id).

    Those that have a story come with it; of the others those that are relevant, as of an instant.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT article.id, title, body, first_seen_at, outlet, language,"  # noqa: S608 - our own text
            " ARRAY(SELECT entity FROM entity_mention WHERE judgement_id = latest.judgement_id ORDER BY entity),"
            " story_id, duplicate_of, let_go_at IS NULL"
            f" FROM article JOIN LATERAL ({LATEST}) latest ON true"
            " LEFT JOIN story_article ON story_article.article_id = article.id"
            " WHERE first_seen_at BETWEEN %(since)s AND %(until)s AND (story_id IS NOT NULL OR relevant)"
            " ORDER BY first_seen_at, latest.id",
            {"as_of": as_of, "since": since, "until": until},
        )
        return [_placed(*row) for row in cursor.fetchall()]


def _placed(
    article: int,
    title: str,
    body: str,
    at: datetime,
    outlet: str,
    language: str,
    entities: list[str],
    story: int | None,
    original: int | None,
    whole: bool,
) -> Placed:
    arrival = Arrival(
        id=str(article), title=title, text=body, at=at, outlet=outlet, language=language, entities=tuple(entities)
    )
    return Placed(arrival, story, None if original is None else str(original), whole)


def begin(connection: Connection, at: datetime) -> int:
    """Mint a story's id; it is never given to another."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO story (first_seen_at, last_seen_at) VALUES (%s, %s) RETURNING id", (at, at))
        return int(scalar(cursor))


def join(
    connection: Connection, article: int, story: int, *, at: datetime, duplicate_of: int | None, score: float, by: str
) -> None:
    """Write down that an article belongs to a story."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO story_article (article_id, story_id, duplicate_of, score, joined_by) VALUES (%s, %s, %s, %s, %s)",
            (article, story, duplicate_of, score, by),
        )
        cursor.execute(
            "UPDATE story SET first_seen_at = least(first_seen_at, %s), last_seen_at = greatest(last_seen_at, %s)"
            " WHERE id = %s",
            (at, at, story),
        )


def fold(connection: Connection, article: int, duplicate_of: int | None) -> None:
    """Write down that a joined article copies another, or none after all."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE story_article SET duplicate_of = %s WHERE article_id = %s", (duplicate_of, article))


def told(connection: Connection, since: datetime, as_of: datetime, series: int | None = None) -> list[Story]:
    """Give the stories told between two instants, each with all its articles up to the second, oldest first.

    `shown` of each holds the articles that earlier editions of the series have shown.
    """
    return for_series(connection, alive(connection, since, as_of), series, as_of)


def alive(connection: Connection, since: datetime, as_of: datetime) -> list[Story]:
    """Give the stories told between two instants as no series knows them; `for_series` adds what one has shown.

    Several series that are due at once share this half, which is the dear one.
    """
    return _stories(connection, "story.last_seen_at >= %(since)s", {"since": since, "as_of": as_of})


def one(connection: Connection, story: int, as_of: datetime, series: int | None = None) -> Story | None:
    """Give one story with its articles up to an instant; None where it has none by then."""
    found = _stories(connection, "story_id = %(story)s", {"story": story, "as_of": as_of})
    return next(iter(for_series(connection, found, series, as_of)), None)


def several(connection: Connection, ids: Sequence[int], as_of: datetime) -> list[Story]:
    """Give stories by their ids, in that order, each with its articles up to an instant; those with none are left out."""
    values = {"ids": list(ids), "as_of": as_of}
    found = {story.id: story for story in _stories(connection, "story_id = ANY(%(ids)s)", values)}
    return [found[id_] for id_ in ids if id_ in found]


def for_series(connection: Connection, stories: Iterable[Story], series: int | None, as_of: datetime) -> list[Story]:
    """Say of stories what the editions of a series before an instant have shown of them."""
    known = list(stories)
    articles = [article.article_id for story in known for article in (*story.articles, *story.past)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM edition_article JOIN edition ON edition.id = edition_id"
            " WHERE series_id = %s AND cutoff < %s AND article_id = ANY(%s)",
            (series, as_of, articles),
        )
        shown = {row[0] for row in cursor.fetchall()}
    return [
        replace(
            story,
            shown=frozenset(shown.intersection(article.article_id for article in (*story.articles, *story.past))),
            past=tuple(article for article in story.past if article.article_id in shown),
        )
        for story in known
    ]


def _stories(connection: Connection, condition: str, values: dict[str, Any]) -> list[Story]:
    """Give stories with their relevant articles; `past` holds those found irrelevant after an edition had shown them."""
    stories: dict[int, tuple[list[StoryArticle], list[StoryArticle]]] = {}
    with collector_at_rest():
        for story, relevant, article in told_articles(connection, condition, values):
            articles, past = stories.setdefault(story, ([], []))
            (articles if relevant else past).append(article)
    return [
        Story(id=story, articles=tuple(articles), past=tuple(past))
        for story, (articles, past) in stories.items()
        if articles
    ]
