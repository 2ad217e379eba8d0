"""A story as the readers of a series see it: its headline and summary, what of it is new, who reported it, what it weighs."""

from __future__ import annotations

from collections.abc import Mapping

from processing.digest.developments import changes
from processing.digest.facts import ENTITIES, StoryFacts
from processing.digest.newsrooms import original_source
from processing.digest.plain import plain
from processing.digest.ranking import key_terms, topic_names
from processing.digest.standing import fresh
from processing.digest.summary import best, lead, reference, telling
from processing.model import Extract, Portrait, Reference, Series, Standpoint, StoryArticle


def portrait(stands: Standpoint, series: Series, *, labels: Mapping[str, str]) -> Portrait:
    """Say all of a story that stands so for the readers of a series; `labels` names topics in their language."""
    story = stands.story
    facts = StoryFacts(story.articles)
    origin = original_source(story.articles)
    return Portrait(
        story=story,
        standing=stands.standing,
        headline=headline(stands, series),
        told=best(story.articles, series.language),
        news=stands.news,
        fresh=fresh(story),
        newsrooms=stands.newsrooms,
        origin=plain(origin) if origin else None,
        topics=topic_names(facts, labels),
        entities=facts.entities,
        keywords=key_terms(story.articles, series.language, facts.entities[:ENTITIES]),
        reasons=stands.reasons,
    )


def headline(stands: Standpoint, series: Series) -> Reference:
    """Refer to a story's best article; of a developing story, to the article with what is most new."""
    return stands.news[0].source if stands.news else reference(best(stands.story.articles, series.language))


def summary(one: Portrait) -> tuple[Extract, ...]:
    """Quote two sentences of a story's best article; of a developing one only what is new.

    Only stories that are told need one, which is why a portrait does not hold it.
    """
    return one.news or telling(one.told, one.story.articles)


def added(article: StoryArticle, before: tuple[StoryArticle, ...], language: str) -> tuple[Extract, ...]:
    """Quote what an article added to those before it: of the first its lead, of a copy nothing."""
    return changes([article], before, language) if before else lead(article)
