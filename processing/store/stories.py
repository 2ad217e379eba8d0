"""Stories: which articles tell of one event. An assignment is decided once and then read; joining is one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from processing.model import Arrival, Attribution, Entity, Match, Placed, Story, StoryArticle, TopicTag
from processing.store.connection import Connection, scalar

LATEST = """
    SELECT revision.*, judgement.id AS judgement_id, judgement.language, judgement.relevant, judgement.score
    FROM revision JOIN judgement ON judgement.revision_id = revision.id
    WHERE revision.article_id = article.id AND revision.seen_at <= %(as_of)s
    ORDER BY revision.id DESC, judgement.id DESC LIMIT 1
"""
"""An article's newest revision not later than an instant, with its newest judgement: for a lateral join."""


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
            " story_id, duplicate_of"
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
) -> Placed:
    arrival = Arrival(
        id=str(article), title=title, text=body, at=at, outlet=outlet, language=language, entities=tuple(entities)
    )
    return Placed(arrival, story, None if original is None else str(original))


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
    return _stories(connection, "story.last_seen_at >= %(since)s", series, {"since": since, "as_of": as_of})


def one(connection: Connection, story: int, as_of: datetime, series: int | None = None) -> Story | None:
    """Give one story with its articles up to an instant; None where it has none by then."""
    found = _stories(connection, "story_id = %(story)s", series, {"story": story, "as_of": as_of})
    return found[0] if found else None


def _stories(connection: Connection, condition: str, series: int | None, values: dict[str, Any]) -> list[Story]:
    shown = _shown(connection, series, values["as_of"])
    stories: dict[int, list[StoryArticle]] = {}
    for story, article in _told_articles(connection, condition, values):
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


def _told_articles(
    connection: Connection, condition: str, values: dict[str, Any]
) -> Iterable[tuple[int, StoryArticle]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT story_id, article.id, article.url, outlet.name, outlet.title, publisher_group, country,
                ownership = 'state',                latest.title, body, language, article.first_seen_at, published_at, duplicate_of, latest.score,
                (SELECT coalesce(jsonb_agg(jsonb_build_array(topic, parent, score, evidence) ORDER BY score DESC, topic), '[]')
                    FROM topic_tag WHERE topic_tag.judgement_id = latest.judgement_id),
                (SELECT coalesce(jsonb_agg(jsonb_build_array(entity, kind, label, mentions, in_title)
                    ORDER BY in_title DESC, mentions DESC, entity), '[]')
                    FROM entity_mention WHERE entity_mention.judgement_id = latest.judgement_id),
                (SELECT coalesce(jsonb_agg(jsonb_build_array(source, evidence, wire_copy) ORDER BY source), '[]')
                    FROM attribution WHERE attribution.judgement_id = latest.judgement_id)
            FROM story_article JOIN story ON story.id = story_id JOIN article ON article.id = story_article.article_id
            JOIN outlet ON outlet.name = article.outlet
            JOIN LATERAL ({LATEST}) latest ON relevant
            WHERE article.first_seen_at <= %(as_of)s AND {condition}
            ORDER BY story_id, article.first_seen_at, article.id
            """,  # noqa: S608 - our own text
            values,
        )
        for row in cursor.fetchall():
            yield row[0], _story_article(row[1:])


def _story_article(row: tuple) -> StoryArticle:  # type: ignore[type-arg]
    *plain, topics, entities, sources = row
    (
        id_,
        url,
        outlet,
        outlet_title,
        group,
        country,
        state,
        title,
        body,
        language,
        seen,
        published,
        duplicate_of,
        score,
    ) = plain
    return StoryArticle(
        article_id=id_,
        url=url,
        outlet=outlet,
        outlet_title=outlet_title,
        group=group,
        country=country,
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
