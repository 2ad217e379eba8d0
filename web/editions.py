"""The front page, the archive of each series, and every edition at its permalink."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from processing.digest import telling
from processing.digest.cards import CardWords
from processing.model import Edition, TrendLine
from processing.store import pages
from web.answers import BY_LINK, PUBLIC, Gone, page, visit
from web.words import PageWords

router = APIRouter()

LATEST = 4
"""Editions of each series that the front page names."""

A_PAGE = 30
"""Editions on one page of an archive: a month's."""

PageNumber = Annotated[int, Query(alias="page", ge=1, le=10_000)]
GET = ["GET", "HEAD"]


@router.api_route("/", methods=GET)
def front(request: Request) -> Response:
    """Show the desks' series with their latest editions."""
    asked = visit(request)
    with asked.site.reading() as connection:
        desks = pages.desks(connection, editions=LATEST)
    own_first = sorted(desks, key=lambda desk: desk[0].name != asked.site.desk.name)
    return page(asked, "front.html", cache_control=PUBLIC, desks=own_first)


@router.api_route("/editions/{series}", methods=GET)
def archive(request: Request, series: str, number: PageNumber = 1) -> Response:
    """List the editions of a series, the newest first."""
    asked = visit(request)
    with asked.site.reading() as connection:
        line = pages.series_line(connection, series)
        if line is None:
            raise Gone
        found, total = pages.edition_lines(connection, series, skip=A_PAGE * (number - 1), limit=A_PAGE)
    spoken = asked.speaking_as(line.language, line.timezone)
    last = max(1, -(-total // A_PAGE))
    if number > last:
        raise Gone
    return page(
        spoken, "archive.html", cache_control=_cache(line), series=line, editions=found, number=number, last=last
    )


@router.api_route("/editions/{series}/{stamp}", methods=GET)
def edition(request: Request, series: str, stamp: str) -> Response:
    """Show an edition as its readers got it, without what is personal in the mail."""
    asked = visit(request)
    with asked.site.reading() as connection:
        bound = pages.edition_at(connection, series, stamp)
    if bound is None:
        raise Gone
    spoken = asked.speaking_as(bound.edition.series.language, bound.edition.series.timezone)
    return page(
        spoken, "edition.html", cache_control=_cache(bound.series), bound=bound, **told(bound.edition, spoken.words)
    )


def told(edition: Edition, words: PageWords) -> dict[str, Any]:
    """Give what the template of an edition speaks of."""
    longest = max((line.articles for line in edition.trend), default=1)
    return {
        "edition": edition,
        "cards": CardWords(edition, words),
        "lede": telling.lede(edition, words),
        "counts": telling.counts(edition, words),
        "health": telling.health(edition, words),
        "problems": telling.problems(edition, words),
        "caption": telling.caption(edition, words),
        "trend_caption": telling.trend_caption(edition, words),
        "bars": [max(2, round(100 * line.articles / longest)) for line in edition.trend],
        "against": [_against(line, words) for line in edition.trend],
    }


def _against(line: TrendLine, words: PageWords) -> str:
    return "" if line.usual is None else words.signed(line.articles - line.usual)


def _cache(series: pages.SeriesLine) -> str:
    return PUBLIC if series.kind == "desk" else BY_LINK
