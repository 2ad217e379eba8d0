"""Build an edition: which stories readers are told of, in what order, and why. The same stories give the same edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple
from zoneinfo import ZoneInfo

from processing.digest.figures import carrier_rows, jumps, main_topic, topic_counts, trend
from processing.digest.newsrooms import carriers, independent, reported_by, told_at
from processing.digest.plain import plain
from processing.digest.ranking import entities_of, named, points, reasons, topic_name, topic_names, topics_of, weight
from processing.digest.summary import best, changes, lead, reference
from processing.model import (
    Card,
    Condition,
    Coverage,
    Edition,
    Extract,
    Mention,
    Reason,
    Reference,
    Series,
    Standing,
    Story,
    StoryArticle,
)

NEW_ALWAYS = 3
NEW_AT_MOST = 5
NEW_WEIGHT = 3
"""Weight from which a fourth and a fifth new story are told."""

DEVELOPING_AT_MOST = 10
ALSO_SEEN_AT_MOST = 10
FORGOTTEN_AFTER = timedelta(hours=72)
ENTITIES = 4
TOPICS = 2


class Candidate(NamedTuple):
    """A story that could be told: `fresh` are its articles that no edition has shown."""

    story: Story
    standing: Standing
    fresh: tuple[StoryArticle, ...]
    summary: tuple[Extract, ...]
    reasons: tuple[Reason, ...]
    outside: bool


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
    candidates = [_candidate(story, series, cutoff, previous_cutoff, names, jumped) for story in known]
    ranked = sorted((candidate for candidate in candidates if candidate), key=_rank)
    told, passing = _choose(ranked)
    also_seen, left_out = passing[:ALSO_SEEN_AT_MOST], passing[ALSO_SEEN_AT_MOST:]
    cards = [_card(candidate, series, cutoff, names) for candidate in told]
    return Edition(
        series=series,
        cutoff=cutoff,
        previous_cutoff=previous_cutoff,
        condition=_condition(coverage, ranked),
        new=tuple(card for card in cards if card.standing is Standing.NEW),
        developing=tuple(card for card in cards if card.standing is Standing.DEVELOPING),
        also_seen=tuple(Mention(story=c.story.id, headline=_title(c, series)) for c in also_seen),
        new_count=sum(candidate.standing is Standing.NEW for candidate in ranked),
        developing_count=sum(candidate.standing is Standing.DEVELOPING for candidate in ranked),
        coverage=coverage,
        main_topic=main_topic([candidate.story.articles for candidate in ranked], names),
        trend=trend(counts, usual, names),
        carriers=carrier_rows([candidate.fresh for candidate in told]),
        topics=tuple(topic_name(topic, names) for topic in series.topics),
        shown={
            candidate.story.id: tuple(article.article_id for article in candidate.story.articles)
            for candidate in chain(told, also_seen)
        },
        left_out=len(left_out),
    )


def _until(story: Story, cutoff: datetime) -> Story | None:
    articles = tuple(article for article in story.articles if article.first_seen_at <= cutoff)
    return replace(story, articles=articles) if articles else None


def _candidate(
    story: Story,
    series: Series,
    cutoff: datetime,
    previous_cutoff: datetime | None,
    labels: Mapping[str, str],
    jumped: frozenset[str],
) -> Candidate | None:
    """Say what a story is to the readers, and what of it they are told; None where it has nothing for them."""
    fresh = tuple(article for article in story.articles if article.article_id not in story.shown)
    known = [article for article in story.articles if article.article_id in story.shown]
    passed_over = previous_cutoff is not None and story.last_seen_at <= previous_cutoff
    if not fresh or passed_over or story.last_seen_at < cutoff - FORGOTTEN_AFTER:
        return None
    standing = Standing.DEVELOPING if known else Standing.NEW
    summary = changes(fresh, known, series.language) if known else lead(best(fresh, series.language))
    if known and not summary:
        return None
    given = reasons(story.articles, series, standing, labels=labels, jumped=jumped)
    outside = bool(series.topics) and not set(series.topics) & set(topics_of(story.articles))
    return Candidate(story, standing, fresh, summary, given, outside)


def _rank(candidate: Candidate) -> tuple[bool, float, datetime, int]:
    """Sort what readers asked for before the rest, then by points; of equals, the first seen leads."""
    return candidate.outside, -points(candidate.reasons), candidate.story.first_seen_at, candidate.story.id


def _choose(ranked: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Part the ranked stories into those told and those passing by; of those outside the topics one is told."""
    foremost = next((candidate for candidate in ranked if candidate.outside), None)
    eligible = [candidate for candidate in ranked if not candidate.outside or candidate is foremost]
    new = [candidate for candidate in eligible if candidate.standing is Standing.NEW]
    developing = [candidate for candidate in eligible if candidate.standing is Standing.DEVELOPING]
    told = new[:NEW_ALWAYS]
    told += [candidate for candidate in new[NEW_ALWAYS:NEW_AT_MOST] if weight(candidate.reasons) >= NEW_WEIGHT]
    if foremost in new and foremost not in told:
        told[-1:] = [foremost] if len(told) == NEW_AT_MOST else [*told[-1:], foremost]
    told += developing[:DEVELOPING_AT_MOST]
    return told, [candidate for candidate in ranked if candidate not in told]


def _condition(coverage: Coverage, ranked: Sequence[Candidate]) -> Condition:
    if not coverage.healthy or not coverage.articles:
        return Condition.BROKEN
    return Condition.NORMAL if ranked else Condition.QUIET


def _card(candidate: Candidate, series: Series, cutoff: datetime, labels: Mapping[str, str]) -> Card:
    story, fresh = candidate.story, candidate.fresh
    zone = ZoneInfo(series.timezone)
    return Card(
        story=story.id,
        standing=candidate.standing,
        headline=_title(candidate, series),
        summary=candidate.summary,
        weight=weight(candidate.reasons),
        reasons=candidate.reasons,
        topics=topic_names(story.articles, labels)[:TOPICS],
        entities=tuple(named(entity, series.language) for entity in entities_of(story.articles)[:ENTITIES]),
        first_seen_at=story.first_seen_at,
        first_outlet=plain(min(story.articles, key=told_at).outlet_title),
        origin=_plain_or_none(reported_by(story.articles)),
        carriers=carriers(fresh),
        newsrooms=independent(story.articles),
        articles=len(story.articles),
        added=len(fresh),
        day=(cutoff.astimezone(zone).date() - story.first_seen_at.astimezone(zone).date()).days + 1,
        outside=candidate.outside,
    )


def _title(candidate: Candidate, series: Series) -> Reference:
    """Give the headline that tells the story; of a developing one, that of the article with what is most new."""
    if candidate.standing is Standing.DEVELOPING:
        return candidate.summary[0].source
    return reference(best(candidate.fresh, series.language))


def _plain_or_none(text: str | None) -> str | None:
    return plain(text) if text else None
