"""Merges and splits of stories: each is written down, and an id that was given once leads to the right story for good."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from processing.errors import DatabaseError
from processing.store.connection import Connection, scalar


@dataclass(frozen=True, slots=True)
class Change:
    """Articles that went from one story to another: `kind` is merge or split."""

    kind: str
    from_story: int
    to_story: int
    articles: tuple[int, ...]
    reason: str
    at: datetime


def current(connection: Connection, story: int) -> int:
    """Give the story that an id leads to: itself, or what it was merged into. Raises DatabaseError for an id never given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(to_story, id) FROM story LEFT JOIN story_redirect ON from_story = id WHERE id = %s",
            (story,),
        )
        found: int | None = scalar(cursor)
    if found is None:
        raise DatabaseError(f"There is no story {story}; `pantau search` gives the ids of stories.")
    return found


def leading_to(connection: Connection, story: int) -> list[int]:
    """Give the ids that lead to a story beside its own, in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT from_story FROM story_redirect WHERE to_story = %s ORDER BY from_story", (story,))
        return [row[0] for row in cursor.fetchall()]


def changes(connection: Connection, story: int) -> list[Change]:
    """Give the merges into a story and its splits, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, from_story, to_story, articles, reason, at FROM story_change"
            " WHERE %(story)s IN (from_story, to_story) ORDER BY id",
            {"story": story},
        )
        return [
            Change(kind, source, target, tuple(ids), *rest) for kind, source, target, ids, *rest in cursor.fetchall()
        ]


def merge(connection: Connection, stories: Collection[int], *, at: datetime, reason: str) -> int:
    """Make stories one and give its id: that which an edition showed first, else that which began first.

    The caller holds `stories.lock`. The other ids lead there from now on, and so does what led to them.
    """
    kept, *others = _by_seniority(connection, {current(connection, story) for story in stories})
    for other in others:
        moved = _articles(connection, other)
        _move(connection, moved, other, kept)
        _write(connection, Change("merge", other, kept, tuple(sorted(moved)), reason, at))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE story_redirect SET to_story = %s WHERE to_story = %s", (kept, other))
            cursor.execute("INSERT INTO story_redirect VALUES (%s, %s, %s)", (other, kept, reason))
    return kept


def split(connection: Connection, story: int, articles: Collection[int], *, at: datetime, reason: str) -> int:
    """Take articles, and what copies them, out of a story, and give the id of theirs.

    The caller holds `stories.lock`. Ids all of whose articles were taken out lead to the new story; one of these that was
    merged in becomes its id again, else it is a fresh one. Raises DatabaseError where articles are not of the story, or are
    all of it.
    """
    story = current(connection, story)
    have = _articles(connection, story)
    if strangers := set(articles) - have:
        raise DatabaseError(f"Story {story} has no article {', '.join(map(str, sorted(strangers)))}.")
    moved = set(articles) | _copies(connection, articles)
    if moved >= have:
        raise DatabaseError(f"These are all articles of story {story}, so nothing would be left of it.")
    followers = [id_ for id_ in leading_to(connection, story) if _merged(connection, id_) <= moved]
    target = followers[0] if followers else _begin(connection, at)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM story_redirect WHERE from_story = %s", (target,))
        cursor.execute("UPDATE story_redirect SET to_story = %s WHERE from_story = ANY(%s)", (target, followers))
    _move(connection, moved, story, target)
    _refold(connection, moved)
    _write(connection, Change("split", story, target, tuple(sorted(moved)), reason, at))
    return target


def parted(connection: Connection) -> set[tuple[int, int]]:
    """Give the pairs of stories, by their ids as of now, that a person has split and that are two to this day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT coalesce(a.to_story, change.from_story), coalesce(b.to_story, change.to_story)"
            " FROM story_change change LEFT JOIN story_redirect a ON a.from_story = change.from_story"
            " LEFT JOIN story_redirect b ON b.from_story = change.to_story WHERE kind = 'split'"
        )
        return {(one, other) for one, other in cursor.fetchall() if one != other}


def _by_seniority(connection: Connection, stories: Collection[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM story WHERE id = ANY(%s) ORDER BY (SELECT min(cutoff) FROM edition_article"
            " JOIN edition ON edition.id = edition_id WHERE story_id = story.id) NULLS LAST, first_seen_at, id",
            (list(stories),),
        )
        return [row[0] for row in cursor.fetchall()]


def _articles(connection: Connection, story: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT article_id FROM story_article WHERE story_id = %s", (story,))
        return {row[0] for row in cursor.fetchall()}


def _copies(connection: Connection, articles: Collection[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT article_id FROM story_article WHERE duplicate_of = ANY(%s)", (list(articles),))
        return {row[0] for row in cursor.fetchall()}


def _merged(connection: Connection, story: int) -> set[int]:
    """Give the articles that a story had when it was merged for the last time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT articles FROM story_change WHERE kind = 'merge' AND from_story = %s ORDER BY id DESC LIMIT 1",
            (story,),
        )
        return set(scalar(cursor) or ())


def _begin(connection: Connection, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO story (first_seen_at, last_seen_at) VALUES (%s, %s) RETURNING id", (at, at))
        return int(scalar(cursor))


def _move(connection: Connection, articles: Collection[int], from_story: int, to_story: int) -> None:
    """Move articles, and set by what they have when both stories were seen first and last."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE story_article SET story_id = %s WHERE article_id = ANY(%s)", (to_story, list(articles)))
        cursor.execute(
            "UPDATE story SET first_seen_at = seen.first, last_seen_at = seen.last FROM (SELECT story_id,"
            " min(first_seen_at) AS first, max(first_seen_at) AS last FROM story_article"
            " JOIN article ON article.id = article_id WHERE story_id = ANY(%s) GROUP BY story_id) seen"
            " WHERE story.id = seen.story_id",
            ([from_story, to_story],),
        )


def _refold(connection: Connection, moved: Collection[int]) -> None:
    """Fold copies that were taken away from their original under the first of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE story_article SET duplicate_of = nullif(first, article_id) FROM (SELECT duplicate_of AS original,"
            " (array_agg(article_id ORDER BY first_seen_at, article_id))[1] AS first FROM story_article"
            " JOIN article ON article.id = article_id WHERE article_id = ANY(%(moved)s)"
            " AND duplicate_of <> ALL(%(moved)s) GROUP BY duplicate_of) family"
            " WHERE article_id = ANY(%(moved)s) AND duplicate_of = original",
            {"moved": list(moved)},
        )


def _write(connection: Connection, change: Change) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO story_change (kind, from_story, to_story, articles, reason, at) VALUES (%s, %s, %s, %s, %s, %s)",
            (change.kind, change.from_story, change.to_story, list(change.articles), change.reason, change.at),
        )
