"""How many newsrooms stand behind a story: copies, quoted wires and sister papers are folded before counting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from processing.digest.plain import plain
from processing.digest.summary import reference
from processing.model import Attribution, Folded, Newsroom, Reference, StoryArticle


def newsrooms(articles: Sequence[StoryArticle]) -> tuple[Newsroom, ...]:
    """Give the newsrooms that reported for themselves, the one with most articles first.

    A duplicate counts with what it copies; an article that rests on other newsrooms counts as these, and all that one
    article rests on count as one (they quoted each other); outlets of one group are one. In doubt too few are counted.
    """
    groups = {name.lower(): article.group for article in articles for name in (article.outlet_title, article.outlet)}
    by_id = {article.article_id: article for article in articles}
    joined: dict[str, str] = {}
    origins = {article.article_id: _origins(article, by_id, groups) for article in articles}
    for first, *others in origins.values():
        for other in others:
            if (root := _root(other, joined)) != _root(first, joined):
                joined[root] = _root(first, joined)
    rooms: defaultdict[str, list[StoryArticle]] = defaultdict(list)
    for article in sorted(articles, key=told_at):
        rooms[_root(origins[article.article_id][0], joined)].append(article)
    found = [Newsroom(_name(room), tuple(room)) for room in rooms.values()]
    return tuple(sorted(found, key=lambda room: -len(room.articles)))


def original_source(articles: Sequence[StoryArticle]) -> str | None:
    """Give the newsroom (a wire, a paper) that all articles point to, or are of; None where one does not."""
    by_id = {article.article_id: article for article in articles}
    originals = [_original(article, by_id) for article in articles]
    named = Counter(source for article in originals for source in _quoted(article))
    for source, _ in named.most_common():
        if all(source in _quoted(article) or source.lower() in _own(article) for article in originals):
            return source
    return None


def folded(rooms: Sequence[Newsroom]) -> Folded | None:
    """Give the newsroom that most outlets of several publishers pass on; None where each reported for itself."""
    passed_on = [
        Folded(plain(room.name), len(room.outlets))
        for room in rooms
        if len({article.group for article in room.articles}) > 1
    ]
    return max(passed_on, key=lambda one: one.outlets, default=None)


def carriers(articles: Iterable[StoryArticle]) -> tuple[Reference, ...]:
    """Refer to the first article of each outlet."""
    first: dict[str, Reference] = {}
    for article in articles:
        first.setdefault(article.outlet, reference(article))
    return tuple(first.values())


def rests_on(article: StoryArticle) -> list[Attribution]:
    """Give the newsrooms that an article rests on, its own left out."""
    if not article.sources:
        return []
    own = _own(article)
    return [source for source in article.sources if source.source.lower() not in own]


def told_at(article: StoryArticle) -> tuple[datetime, datetime, int]:
    """Give what sorts articles by when they told the news: when seen; of one crawl, when published as they say."""
    seen = article.first_seen_at
    return seen, min(article.published_at or seen, seen), article.article_id


def _name(room: Sequence[StoryArticle]) -> str:
    """Name a newsroom by the source that most of its articles rest on, else by the outlet that told it first."""
    named = Counter(source for article in room for source in _quoted(article))
    return named.most_common(1)[0][0] if named else room[0].outlet_title


def _own(article: StoryArticle) -> set[str]:
    return {article.outlet_title.lower(), article.outlet.lower(), article.group.lower()}


def _quoted(article: StoryArticle) -> list[str]:
    return [source.source for source in rests_on(article)]


def _origins(article: StoryArticle, by_id: Mapping[int, StoryArticle], groups: Mapping[str, str]) -> list[str]:
    """Give the keys of the newsrooms that an article goes back to; of copies of a text that is not here, the text."""
    original = _original(article, by_id)
    if original.duplicate_of is not None and original.duplicate_of not in by_id:
        return [f"text {original.duplicate_of}"]
    quoted = [f"group {groups[name]}" if name in groups else name for name in map(str.lower, _quoted(original))]
    return quoted or [f"group {original.group}"]


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
