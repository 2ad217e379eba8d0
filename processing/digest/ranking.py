"""Why a story is in an edition: named reasons, each with its points; their sum is the story's weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import floor, log2

from processing.digest.facts import StoryFacts
from processing.digest.keywords import keywords
from processing.digest.plain import plain
from processing.entities import label_in, names_in
from processing.model import Entity, Newsroom, Reason, Series, StoryArticle
from processing.phrases import fold

NEWSROOMS_AT_MOST = 3.0
"""Points: eight independent newsrooms say as much as forty."""

COUNTRIES_AT_MOST = 1.0
"""Points: newsrooms of four countries say as much as those of ten."""

HEAVIEST = 5

JUMP = 2.0
"""Times a topic's mean of seven days from which it has jumped, and JUMP_ARTICLES more than it at least."""
JUMP_ARTICLES = 3

BODIES = frozenset({"organisation", "force"})
"""Kinds of entities of whose names a part says no more beside them: Densus, of Densus 88; frigate says more than a frigate's name."""


def reasons(
    facts: StoryFacts, series: Series, *, labels: Mapping[str, str], jumped: frozenset[str] = frozenset()
) -> tuple[Reason, ...]:
    """Give all that a story's weight is made of, the weightiest first.

    `labels` names topics, `jumped` are those on the rise.
    """
    found = [
        _newsrooms(facts.newsrooms),
        *_official(facts, series.language),
        *_countries(facts.newsrooms),
        *_watched(facts, series),
        *_asked_for(facts.topics, series, labels),
        *_jump(facts.topics, jumped, labels),
    ]
    return tuple(sorted(found, key=lambda reason: -reason.points))


def weight(given: Iterable[Reason]) -> int:
    """Scale the points of reasons to 1 to 5: a story of one newsroom for which nothing else speaks gets 1."""
    return min(HEAVIEST, 1 + floor(points(given)))


def points(given: Iterable[Reason]) -> float:
    """Add up the points of reasons."""
    return sum(reason.points for reason in given)


def named(entity: Entity, language: str) -> str:
    """Name an entity for readers of a language, by the gazetteer; one that it has no longer by the label it was found with."""
    return plain(label_in(language, entity.id) or entity.label)


def topic_name(topic: str, labels: Mapping[str, str]) -> str:
    """Name a topic by its label, or by its code where it has none."""
    return labels.get(topic, topic.replace("_", " "))


def topic_names(facts: StoryFacts, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Name a story's topics, the strongest first, without the parents of those named."""
    parent = {tag.topic: tag.parent for article in facts.articles for tag in article.topics}
    chosen: list[str] = []
    for topic in facts.topics:
        if not any(topic == parent.get(other) for other in chosen):
            chosen.append(topic)
    return tuple(topic_name(topic, labels) for topic in chosen)


def _newsrooms(rooms: Sequence[Newsroom]) -> Reason:
    count = len(rooms)
    return Reason(key="newsrooms", points=round(min(log2(count), NEWSROOMS_AT_MOST), 2), values={"count": count})


def _official(facts: StoryFacts, language: str) -> Iterator[Reason]:
    if name := facts.official(language):
        yield Reason(key="official", points=0.5, values={"name": name})


def _countries(rooms: Sequence[Newsroom]) -> Iterator[Reason]:
    """Count the countries of the newsrooms that reported for themselves: a wire's copies spread nothing of their own."""
    count = len({room.articles[0].country for room in rooms})
    if count > 1:
        yield Reason(key="countries", points=round(min(log2(count) / 2, COUNTRIES_AT_MOST), 2), values={"count": count})


def _watched(facts: StoryFacts, series: Series) -> Iterator[Reason]:
    for entity in facts.entities if series.watched else ():
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


def key_terms(articles: Sequence[StoryArticle], language: str, shown: Sequence[Entity]) -> tuple[str, ...]:
    """Give the terms that told the topic best, in the readers' language if they can be; none names what is shown beside them."""
    own = [article for article in articles if article.language == language and article.topics] or articles
    tag = max((tag for article in own for tag in article.topics), key=lambda tag: tag.score, default=None)
    named = {entity.id: names_in("id", entity.id) | names_in("en", entity.id) for entity in shown}
    bodies = [set(name.split()) for entity in shown if entity.kind in BODIES for name in named[entity.id]]
    evidence = [
        match
        for match in (tag.evidence if tag else ())
        if not any(set(fold(match.term).split()) <= body for body in bodies)
    ]
    return keywords(evidence, frozenset[str]().union(*named.values()))
