"""The small tables of an edition: articles a topic, and who carries which story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from processing.digest.plain import plain
from processing.digest.ranking import JUMP, JUMP_ARTICLES, topic_name
from processing.model import CarrierRow, Story, StoryArticle, TrendLine

DAY = timedelta(hours=24)
TOPICS = 6
"""Lines of the trend."""
STORIES = 5
"""Columns of the coverage table."""
OUTLETS = 8
"""And its rows."""


def topic_counts(stories: Sequence[Story], cutoff: datetime) -> dict[str, int]:
    """Count the articles of the 24 hours before the cut-off by topic; a finer topic counts for its parent."""
    counted: Counter[str] = Counter()
    for story in stories:
        for article in story.articles:
            if cutoff - DAY < article.first_seen_at <= cutoff:
                counted.update({tag.parent or tag.topic for tag in article.topics})
    return dict(counted)


def jumps(counts: Mapping[str, int], usual: Mapping[str, float] | None) -> frozenset[str]:
    """Give the topics that are well over their mean of seven days; none where no mean is known."""
    known = usual or {}
    return frozenset(
        topic
        for topic, count in counts.items()
        if topic in known and count >= JUMP * known[topic] and count >= known[topic] + JUMP_ARTICLES
    )


def trend(
    counts: Mapping[str, int], usual: Mapping[str, float] | None, labels: Mapping[str, str]
) -> tuple[TrendLine, ...]:
    """Give the topics most written of, with their mean of seven days where it is known."""
    ranked = sorted(counts, key=lambda topic: (-counts[topic], topic))[:TOPICS]
    return tuple(
        TrendLine(
            topic=topic_name(topic, labels),
            articles=counts[topic],
            usual=None if usual is None else usual.get(topic, 0.0),
        )
        for topic in ranked
    )


def main_topic(stories: Iterable[Sequence[str]], labels: Mapping[str, str]) -> tuple[str, int] | None:
    """Give the topic that is the first of most stories, by its label, and of how many; of equals that of the earlier story.

    `stories` are the topics of each, strongest first.
    """
    firsts = Counter(topic_name(topics[0], labels) for topics in stories if topics)
    return firsts.most_common(1)[0] if firsts else None


def carrier_rows(told: Sequence[Sequence[StoryArticle]]) -> tuple[CarrierRow, ...]:
    """Count each outlet's articles on the first stories told, the outlets that carry most of them first."""
    columns = [Counter(plain(article.outlet_title) for article in articles) for articles in told[:STORIES]]
    state = {plain(article.outlet_title) for articles in told for article in articles if article.state_media}
    outlets = sorted(
        set().union(*columns),
        key=lambda outlet: (-sum(outlet in column for column in columns), -sum(c[outlet] for c in columns), outlet),
    )
    return tuple(
        CarrierRow(outlet=outlet, state_media=outlet in state, counts=tuple(column[outlet] for column in columns))
        for outlet in outlets[:OUTLETS]
    )
