"""The lines in which `pantau story` tells a story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desk.steps.telling import Told
from processing.digest.newsrooms import rests_on, told_at
from processing.digest.plain import plain
from processing.digest.portrait import added, summary
from processing.digest.ranking import named, points, weight
from processing.digest.words import Words
from processing.model import Portrait, Reason, Series, StoryArticle
from processing.store.editions import Showing
from processing.store.story_changes import Change

Line = tuple[str, str]
"""A line, and the style in which it is shown."""

ENTITIES = 8


def lines(told: Told, zone: ZoneInfo) -> Iterator[Line]:
    """Give the page of a story, its times in a zone; reasons and quotes are in the words that the desk's readers see."""
    portrait, series = told.portrait, told.series
    yield f"Story {portrait.story.id}: {portrait.headline.title}", "bold"
    if told.asked != portrait.story.id:
        yield f"Story {told.asked} leads here.", "yellow"
    yield " ".join(extract.text for extract in summary(portrait)), ""
    yield "", ""
    yield from _facts(portrait, series, zone)
    yield "", ""
    yield from _weight(portrait, series)
    yield "", ""
    yield from _newsrooms(portrait)
    yield "", ""
    yield from _history(told, zone)
    yield "Timeline", "bold"
    yield from _timeline(portrait.story.articles, series.language, zone)


def _facts(portrait: Portrait, series: Series, zone: ZoneInfo) -> Iterator[Line]:
    story = portrait.story
    outlets = dict.fromkeys(article.outlet_title for article in story.articles)
    yield f"State: {portrait.standing}", ""
    yield f"First seen {when(story.first_seen_at, zone)}, last {when(story.last_seen_at, zone)}", ""
    told_by = f"{counted(len(story.articles), 'article')}, {counted(len(outlets), 'outlet')}"
    yield f"{told_by}: {', '.join(map(plain, outlets))}", ""
    if portrait.origin:
        yield f"All from {portrait.origin}", ""
    yield f"Topics: {', '.join(portrait.topics) or 'none'}", ""
    yield (
        f"Mentioned: {', '.join(named(entity, series.language) for entity in portrait.entities[:ENTITIES]) or 'none'}",
        "",
    )


def _weight(portrait: Portrait, series: Series) -> Iterator[Line]:
    total = points(portrait.reasons)
    yield f"Weight {weight(portrait.reasons)} of 5: 1 and {total:.2f} points, rounded down", "bold"
    for reason in portrait.reasons:
        yield f"  {reason.points:+.2f}  {_said(reason, series)}", ""


def _said(reason: Reason, series: Series) -> str:
    return Words(series).say(f"reason.{reason.key}", **reason.values)


def _newsrooms(portrait: Portrait) -> Iterator[Line]:
    yield f"Independent newsrooms: {len(portrait.newsrooms)}", "bold"
    for room in portrait.newsrooms:
        yield f"  {plain(room.name)}: {', '.join(map(plain, room.outlets))}", ""


def _history(told: Told, zone: ZoneInfo) -> Iterator[Line]:
    if told.led_here:
        yield f"Ids that lead here: {', '.join(map(str, told.led_here))}", ""
    for change in told.changes:
        yield f"{when(change.at, zone)}: {_change(change)} ({change.reason})", ""
    for showing in told.showings:
        yield _showing(showing, zone), ""
    if told.led_here or told.changes or told.showings:
        yield "", ""


def _change(change: Change) -> str:
    if change.kind == "merge":
        return f"story {change.from_story} was merged into {change.to_story} with {counted(len(change.articles), 'article')}"
    return f"{counted(len(change.articles), 'article')} split from story {change.from_story} to story {change.to_story}"


def _showing(showing: Showing, zone: ZoneInfo) -> str:
    card = next((card for card in showing.edition.cards if card.story == showing.story), None)
    how = f"{card.standing}, weight {card.weight}" if card else "by its title"
    return f"Shown {when(showing.edition.cutoff, zone)} in {showing.series} as story {showing.story}: {how}"


def _timeline(articles: Sequence[StoryArticle], language: str, zone: ZoneInfo) -> Iterator[Line]:
    by_id = {article.article_id: article for article in articles}
    before: tuple[StoryArticle, ...] = ()
    for article in sorted(articles, key=told_at):
        yield f"{when(article.first_seen_at, zone)}  {plain(article.outlet_title)}: {plain(article.title)}", ""
        yield f"    {article.url}", "dim"
        if rests := _rests_on(article, by_id, zone):
            yield f"    {rests}", "cyan"
        if news := added(article, before, language):
            yield f"    {' '.join(extract.text for extract in news)}", ""
        before += (article,)


def _rests_on(article: StoryArticle, by_id: dict[int, StoryArticle], zone: ZoneInfo) -> str:
    """Say whom an article copies, and on whom it rests."""
    parts = []
    if article.duplicate_of is not None:
        original = by_id.get(article.duplicate_of)
        whom = (
            f"{plain(original.outlet_title)} of {when(original.first_seen_at, zone)}"
            if original
            else "an article that is not told here"
        )
        parts.append(f"copies {whom}")
    parts += [
        f"{'copy of' if source.wire_copy else 'rests on'} {plain(source.source)} ({plain(source.evidence)})"
        for source in rests_on(article)
    ]
    return "; ".join(parts)


def counted(count: int, noun: str) -> str:
    """Write a count with its noun: 1 article, 2 articles."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def when(moment: datetime, zone: ZoneInfo) -> str:
    """Write an instant in a zone."""
    return f"{moment.astimezone(zone):%d %b %Y %H:%M %Z}"
