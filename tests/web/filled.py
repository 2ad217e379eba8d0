"""A store as the pages find it: the digest's sample stories kept, joined, and told in two editions of each series."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from digest_samples import COVERAGE, CUTOFF, LABELS, PREVIOUS, USUAL, ordinary_stories, series, web_links
from stored import outlet

from processing.digest.edition import build
from processing.digest.render import render
from processing.model import Article, Edition, Judgement, Ownership, Series, Story
from processing.store import Connection, articles, editions, judgements, outlets, stories
from processing.store.series import save_series

WEB = "https://pantau.example"
DESK = series("id")


def keep(connection: Connection, story: Story) -> int:
    """Keep a sample story with its articles; gives its id in the store."""
    outlets.declare(
        connection,
        [
            outlet(
                one.outlet,
                title=one.outlet_title,
                country=one.country,
                group=one.group,
                ownership=Ownership.STATE if one.state_media else Ownership.PRIVATE,
            )
            for one in story.articles
        ],
    )
    id_ = stories.begin(connection, story.first_seen_at)
    kept: dict[int, int] = {}
    for one in story.articles:
        # A store holds no NUL; reading takes it out.
        article = Article(
            url=one.url, title=one.title.replace("\0", ""), paragraphs=one.paragraphs, published_at=one.published_at
        )
        revision, _ = articles.keep(connection, one.outlet, article, [], reader="test", seen_at=one.first_seen_at)
        verdict = Judgement(
            language=one.language,
            relevant=True,
            score=one.score,
            topics=one.topics,
            entities=one.entities,
            sources=one.sources,
            judged_by="test",
        )
        judgements.keep(connection, revision, verdict)
        kept[one.article_id] = articles.ids(connection, [one.url])[one.url]
        stories.join(
            connection,
            kept[one.article_id],
            id_,
            at=one.first_seen_at,
            duplicate_of=kept.get(one.duplicate_of or 0),
            score=1.0,
            by="test",
        )
    return id_


def tell(connection: Connection, given: Series, cutoff: datetime, **changes: object) -> Edition:
    """Build the edition of a series for a cut-off from what is stored, and keep it."""
    stored = save_series(connection, given)
    told = stories.told(connection, cutoff - timedelta(days=3), cutoff, stored.id)
    previous = editions.previous_cutoff(connection, stored.id, cutoff)
    edition = build(stored, cutoff, previous, told, COVERAGE, labels=LABELS[given.language], usual=USUAL)
    return keep_edition(connection, replace(edition, **changes))


def keep_edition(connection: Connection, edition: Edition) -> Edition:
    """Keep an edition, and give it as its mail tells it: what would not fit is left out."""
    rendered = render(edition, web_links(edition))
    editions.save(connection, rendered, built_by="test")
    return rendered.edition


def fill(connection: Connection) -> dict[int, int]:
    """Fill the store: nine stories, a desk's series with two editions, one in English, one of a reader's own choice.

    Gives the stories' ids by those of the samples.
    """
    with connection:
        ids = {story.id: keep(connection, story) for story in ordinary_stories()}
        for given in (
            DESK,
            series("en", name="defence", title="Defence Desk"),
            series("id", name="p-0123456789ab", title="Pilihan Anda", kind="personal", topics=("maritime",)),
        ):
            tell(connection, given, PREVIOUS)
            tell(connection, given, CUTOFF)
    return ids
