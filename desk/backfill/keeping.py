"""How articles from an archive are kept: as of when they were out, and never over a text that was had later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from processing.errors import Rejected
from processing.model import Article, Fate
from processing.store import Connection, articles, backfills
from processing.store.articles import Source

BACKFILL = "backfill"
"""The kind of its runs."""

NEWS_REACH = timedelta(hours=48)
"""An archive may have asked for a page years after it was written. What is older than a listing goes back (48 hours, as
crawls read sitemaps) was out when it says, and no news of the day on which the archive came by."""


EARLIEST = datetime(1996, 1, 1, tzinfo=UTC)
"""The first web archive began then. What is dated before was not dated by a clock that knew."""


def first_seen(article: Article, fetched_at: datetime) -> datetime:
    """Give when a crawl would have seen an article: when the archive had it, or when it was published, if long before."""
    published = article.published_at
    return published if published and EARLIEST <= published < fetched_at - NEWS_REACH else fetched_at


def keep_old(
    connection: Connection, outlet: str, article: Article, sources: Sequence[Source], *, reader: str, seen_at: datetime
) -> tuple[int, Fate]:
    """Keep an article that an archive had at an instant, as `articles.keep` does.

    Raises Rejected where another text of it, had later, is stored already: the last text that was seen stays the newest.
    """
    if backfills.displaces(connection, article, seen_at):
        raise Rejected("A text of this article that was had later is stored; an older one does not take its place.")
    return articles.keep(
        connection,
        outlet,
        article,
        sources,
        reader=reader,
        seen_at=seen_at,
        first_seen_at=first_seen(article, seen_at),
        crawled=False,
    )
