"""What a crawl is told of earlier ones: which addresses need no second fetch, and what makes a request conditional."""

from __future__ import annotations

from datetime import datetime

from processing.model import Validators
from processing.store.connection import Connection
from processing.store.takedowns import NO_TEXT


def known_addresses(connection: Connection, outlet: str, since: datetime) -> dict[str, datetime]:
    """Give the canonical page addresses of an outlet that need no second fetch: had since then, gone (404, 410), or taken down.

    Each comes with when it was last had; a page that led to another address is known by both. What was taken down here is
    had for ever: no change at the outlet brings it back. What a backfill took from an archive was not had: a crawl sees it for itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT url, '9999-12-31Z'::timestamptz FROM article WHERE outlet = %(outlet)s AND {NO_TEXT} UNION ALL"  # noqa: S608 - our own text
            " SELECT address, max(coalesce(record.fetched_at, run.as_of)) FROM fetched JOIN run ON run.id = run_id"
            " LEFT JOIN record ON record.id = record_id"
            " CROSS JOIN LATERAL (VALUES (canonical_url), (article_url)) AS known (address)"
            " WHERE run.outlet = %(outlet)s AND run.kind = 'crawl' AND run.as_of >= %(since)s AND run.state <> 'failed' AND fetched.kind = 'page'"
            " AND (coalesce(fate, '') NOT IN ('failed', 'disallowed') OR status IN (404, 410))"
            " AND address IS NOT NULL GROUP BY address ORDER BY 2",
            {"outlet": outlet, "since": since},
        )
        return dict(cursor.fetchall())


def validators(connection: Connection, outlet: str, since: datetime) -> dict[str, Validators]:
    """Give what makes the next requests to an outlet conditional, by address: of what was asked for since then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT url, etag, last_modified FROM validator WHERE outlet = %s AND url IN"
            " (SELECT fetched.url FROM fetched JOIN run ON run.id = run_id WHERE run.outlet = %s AND run.as_of >= %s)",
            (outlet, outlet, since),
        )
        return {url: Validators(etag=etag, last_modified=modified) for url, etag, modified in cursor.fetchall()}
