"""How many newsrooms stand behind a story: copies, quoted wires and sister papers are folded before counting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from processing.digest.summary import reference
from processing.model import Reference, StoryArticle

OFFICIAL = re.compile(
    r"\b(?:kemhan|kemenhan|kemlu|kementerian|kemenko|tni|bakamla|polri|densus|bin|bssn|dpr|istana|kedutaan|kedubes|mabes"
    r"|ministry|department|pentagon|white house|kremlin|embassy|army|navy|air force|marine corps|coast guard|armed forces"
    r"|central command|indo-pacific command|nato|pbb|united nations|iaea|asean|european union|government)\b",
    re.IGNORECASE,
)
"""Names of bodies that speak for a state or an alliance, as attributions carry them."""


def official_source(articles: Sequence[StoryArticle]) -> str | None:
    """Give the official body that most of the articles rest on; the first named, among equals."""
    named = Counter(
        source.source for article in articles for source in article.sources if OFFICIAL.search(source.source)
    )
    return named.most_common(1)[0][0] if named else None


def reported_by(articles: Sequence[StoryArticle]) -> str | None:
    """Give the other newsroom (a wire, a paper) that half of the articles or more rest on, None where there is none."""
    named = Counter(source for article in articles for source in _quoted(article))
    source, times = named.most_common(1)[0] if named else ("", 0)
    return source if 2 * times >= max(len(articles), 1) else None


def independent(articles: Sequence[StoryArticle]) -> int:
    """Count the newsrooms that reported for themselves.

    A duplicate counts with what it copies; an article that rests on other newsrooms counts as these, and all that one
    article rests on count as one (they quoted each other); outlets of one group are one. In doubt too few are counted.
    """
    groups = {name.lower(): article.group for article in articles for name in (article.outlet_title, article.outlet)}
    by_id = {article.article_id: article for article in articles}
    joined: dict[str, str] = {}
    for article in articles:
        origins = _origins(_original(article, by_id), groups)
        for other in origins[1:]:
            joined[_root(other, joined)] = _root(origins[0], joined)
    return len({_root(_origins(_original(article, by_id), groups)[0], joined) for article in articles})


def carriers(articles: Iterable[StoryArticle]) -> tuple[Reference, ...]:
    """Refer to the first article of each outlet."""
    first: dict[str, Reference] = {}
    for article in articles:
        first.setdefault(article.outlet, reference(article))
    return tuple(first.values())


def told_at(article: StoryArticle) -> tuple[datetime, datetime, int]:
    """Give what sorts articles by when they told the news: when seen; of one crawl, when published as they say."""
    seen = article.first_seen_at
    return seen, min(article.published_at or seen, seen), article.article_id


def _quoted(article: StoryArticle) -> list[str]:
    own = {article.outlet_title.lower(), article.outlet.lower(), article.group.lower()}
    return [
        source.source
        for source in article.sources
        if source.source.lower() not in own and not OFFICIAL.search(source.source)
    ]


def _origins(article: StoryArticle, groups: Mapping[str, str]) -> list[str]:
    quoted = [f"group {groups[name]}" if name in groups else name for name in map(str.lower, _quoted(article))]
    return quoted or [f"group {article.group}"]


def _original(article: StoryArticle, by_id: Mapping[int, StoryArticle]) -> StoryArticle:
    seen = {article.article_id}
    while (copied := by_id.get(article.duplicate_of or 0)) and copied.article_id not in seen:
        article = copied
        seen.add(article.article_id)
    return article


def _root(name: str, joined: Mapping[str, str]) -> str:
    while name in joined:
        name = joined[name]
    return name
