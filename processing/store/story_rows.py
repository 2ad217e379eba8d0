"""The rows of stories: each article with all that an edition needs to tell of it."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import starmap
from typing import Any

from pydantic_core import from_json

from processing.model import Attribution, Entity, Match, StoryArticle, TopicTag
from processing.store.connection import Connection

LATEST = """
    SELECT revision.*, judgement.id AS judgement_id, judgement.language, judgement.relevant, judgement.score
    FROM revision JOIN judgement ON judgement.revision_id = revision.id
    WHERE revision.article_id = article.id AND revision.seen_at <= %(as_of)s
    ORDER BY revision.id DESC, judgement.id DESC LIMIT 1
"""
"""An article's newest revision not later than an instant, with its newest judgement: for a lateral join."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let nobody look for cycles while thousands of rows become objects that hold none: it would take as long again."""
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()


def told_articles(
    connection: Connection, condition: str, values: dict[str, Any]
) -> Iterable[tuple[int, bool, StoryArticle]]:
    """Give the articles of stories that fit a condition, in the order they were seen: each with its story, and whether it counts.

    One that does not was found irrelevant after an edition had shown it. The condition may speak of `story`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT story_id, relevant, article.id, article.url, outlet.name, outlet.title, publisher_group, country,
                ownership = 'state', latest.title, body, language, article.first_seen_at, published_at, duplicate_of,
                latest.score, json_build_array(
                (SELECT coalesce(json_agg(json_build_array(topic, parent, score, evidence) ORDER BY score DESC, topic), '[]')
                    FROM topic_tag WHERE topic_tag.judgement_id = latest.judgement_id),
                (SELECT coalesce(json_agg(json_build_array(entity, kind, label, mentions, in_title)
                    ORDER BY in_title DESC, mentions DESC, entity), '[]')
                    FROM entity_mention WHERE entity_mention.judgement_id = latest.judgement_id),
                (SELECT coalesce(json_agg(json_build_array(source, evidence, wire_copy) ORDER BY source), '[]')
                    FROM attribution WHERE attribution.judgement_id = latest.judgement_id))::text
            FROM story_article JOIN story ON story.id = story_id JOIN article ON article.id = story_article.article_id
            JOIN outlet ON outlet.name = article.outlet
            JOIN LATERAL ({LATEST}) latest ON true
            WHERE article.first_seen_at <= %(as_of)s AND {condition}
                AND (relevant OR EXISTS (SELECT FROM edition_article WHERE edition_article.article_id = article.id))
            ORDER BY story_id, article.first_seen_at, article.id
            """,  # noqa: S608 - our own text
            values,
        )
        nouns = _Nouns()
        for story, relevant, *row in cursor.fetchall():
            yield story, relevant, _story_article(row, nouns)


class _Nouns:
    """Makes what articles have in common once for all articles that are read together: they name the same few things."""

    def __init__(self) -> None:
        self.match = cache(Match)
        self.entity = cache(_entity)
        self.attribution = cache(_attribution)

    def tag(self, topic: str, parent: str | None, score: float, evidence: list[dict[str, Any]]) -> TopicTag:
        matches = [self.match(**match) for match in evidence]
        return TopicTag(topic=topic, parent=parent, score=score, evidence=tuple(matches))


def _entity(id_: str, kind: str, label: str, mentions: int, in_title: bool) -> Entity:
    return Entity(id=id_, kind=kind, label=label, mentions=mentions, in_title=in_title)


def _attribution(source: str, evidence: str, wire_copy: bool) -> Attribution:
    return Attribution(source=source, evidence=evidence, wire_copy=wire_copy)


def _story_article(row: list[Any], nouns: _Nouns) -> StoryArticle:
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
        copied,
        score,
        said,
    ) = row
    topics, entities, sources = from_json(said)
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
        duplicate_of=copied,
        score=score,
        topics=tuple(starmap(nouns.tag, topics)),
        entities=tuple(starmap(nouns.entity, entities)),
        sources=tuple(starmap(nouns.attribution, sources)),
    )
