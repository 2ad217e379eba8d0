"""A story's page: what it is, why it weighs what it does, who reported it, and all of its articles by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from processing.digest.newsrooms import rests_on, told_at
from processing.digest.plain import plain
from processing.digest.portrait import portrait, summary
from processing.digest.ranking import named, weight
from processing.digest.standing import standpoint
from processing.digest.summary import reference
from processing.errors import DatabaseError
from processing.model import Extract, Portrait, Reference, Series, Story, StoryArticle
from processing.store import pages, stories, story_changes
from processing.topics.taxonomy import taxonomy
from web.answers import PUBLIC, Gone, Visit, page, visit
from web.editions import GET, PageNumber
from web.words import PageWords

router = APIRouter()

A_PAGE = 60
"""Articles on one page of a timeline."""

TELLINGS = 30
"""Editions that are named as having told a story, the latest."""

ENTITIES = 8
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a timeline; `rests` says whom it copies or rests on."""

    at: datetime
    reference: Reference
    rests: str


@router.api_route("/stories/{id_}", methods=GET)
def story(request: Request, id_: int, number: PageNumber = 1) -> Response:
    """Show a story; an id that was merged into another leads there for good."""
    if not 0 < id_ <= LARGEST_ID:
        raise Gone
    asked = visit(request)
    with asked.site.reading() as connection:
        try:
            current = story_changes.current(connection, id_)
        except DatabaseError as unknown:
            raise Gone from unknown
        if current != id_:
            return RedirectResponse(asked.path(f"/stories/{current}"), 301, {"Cache-Control": PUBLIC})
        known = stories.one(connection, id_, asked.as_of)
        if known is None:
            raise Gone
        tellings = pages.tellings(connection, [article.article_id for article in known.articles], limit=TELLINGS)
    newest_first = sorted(known.articles, key=told_at, reverse=True)
    last = -(-len(newest_first) // A_PAGE)
    if number > last:
        raise Gone
    shown = newest_first[A_PAGE * (number - 1) : A_PAGE * number]
    told, quoted = of_nobody(known, asked)
    return page(
        asked,
        "story.html",
        cache_control=PUBLIC,
        portrait=told,
        summary=quoted,
        weight=weight(told.reasons),
        entities=[named(entity, asked.language) for entity in told.entities[:ENTITIES]],
        outlets=_outlets(known.articles),
        days=_days(shown, known.articles, asked.words),
        tellings=tellings,
        number=number,
        last=last,
    )


def of_nobody(story: Story, asked: Visit) -> tuple[Portrait, tuple[Extract, ...]]:
    """Portray a story as it is to a visitor of whom we know nothing, and sum it up in two sentences."""
    series = Series(name="pages", title="", language=asked.language, timezone=asked.site.desk.timezone)
    labels = topic_labels(asked.language)
    told = portrait(standpoint(story, series, asked.as_of, None, labels=labels), series, labels=labels)
    return told, summary(told)


def topic_labels(language: str) -> dict[str, str]:
    """Give the topics' labels in a language by code."""
    return {code: topic.labels[language] for code, topic in taxonomy().topics.items()}


def _outlets(articles: Sequence[StoryArticle]) -> list[tuple[Reference, int]]:
    """Give each outlet by its first article, and how many articles it has."""
    first: dict[str, StoryArticle] = {}
    count: dict[str, int] = {}
    for article in articles:
        first.setdefault(article.outlet, article)
        count[article.outlet] = count.get(article.outlet, 0) + 1
    return [(reference(article), count[outlet]) for outlet, article in first.items()]


def _days(
    shown: Sequence[StoryArticle], articles: Sequence[StoryArticle], words: PageWords
) -> list[tuple[datetime, list[Line]]]:
    """Part articles by local day."""
    by_id = {article.article_id: article for article in articles}
    lines = [Line(article.first_seen_at, reference(article), _rests(article, by_id, words)) for article in shown]

    def day(line: Line) -> date:
        return line.at.astimezone(words.zone()).date()

    return [(of_day[0].at, of_day) for _, found in groupby(lines, key=day) if (of_day := list(found))]


def _rests(article: StoryArticle, by_id: dict[int, StoryArticle], words: PageWords) -> str:
    """Say whom an article copies, else on whom it rests."""
    if article.duplicate_of is not None:
        original = by_id.get(article.duplicate_of)
        return words.say("story.copies", outlet=plain(original.outlet_title)) if original else words.say("story.copy")
    sources = [plain(source.source) for source in rests_on(article)]
    return words.say("story.rests", sources=", ".join(dict.fromkeys(sources))) if sources else ""
