"""A story as the readers of a series see it: its headline and summary, what of it is new, who reported it, what it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from processing.digest.newsrooms import newsrooms, original_source
from processing.digest.plain import plain
from processing.digest.ranking import entities_of, key_terms, reasons, topic_names
from processing.digest.summary import best, changes, lead, reference, telling
from processing.model import Extract, Portrait, Series, Standing, Story, StoryArticle

FORGOTTEN_AFTER = timedelta(hours=72)
"""A story of which nobody has told for this long is quiet."""


def portrait(
    story: Story,
    series: Series,
    at: datetime,
    previous_cutoff: datetime | None,
    *,
    labels: Mapping[str, str],
    jumped: frozenset[str] = frozenset(),
) -> Portrait:
    """Say all of a story, none of whose articles is of later than `at`; `previous_cutoff` is the series' last edition's.

    `labels` names topics in the series' language, `jumped` are the topics on the rise.
    """
    fresh = tuple(article for article in story.articles if article.article_id not in story.shown)
    told = best(story.articles, series.language)
    standing, news = _standing(story, fresh, series.language, at, previous_cutoff)
    origin = original_source(story.articles)
    rooms = newsrooms(story.articles)
    return Portrait(
        story=story,
        standing=standing,
        headline=news[0].source if news else reference(told),
        told=told,
        news=news,
        fresh=fresh,
        newsrooms=rooms,
        origin=plain(origin) if origin else None,
        topics=topic_names(story.articles, labels),
        entities=entities_of(story.articles),
        keywords=key_terms(story.articles, series.language),
        reasons=reasons(story.articles, rooms, series, labels=labels, jumped=jumped),
    )


def summary(one: Portrait) -> tuple[Extract, ...]:
    """Quote two sentences of a story's best article; of a developing one only what is new.

    Only stories that are told need one, which is why a portrait does not hold it.
    """
    return one.news or telling(one.told, one.story.articles)


def added(article: StoryArticle, before: tuple[StoryArticle, ...], language: str) -> tuple[Extract, ...]:
    """Quote what an article added to those before it: of the first its lead, of a copy nothing."""
    return changes([article], before, language) if before else lead(article)


def _standing(
    story: Story, fresh: tuple[StoryArticle, ...], language: str, at: datetime, previous_cutoff: datetime | None
) -> tuple[Standing, tuple[Extract, ...]]:
    """Say what a story is to the readers, with the sentences that are new to those who know a part of it."""
    known = [article for article in story.articles if article.article_id in story.shown]
    passed_over = previous_cutoff is not None and story.last_seen_at <= previous_cutoff
    if not fresh or passed_over or story.last_seen_at < at - FORGOTTEN_AFTER:
        return Standing.QUIET, ()
    if not known:
        return Standing.NEW, ()
    news = changes(fresh, known, language)
    return (Standing.DEVELOPING, news) if news else (Standing.QUIET, ())
