"""What the operator asks of the store: an article's whole road, what runs fetched and lost, what the mail waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from processing.store.connection import Connection

FETCHES_SHOWN = 20
"""Of one address, the newest."""


@dataclass(frozen=True, slots=True)
class FetchLine:
    """A request for an address, and its fate; `fate` is None while it waits to be read."""

    as_of: datetime
    run: int
    kind: str
    status: int | None
    fate: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The newest judgement of an article, with each topic's terms as (topic, score, terms)."""

    judged_by: str
    language: str
    relevant: bool
    score: float
    topics: tuple[tuple[str, float, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition that has shown an article, and the story that it was in then."""

    series: str
    cutoff: datetime
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """All that is known of one address. `outlet` and what follows are None where no article is stored under it."""

    fetches: tuple[FetchLine, ...]
    outlet: str | None = None
    title: str | None = None
    first_seen_at: datetime | None = None
    revisions: int = 0
    verdict: Verdict | None = None
    story: int | None = None
    duplicate_of: str | None = None
    """The address of the article that it copies."""
    shown: tuple[Shown, ...] = ()


def road(connection: Connection, url: str, canonical_url: str) -> Road:
    """Follow an address through the store: its fetches, its article, what judged it, its story, the editions that showed it."""
    fetches = _fetches(connection, url, canonical_url)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT article.id, outlet.title, first_seen_at, (SELECT count(*) FROM revision WHERE article_id = article.id),"
            " (SELECT title FROM revision WHERE article_id = article.id ORDER BY id DESC LIMIT 1), story_id,"
            " (SELECT original.url FROM article original WHERE original.id = duplicate_of)"
            " FROM article JOIN outlet ON outlet.name = article.outlet"
            " LEFT JOIN story_article ON story_article.article_id = article.id WHERE article.url IN (%s, %s) LIMIT 1",
            (url, canonical_url),
        )
        found = cursor.fetchone()
    if found is None:
        return Road(fetches=fetches)
    id_, outlet, first_seen_at, revisions, title, story, original = found
    return Road(
        fetches=fetches,
        outlet=outlet,
        title=title,
        first_seen_at=first_seen_at,
        revisions=revisions,
        verdict=_verdict(connection, id_),
        story=story,
        duplicate_of=original,
        shown=_shown(connection, id_),
    )


def _fetches(connection: Connection, url: str, canonical_url: str) -> tuple[FetchLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT as_of, run.id, fetched.kind, status, fate, reason FROM fetched JOIN run ON run.id = run_id"
            " WHERE canonical_url IN (%s, %s) ORDER BY fetched.id DESC LIMIT %s",
            (url, canonical_url, FETCHES_SHOWN),
        )
        return tuple(FetchLine(*row) for row in cursor.fetchall())


def _verdict(connection: Connection, article: int) -> Verdict | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT judgement.id, judged_by, language, relevant, score FROM revision JOIN judgement ON revision_id = revision.id"
            " WHERE article_id = %s ORDER BY revision.id DESC, judgement.id DESC LIMIT 1",
            (article,),
        )
        found = cursor.fetchone()
        if found is None:
            return None
        id_, judged_by, language, relevant, score = found
        cursor.execute(
            "SELECT topic, score, evidence FROM topic_tag WHERE judgement_id = %s ORDER BY score DESC, topic", (id_,)
        )
        topics = tuple((topic, share, _terms(evidence)) for topic, share, evidence in cursor.fetchall())
    return Verdict(judged_by, language, relevant, score, topics)


def _terms(evidence: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(match["term"]) for match in evidence))


def _shown(connection: Connection, article: int) -> tuple[Shown, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT series.title, cutoff, story_id FROM edition_article JOIN edition ON edition.id = edition_id"
            " JOIN series ON series.id = series_id WHERE article_id = %s ORDER BY cutoff DESC LIMIT 20",
            (article,),
        )
        return tuple(Shown(*row) for row in cursor.fetchall())
