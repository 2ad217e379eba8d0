"""Build an edition: which stories readers are told of, in what order, and why. The same stories give the same edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from processing.digest.figures import carrier_rows, jumps, main_topic, topic_counts, trend
from processing.digest.newsrooms import carriers, folded, told_at
from processing.digest.plain import plain
from processing.digest.portrait import portrait, summary
from processing.digest.ranking import named, points, strength, topic_name, topics_of, weight
from processing.model import (
    Card,
    Condition,
    Coverage,
    Edition,
    Mention,
    Portrait,
    Series,
    Standing,
    Story,
)

NEW_ALWAYS = 3
NEW_AT_MOST = 5
NEW_WEIGHT = 3
"""Weight from which a fourth and a fifth new story are told."""

DEVELOPING_AT_MOST = 10
ALSO_SEEN_AT_MOST = 10
ENTITIES = 4
TOPICS = 2


def build(
    series: Series,
    cutoff: datetime,
    previous_cutoff: datetime | None,
    stories: Sequence[Story],
    coverage: Coverage,
    *,
    labels: Mapping[str, str] | None = None,
    usual: Mapping[str, float] | None = None,
) -> Edition:
    """Build the edition of a series at a cut-off, an aware instant; what was seen later is left alone.

    `labels` names topics in the series' language. `usual` is each topic's mean of articles a day over the seven days
    before; without it the trend says nothing of jumps.
    """
    names = labels or {}
    known = [story for story in (_until(story, cutoff) for story in stories) if story]
    counts = topic_counts(known, cutoff)
    jumped = jumps(counts, usual)
    portraits = [portrait(story, series, cutoff, previous_cutoff, labels=names, jumped=jumped) for story in known]
    ranked = sorted((one for one in portraits if one.standing is not Standing.QUIET), key=_rank(series))
    told, passing = _choose(ranked, series)
    also_seen, left_out = passing[:ALSO_SEEN_AT_MOST], passing[ALSO_SEEN_AT_MOST:]
    cards = [_card(one, series, cutoff) for one in told]
    return Edition(
        series=series,
        cutoff=cutoff,
        previous_cutoff=previous_cutoff,
        condition=_condition(coverage, ranked),
        new=tuple(card for card in cards if card.standing is Standing.NEW),
        developing=tuple(card for card in cards if card.standing is Standing.DEVELOPING),
        also_seen=tuple(Mention(story=one.story.id, headline=one.headline) for one in also_seen),
        new_count=sum(one.standing is Standing.NEW for one in ranked),
        developing_count=sum(one.standing is Standing.DEVELOPING for one in ranked),
        coverage=coverage,
        main_topic=main_topic([one.story.articles for one in ranked], names),
        trend=trend(counts, usual, names),
        carriers=carrier_rows([one.fresh for one in told]),
        topics=tuple(topic_name(topic, names) for topic in series.topics),
        shown={
            one.story.id: tuple(article.article_id for article in one.story.articles) for one in chain(told, also_seen)
        },
        left_out=len(left_out),
    )


def _until(story: Story, cutoff: datetime) -> Story | None:
    articles = tuple(article for article in story.articles if article.first_seen_at <= cutoff)
    return replace(story, articles=articles) if articles else None


def _outside(one: Portrait, series: Series) -> bool:
    """Tell whether a story is outside what the readers of a series asked for."""
    return bool(series.topics) and not set(series.topics) & set(topics_of(one.story.articles))


def _rank(series: Series) -> Callable[[Portrait], tuple[Any, ...]]:
    """Sort what readers asked for before the rest, then by weight; of equals that of more outlets and surer words leads."""
    return lambda one: (
        _outside(one, series),
        -points(one.reasons),
        -len({article.outlet for article in one.story.articles}),
        -strength(one.story.articles),
        one.story.first_seen_at,
        one.story.id,
    )


def _choose(ranked: Sequence[Portrait], series: Series) -> tuple[list[Portrait], list[Portrait]]:
    """Part the ranked stories into those told and those passing by; of those outside the topics one is told."""
    outside = [one for one in ranked if _outside(one, series)]
    eligible = [one for one in ranked if one not in outside[1:]]
    new = [one for one in eligible if one.standing is Standing.NEW]
    developing = [one for one in eligible if one.standing is Standing.DEVELOPING]
    told = new[:NEW_ALWAYS]
    told += [one for one in new[NEW_ALWAYS:NEW_AT_MOST] if weight(one.reasons) >= NEW_WEIGHT]
    foremost = outside[0] if outside else None
    if foremost in new and foremost not in told:
        told[-1:] = [foremost] if len(told) == NEW_AT_MOST else [*told[-1:], foremost]
    told += developing[:DEVELOPING_AT_MOST]
    return told, [one for one in ranked if one not in told]


def _condition(coverage: Coverage, ranked: Sequence[Portrait]) -> Condition:
    if not coverage.healthy or not coverage.articles:
        return Condition.BROKEN
    return Condition.NORMAL if ranked else Condition.QUIET


def _card(one: Portrait, series: Series, cutoff: datetime) -> Card:
    story = one.story
    zone = ZoneInfo(series.timezone)
    return Card(
        story=story.id,
        standing=one.standing,
        headline=one.headline,
        summary=summary(one),
        weight=weight(one.reasons),
        reasons=one.reasons,
        topics=one.topics[:TOPICS],
        entities=tuple(named(entity, series.language) for entity in one.entities[:ENTITIES]),
        first_seen_at=story.first_seen_at,
        first_outlet=plain(min(story.articles, key=told_at).outlet_title),
        origin=one.origin,
        carriers=carriers(one.fresh),
        newsrooms=len(one.newsrooms),
        articles=len(story.articles),
        added=len(one.fresh),
        day=(cutoff.astimezone(zone).date() - story.first_seen_at.astimezone(zone).date()).days + 1,
        outside=_outside(one, series),
        keywords=one.keywords,
        folded=folded(one.newsrooms),
    )
