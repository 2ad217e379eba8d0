"""Articles as the store has them, for tests of stories: judged relevant, each with a text of its own unless one is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from processing.model import (
    Article,
    Entity,
    Evidence,
    Judgement,
    Match,
    Outlet,
    Ownership,
    TopicTag,
)
from processing.store import Connection, articles, judgements, outlets, stories

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)


def outlet(name: str, **changes: object) -> Outlet:
    """Make an outlet of this name."""
    given = {
        "name": name,
        "title": name.title(),
        "country": "ID",
        "languages": ("id",),
        "group": name,
        "ownership": Ownership.PRIVATE,
        "timezone": "Asia/Jakarta",
        "hosts": (f"{name}.test",),
        "listings": (),
        "article": ".",
        "evidence": Evidence(verified=False, checked=NOON.date()),
    }
    return Outlet(**(given | changes))


def verdict(
    language: str = "id",
    *,
    relevant: bool = True,
    topic: str = "maritime",
    entities: tuple[str, ...] = (),
    by: str = "test",
) -> Judgement:
    """Make a judgement."""
    tag = TopicTag(topic=topic, parent=None, score=0.8, evidence=(Match(term="kapal", place="title", weight=1.0),))
    return Judgement(
        language=language,
        relevant=relevant,
        score=0.9,
        topics=(tag,) if relevant else (),
        entities=tuple(Entity(id=id_, kind="place", label=id_, mentions=2) for id_ in entities),
        sources=(),
        judged_by=by,
    )


def store(
    connection: Connection,
    name: str,
    title: str,
    text: str,
    *,
    hours: float = 0,
    url: str | None = None,
    judgement: Judgement | None = None,
) -> int:
    """Store an article that an outlet published, first seen some hours after NOON; gives its id."""
    outlets.declare(connection, [outlet(name)])
    at = NOON + timedelta(hours=hours)
    address = url or f"https://{name}.test/{'-'.join(title.lower().split())}"
    article = Article(url=address, title=title, paragraphs=tuple(text.split("\n")), published_at=at)
    revision, _ = articles.keep(connection, name, article, [], reader="test", seen_at=at)
    judgements.keep(connection, revision, judgement or verdict())
    return articles.ids(connection, [address])[address]


def begun(connection: Connection, *members: int, copies: dict[int, int] | None = None) -> int:
    """Make a story of these articles; `copies` says which of them copies which."""
    story = stories.begin(connection, NOON)
    for article in members:
        at = seen_at(connection, article)
        stories.join(connection, article, story, at=at, duplicate_of=(copies or {}).get(article), score=1.0, by="test")
    return story


def seen_at(connection: Connection, article: int) -> datetime:
    """Give when an article was first seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT first_seen_at FROM article WHERE id = %s", (article,))
        return cursor.fetchone()[0]


def stories_of(connection: Connection) -> dict[int, int]:
    """Give the story of each joined article."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT article_id, story_id FROM story_article")
        return dict(cursor.fetchall())
