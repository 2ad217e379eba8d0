"""Articles that editions have shown and that their outlets have changed or taken away since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from processing.store.connection import Connection

SHOWN_WITHIN = timedelta(days=14)
"""How long after an edition showed an article a change of it is still told."""

READ_AT = """coalesce((SELECT min(fetched_at) FROM revision_source JOIN record ON record.id = record_id
    WHERE revision_id = revision.id), revision.seen_at)"""
"""When the page of a revision was fetched: a text that our own rules read anew from an old page is no news of the outlet's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An article as it stood when it was shown, and as it stands now; `gone` where its address answers 404 or 410."""

    article: int
    url: str
    outlet_title: str
    state_media: bool
    language: str
    story: int | None
    edition: int
    """The last edition that showed it."""
    title_before: str
    body_before: str
    title: str
    body: str
    gone: bool


def changed(connection: Connection, series: int, *, since: datetime, cutoff: datetime) -> list[Changed]:
    """Give the articles, shown by a series before `cutoff`, that were revised or went after `since` and up to `cutoff`.

    An address that answered again afterwards has not gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH shown AS (
                SELECT DISTINCT ON (article_id) article_id, edition_id FROM edition_article
                JOIN edition ON edition.id = edition_id WHERE series_id = %(series)s
                AND cutoff < %(cutoff)s AND cutoff >= %(from)s ORDER BY article_id, cutoff DESC
            )
            SELECT article.id, article.url, outlet.title, ownership = 'state', coalesce((SELECT language FROM judgement
                WHERE revision_id = after.id ORDER BY id DESC LIMIT 1), 'und'), story_id, edition_id,
                coalesce(before.title, after.title), coalesce(before.body, after.body), after.title, after.body, went
            FROM shown JOIN article ON article.id = article_id JOIN outlet ON outlet.name = article.outlet
            LEFT JOIN story_article ON story_article.article_id = article.id
            JOIN LATERAL (SELECT id, title, body, {READ_AT} AS read_at FROM revision WHERE revision.article_id = article.id
                AND seen_at <= %(cutoff)s ORDER BY id DESC LIMIT 1) after ON true
            LEFT JOIN LATERAL (SELECT title, body FROM revision WHERE revision.article_id = article.id
                AND revision.id < after.id AND {READ_AT} <= %(since)s ORDER BY id DESC LIMIT 1) before ON true
            CROSS JOIN LATERAL (SELECT coalesce((SELECT status IN (404, 410) FROM fetched JOIN run ON run.id = run_id
                WHERE canonical_url = article.url AND fetched.kind = 'page' AND run.kind <> 'backfill'
                AND (status IN (404, 410) OR status BETWEEN 200 AND 399) AND as_of > %(since)s AND as_of <= %(cutoff)s ORDER BY as_of DESC, fetched.id DESC LIMIT 1), false)
                AS went) fate
            WHERE went OR (after.read_at > %(since)s AND before.title IS NOT NULL) ORDER BY article.id
            """,  # noqa: S608 - our own text
            {"series": series, "since": since, "cutoff": cutoff, "from": cutoff - SHOWN_WITHIN},
        )
        return [
            Changed(
                article=article,
                url=url,
                outlet_title=outlet,
                state_media=state,
                language=language,
                story=story,
                edition=edition,
                title_before=title_before,
                body_before=body_before,
                title=title,
                body=body,
                gone=gone,
            )
            for article, url, outlet, state, language, story, edition, title_before, body_before, title, body, gone in cursor.fetchall()
        ]
