"""Build an edition: which stories readers are told of, in what order, and why. The same stories give the same edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from processing.digest.facts import ENTITIES, Facts, StoryFacts
from processing.digest.figures import carrier_rows, jumps, main_topic, topic_counts, trend
from processing.digest.newsrooms import carriers, folded, told_at
from processing.digest.order import choose, in_order, is_outside
from processing.digest.plain import plain
from processing.digest.portrait import headline, portrait, summary
from processing.digest.ranking import named, topic_name, weight
from processing.digest.standing import news
from processing.model import (
    Card,
    Condition,
    Correction,
    Coverage,
    Edition,
    Mention,
    Portrait,
    Series,
    Standing,
    Standpoint,
    Story,
)

ALSO_SEEN_AT_MOST = 10
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
    corrections: Sequence[Correction] = (),
    facts: Facts | None = None,
) -> Edition:
    """Build the edition of a series at a cut-off, an aware instant; what was seen later is left alone.

    `labels` names topics in the series' language. `usual` is each topic's mean of articles a day over the seven days
    before; without it the trend says nothing of jumps. `corrections` are told as they are given. `facts` are kept for the
    next series that is due at the cut-off.
    """
    names = labels or {}
    found = facts or Facts()
    known = [story for story in (_until(story, cutoff) for story in stories) if story]
    counts = topic_counts(known, cutoff)
    jumped = jumps(counts, usual)
    stand = [news(story, series, cutoff, previous_cutoff, labels=names, jumped=jumped, facts=found) for story in known]
    ranked = in_order([one for one in stand if one], series)
    told, passing = choose(ranked, series)
    also_seen, left_out = passing[:ALSO_SEEN_AT_MOST], passing[ALSO_SEEN_AT_MOST:]
    portraits = [portrait(one, series, labels=names) for one in told]
    cards = [card(one, series, cutoff) for one in portraits]
    return Edition(
        series=series,
        cutoff=cutoff,
        previous_cutoff=previous_cutoff,
        condition=_condition(coverage, ranked),
        new=tuple(one for one in cards if one.standing is Standing.NEW),
        developing=tuple(one for one in cards if one.standing is Standing.DEVELOPING),
        also_seen=tuple(Mention(story=one.story.id, headline=headline(one, series)) for one in also_seen),
        new_count=sum(one.standing is Standing.NEW for one in ranked),
        developing_count=sum(one.standing is Standing.DEVELOPING for one in ranked),
        coverage=coverage,
        main_topic=main_topic([one.topics for one in ranked], names),
        trend=trend(counts, usual, names),
        carriers=carrier_rows([one.fresh for one in portraits]),
        topics=tuple(topic_name(topic, names) for topic in series.topics),
        shown={
            one.story.id: tuple(article.article_id for article in one.story.articles) for one in chain(told, also_seen)
        },
        left_out=len(left_out),
        corrections=tuple(corrections),
    )


def _until(story: Story, cutoff: datetime) -> Story | None:
    if story.last_seen_at <= cutoff:
        return story
    articles = tuple(article for article in story.articles if article.first_seen_at <= cutoff)
    return replace(story, articles=articles) if articles else None


def _condition(coverage: Coverage, ranked: Sequence[Standpoint]) -> Condition:
    if not coverage.healthy or not coverage.articles:
        return Condition.BROKEN
    return Condition.NORMAL if ranked else Condition.QUIET


def card(one: Portrait, series: Series, cutoff: datetime) -> Card:
    """Give a story's card as readers of a series see it at an instant."""
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
        outside=is_outside(StoryFacts(story.articles).topics, series),
        keywords=one.keywords,
        folded=folded(one.newsrooms),
    )
