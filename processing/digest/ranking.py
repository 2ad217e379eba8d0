"""Why a story is in an edition: named reasons, each with its points; their sum is the story's weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import floor, log2

from processing.digest.keywords import keywords
from processing.digest.officials import official_source
from processing.digest.plain import plain
from processing.entities import label_in
from processing.model import Entity, Newsroom, Reason, Series, StoryArticle

NEWSROOMS_AT_MOST = 3.0
"""Points: eight independent newsrooms say as much as forty."""

COUNTRIES_AT_MOST = 1.0
"""Points: newsrooms of four countries say as much as those of ten."""

HEAVIEST = 5

JUMP = 2.0
"""Times a topic's mean of seven days from which it has jumped, and JUMP_ARTICLES more than it at least."""
JUMP_ARTICLES = 3


def reasons(
    articles: Sequence[StoryArticle],
    rooms: Sequence[Newsroom],
    series: Series,
    *,
    labels: Mapping[str, str],
    jumped: frozenset[str] = frozenset(),
) -> tuple[Reason, ...]:
    """Give all that a story's weight is made of, the weightiest first.

    `rooms` are its independent newsrooms, `labels` names topics, `jumped` are those on the rise.
    """
    topics = topics_of(articles)
    found = [
        _newsrooms(rooms),
        *_official(articles, series.language),
        *_countries(rooms),
        *_watched(articles, series),
        *_asked_for(topics, series, labels),
        *_jump(topics, jumped, labels),
    ]
    return tuple(sorted(found, key=lambda reason: -reason.points))


def weight(given: Iterable[Reason]) -> int:
    """Scale the points of reasons to 1 to 5: a story of one newsroom for which nothing else speaks gets 1."""
    return min(HEAVIEST, 1 + floor(points(given)))


def points(given: Iterable[Reason]) -> float:
    """Add up the points of reasons."""
    return sum(reason.points for reason in given)


def topics_of(articles: Sequence[StoryArticle]) -> tuple[str, ...]:
    """Give a story's topics with their parents, those of most articles and the highest scores first."""
    strength: Counter[str] = Counter()
    for article in articles:
        for tag in article.topics:
            strength[tag.topic] += round(1000 * tag.score)  # whole numbers: the sum must not depend on the order
            if tag.parent:
                strength[tag.parent] += round(999 * tag.score)
    return tuple(sorted(strength, key=lambda topic: (-strength[topic], topic)))


def entities_of(articles: Sequence[StoryArticle]) -> tuple[Entity, ...]:
    """Give what a story names, in most articles and headlines first; one Entity for each id."""
    first: dict[str, Entity] = {}
    strength: Counter[str] = Counter()
    for article in articles:
        for entity in article.entities:
            first.setdefault(entity.id, entity)
            strength[entity.id] += min(entity.mentions, 5) + 5 * entity.in_title
    return tuple(first[id_] for id_ in sorted(first, key=lambda id_: (-strength[id_], id_)))


def named(entity: Entity, language: str) -> str:
    """Name an entity for readers of a language, by the gazetteer; one that it has no longer by the label it was found with."""
    return plain(label_in(language, entity.id) or entity.label)


def topic_name(topic: str, labels: Mapping[str, str]) -> str:
    """Name a topic by its label, or by its code where it has none."""
    return labels.get(topic, topic.replace("_", " "))


def topic_names(articles: Sequence[StoryArticle], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Name a story's topics, the strongest first, without the parents of those named."""
    parent = {tag.topic: tag.parent for article in articles for tag in article.topics}
    chosen: list[str] = []
    for topic in topics_of(articles):
        if not any(topic == parent.get(other) for other in chosen):
            chosen.append(topic)
    return tuple(topic_name(topic, labels) for topic in chosen)


def _newsrooms(rooms: Sequence[Newsroom]) -> Reason:
    count = len(rooms)
    return Reason(key="newsrooms", points=round(min(log2(count), NEWSROOMS_AT_MOST), 2), values={"count": count})


def _official(articles: Sequence[StoryArticle], language: str) -> Iterator[Reason]:
    name = official_source(articles, language)
    if name:
        yield Reason(key="official", points=0.5, values={"name": name})


def _countries(rooms: Sequence[Newsroom]) -> Iterator[Reason]:
    """Count the countries of the newsrooms that reported for themselves: a wire's copies spread nothing of their own."""
    count = len({room.articles[0].country for room in rooms})
    if count > 1:
        yield Reason(key="countries", points=round(min(log2(count) / 2, COUNTRIES_AT_MOST), 2), values={"count": count})


def _watched(articles: Sequence[StoryArticle], series: Series) -> Iterator[Reason]:
    for entity in entities_of(articles) if series.watched else ():
        if entity.id in series.watched:
            yield Reason(key="watched", points=1.0, values={"name": named(entity, series.language)})
            return


def _asked_for(topics: Sequence[str], series: Series, labels: Mapping[str, str]) -> Iterator[Reason]:
    for topic in topics:
        if topic in series.topics:
            yield Reason(key="topic", points=1.0, values={"name": topic_name(topic, labels)})
            return


def _jump(topics: Sequence[str], jumped: frozenset[str], labels: Mapping[str, str]) -> Iterator[Reason]:
    for topic in topics:
        if topic in jumped:
            yield Reason(key="jump", points=0.5, values={"name": topic_name(topic, labels)})
            return


def key_terms(articles: Sequence[StoryArticle], language: str) -> tuple[str, ...]:
    """Give the terms that told the topic best, in the readers' language if they can be."""
    own = [article for article in articles if article.language == language and article.topics] or articles
    tag = max((tag for article in own for tag in article.topics), key=lambda tag: tag.score, default=None)
    return keywords(tag.evidence) if tag else ()


def strength(articles: Sequence[StoryArticle]) -> float:
    """Give how surely a story is of its topic, in 0 to 1: it orders stories of one weight."""
    return max((tag.score for article in articles for tag in article.topics), default=0.0)
