"""Stories: which articles tell of one event. An assignment is decided once and then read; joining is one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from processing.model import Arrival, Attribution, Entity, Match, Story, StoryArticle, TopicTag
from processing.store.connection import Connection, scalar

LATEST = """
    SELECT DISTINCT ON (revision.article_id) revision.*, judgement.id AS judgement_id, judgement.language,
        judgement.relevant, judgement.score
    FROM revision JOIN judgement ON judgement.revision_id = revision.id
    WHERE revision.seen_at <= %(as_of)s
    ORDER BY revision.article_id, revision.id DESC, judgement.id DESC
"""
"""Each article's newest revision not later than an instant, with its newest judgement."""


@dataclass(frozen=True, slots=True)
class Joined:
    """An article whose story was decided before."""

    arrival: Arrival
    story: int


def lock(connection: Connection) -> None:
    """Wait until nobody else joins stories; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pantau stories'))")


def unjoined(connection: Connection, as_of: datetime) -> list[Arrival]:
    """Give the relevant articles that have no story yet, in the order they were first seen."""
    return [arrival for arrival, _ in _arrivals(connection, as_of, "story_id IS NULL AND relevant")]


def joined(connection: Connection, since: datetime, as_of: datetime) -> list[Joined]:
    """Give the articles seen since an instant that have a story, in the order they were first seen."""
    rows = _arrivals(connection, as_of, "story_id IS NOT NULL AND first_seen_at >= %(since)s", since)
    return [Joined(arrival, story) for arrival, story in rows if story is not None]


def _arrivals(
    connection: Connection, as_of: datetime, condition: str, since: datetime | None = None
) -> list[tuple[Arrival, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT article.id, title, body, first_seen_at, outlet, language, story_id,"  # noqa: S608 - our own conditions
            " ARRAY(SELECT entity FROM entity_mention WHERE judgement_id = latest.judgement_id ORDER BY entity)"
            f" FROM article JOIN ({LATEST}) latest ON latest.article_id = article.id"
            f" LEFT JOIN story_article ON story_article.article_id = article.id WHERE {condition}"
            " ORDER BY first_seen_at, latest.id",
            {"as_of": as_of, "since": since},
        )
        return [
            (
                Arrival(
                    id=str(row[0]),
                    title=row[1],
                    text=row[2],
                    at=row[3],
                    outlet=row[4],
                    language=row[5],
                    entities=tuple(row[7]),
                ),
                row[6],
            )
            for row in cursor.fetchall()
        ]


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


def told(connection: Connection, since: datetime, as_of: datetime, series: int | None = None) -> list[Story]:
    """Give the stories told between two instants, each with all its articles up to the second, oldest first.

    `shown` of each holds the articles that earlier editions of the series have shown.
    """
    shown = _shown(connection, series, as_of)
    stories: dict[int, list[StoryArticle]] = {}
    for story, article in _told_articles(connection, since, as_of):
        stories.setdefault(story, []).append(article)
    return [
        Story(
            id=story,
            articles=tuple(articles),
            shown=frozenset(article.article_id for article in articles if article.article_id in shown),
        )
        for story, articles in stories.items()
    ]


def _shown(connection: Connection, series: int | None, as_of: datetime) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article_id FROM edition_article JOIN edition ON edition.id = edition_id"
            " WHERE series_id = %s AND cutoff < %s",
            (series, as_of),
        )
        return {row[0] for row in cursor.fetchall()}


def _told_articles(connection: Connection, since: datetime, as_of: datetime) -> Iterable[tuple[int, StoryArticle]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT story_id, article.id, article.url, outlet.name, outlet.title, publisher_group, ownership = 'state',
                latest.title, body, language, article.first_seen_at, published_at, duplicate_of, latest.score,
                (SELECT coalesce(jsonb_agg(jsonb_build_array(topic, parent, score, evidence) ORDER BY score DESC, topic), '[]')
                    FROM topic_tag WHERE topic_tag.judgement_id = latest.judgement_id),
                (SELECT coalesce(jsonb_agg(jsonb_build_array(entity, kind, label, mentions, in_title)
                    ORDER BY in_title DESC, mentions DESC, entity), '[]')
                    FROM entity_mention WHERE entity_mention.judgement_id = latest.judgement_id),
                (SELECT coalesce(jsonb_agg(jsonb_build_array(source, evidence, wire_copy) ORDER BY source), '[]')
                    FROM attribution WHERE attribution.judgement_id = latest.judgement_id)
            FROM story_article JOIN story ON story.id = story_id JOIN article ON article.id = story_article.article_id
            JOIN outlet ON outlet.name = article.outlet
            JOIN ({LATEST}) latest ON latest.article_id = article.id
            WHERE article.first_seen_at <= %(as_of)s AND story.last_seen_at >= %(since)s AND relevant
            ORDER BY story_id, article.first_seen_at, article.id
            """,  # noqa: S608 - our own text
            {"since": since, "as_of": as_of},
        )
        for row in cursor.fetchall():
            yield row[0], _story_article(row[1:])


def _story_article(row: tuple) -> StoryArticle:  # type: ignore[type-arg]
    *plain, topics, entities, sources = row
    id_, url, outlet, outlet_title, group, state, title, body, language, seen, published, duplicate_of, score = plain
    return StoryArticle(
        article_id=id_,
        url=url,
        outlet=outlet,
        outlet_title=outlet_title,
        group=group,
        state_media=state,
        title=title,
        paragraphs=tuple(body.split("\n")),
        language=language,
        first_seen_at=seen,
        published_at=published,
        duplicate_of=duplicate_of,
        score=score,
        topics=tuple(
            TopicTag(topic=topic, parent=parent, score=points, evidence=tuple(Match(**match) for match in evidence))
            for topic, parent, points, evidence in topics
        ),
        entities=tuple(
            Entity(id=entity, kind=kind, label=label, mentions=mentions, in_title=in_title)
            for entity, kind, label, mentions, in_title in entities
        ),
        sources=tuple(
            Attribution(source=source, evidence=evidence, wire_copy=wire_copy)
            for source, evidence, wire_copy in sources
        ),
    )
