"""Where a story stands for the readers of a series: new, developing or quiet, what changed, and what it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from processing.digest.developments import changes
from processing.digest.facts import Facts
from processing.digest.ranking import reasons
from processing.model import Extract, Series, Standing, Standpoint, Story, StoryArticle

FORGOTTEN_AFTER = timedelta(hours=72)
"""A story of which nobody has told for this long is quiet."""

LATE = timedelta(hours=12)
"""How long before what readers were told of something may have been seen and still be news to them: a run may be read late."""


def standpoint(
    story: Story,
    series: Series,
    at: datetime,
    previous_cutoff: datetime | None,
    *,
    labels: Mapping[str, str],
    jumped: frozenset[str] = frozenset(),
    facts: Facts | None = None,
) -> Standpoint:
    """Say where a story stands, none of whose articles is of later than `at`; `previous_cutoff` is the series' last edition's.

    `labels` names topics in the series' language, `jumped` are the topics on the rise, `facts` those found for other series.
    """
    standing, changed = _standing(story, series.language, at, previous_cutoff)
    return _weighed(story, series, standing, changed, labels, jumped, facts or Facts())


def news(
    story: Story,
    series: Series,
    at: datetime,
    previous_cutoff: datetime | None,
    *,
    labels: Mapping[str, str],
    jumped: frozenset[str] = frozenset(),
    facts: Facts | None = None,
) -> Standpoint | None:
    """Say where a story stands as `standpoint` does; None for a quiet one, which need not be weighed."""
    standing, changed = _standing(story, series.language, at, previous_cutoff)
    if standing is Standing.QUIET:
        return None
    return _weighed(story, series, standing, changed, labels, jumped, facts or Facts())


def fresh(story: Story) -> tuple[StoryArticle, ...]:
    """Give a story's articles that no edition of the series has shown, but for those of well before what one has.

    These came in late, from an archive or a story that was merged: readers who know how it went on need no beginning as news.
    """
    told = [article.first_seen_at for article in story.articles if article.article_id in story.shown]
    return tuple(
        article
        for article in story.articles
        if article.article_id not in story.shown and not (told and article.first_seen_at < max(told) - LATE)
    )


def _weighed(
    story: Story,
    series: Series,
    standing: Standing,
    changed: tuple[Extract, ...],
    labels: Mapping[str, str],
    jumped: frozenset[str],
    facts: Facts,
) -> Standpoint:
    found = facts.of(story)
    return Standpoint(
        story=story,
        standing=standing,
        news=changed,
        newsrooms=found.newsrooms,
        outlets=found.outlets,
        topics=found.topics,
        strength=found.strength,
        reasons=reasons(found, series, labels=labels, jumped=jumped),
    )


def _standing(
    story: Story, language: str, at: datetime, previous_cutoff: datetime | None
) -> tuple[Standing, tuple[Extract, ...]]:
    """Say what a story is to the readers, with the sentences that are new to those who know a part of it."""
    unshown = fresh(story)
    passed_over = previous_cutoff is not None and story.last_seen_at <= previous_cutoff
    if not unshown or passed_over or story.last_seen_at < at - FORGOTTEN_AFTER:
        return Standing.QUIET, ()
    known = [*(article for article in story.articles if article.article_id in story.shown), *story.past]
    if not known:
        return Standing.NEW, ()
    changed = changes(unshown, known, language)
    return (Standing.DEVELOPING, changed) if changed else (Standing.QUIET, ())
