"""Reading: the pages of a registered run become articles, judged, and every fetch meets its fate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import accumulate, groupby

from crawlers.outlets import OUTLETS
from desk.backfill.keeping import BACKFILL, keep_old
from desk.steps.demoting import as_trusted, demote
from desk.steps.fitness import Fitness
from desk.steps.opened import load_settings, opened
from desk.steps.strangers import whose
from processing import archive, extraction, judging
from processing.errors import ArchiveError, PantauError, Quarantined, Rejected
from processing.model import Article, Fate, FetchKind, Outlet, Page, ReadMode
from processing.store import Connection, articles, demotions, fetches, judgements, runs, takedowns
from processing.store.articles import Source
from processing.store.demotions import Demotion
from processing.store.fetches import Settled, Unsettled

BACKFILLS_AT_ONCE = 20
"""Runs of backfills that a sweep takes up behind those of crawls: thousands would keep the day's news waiting."""


def waiting_runs(backfills: int | None = BACKFILLS_AT_ONCE) -> list[int]:
    """Give the ids of the runs that wait to be processed: of crawls, oldest first, then of backfills, so many at most (None: all)."""
    with opened(load_settings()) as connection:
        return runs.waiting(connection, backfills)


class ReadingFailed(PantauError):
    """An outlet's pages could not be read as they should; what could be read is stored."""


def process_run(run: int) -> dict[str, int]:
    """Read, clean, judge and store all that a run brought; gives its fetches counted by fate.

    All of a run is one transaction under its row lock: nothing if it was done, or is being done elsewhere. Raises
    ReadingFailed, after storing what could be read, where the outlet's pages do not fit its declaration; a run that was
    done tells that again. Rules that fell short for a field are demoted: later runs read it without them. Old pages of a
    backfill say nothing of a declaration of today.
    """
    settings = load_settings()
    try:
        with opened(settings) as connection:
            claimed = runs.claim(connection, run)
            settled, problems = _read(connection, claimed) if claimed else ([], runs.reading_problems(connection, run))
    except Exception as error:
        with opened(settings) as connection:
            runs.stumble(connection, run, f"{type(error).__name__}: {error}")
        raise
    if problems:
        raise ReadingFailed(" ".join(problems))
    return dict(Counter(one.fate for one in settled))


def _read(connection: Connection, run: runs.Run) -> tuple[list[Settled], list[str]]:
    """Read a claimed run and take it off the queue; gives its settled fetches, and what is wrong with the declaration."""
    standing = demotions.standing(connection, as_of=run.as_of)
    fitness = Fitness()
    settled = list(_settled(connection, run, fitness, standing))
    fetches.settle(connection, settled)
    problems: list[str] = []
    if run.kind != BACKFILL and (declared := OUTLETS.get(run.outlet or "")):
        trusted = as_trusted(declared, standing)
        problems = fitness.problems(trusted)
        demote(connection, run, declared, fitness.shortfalls(trusted))
    runs.finish(connection, run.id, fields=fitness.fields, problems=problems)
    return settled, problems


def _settled(
    connection: Connection, run: runs.Run, fitness: Fitness, standing: Sequence[Demotion]
) -> Iterator[Settled]:
    """Decide every open fetch of a run, pages grouped into their articles."""
    taken: dict[str, str] = {}
    keep = keep_old if run.kind == BACKFILL else articles.keep
    for parts in _groups(fetches.unsettled(connection, run.id)):
        outlet = as_trusted(whose(connection, run.outlet, parts[0].url), standing)
        try:
            with _quarantine(parts[0].url):
                readings = _readings(parts, outlet, parts[0].fetched_at if run.kind == BACKFILL else run.as_of)
            fate, reason = _kept(connection, outlet, parts[0], readings, taken, keep)
        except Rejected as refusal:
            fate, reason = Fate.REJECTED, str(refusal)
        except (Quarantined, ArchiveError) as fault:
            fate, reason = Fate.QUARANTINED, str(fault)
        else:
            fitness.read([article for article, _ in readings])
        if parts[0].kind is FetchKind.PAGE:
            fitness.settled(fate, reason)
        yield from (Settled(part.id, fate, reason) for part in parts)


def _groups(waiting: Iterable[Unsettled]) -> Iterator[list[Unsettled]]:
    """Put the parts of each article together; a first part begins the article anew, as in an archive of two visits."""
    by_article = sorted(waiting, key=lambda fetch: (fetch.article_url, fetch.id))
    visits = accumulate((fetch.part == 1 for fetch in by_article), int.__add__)
    numbered = zip(visits, by_article, strict=True)
    for _, group in groupby(numbered, key=lambda pair: (pair[1].article_url, pair[0])):
        yield [fetch for _, fetch in group]


@contextmanager
def _quarantine(url: str) -> Iterator[None]:
    """Turn whatever a hostile page does to our reader into a fault of that page alone."""
    try:
        yield
    except PantauError:
        raise
    except Exception as error:
        raise Quarantined(f"Reading {url} broke with {type(error).__name__}: {error}.") from error


Reading = tuple[Article, list[Source]]


def _readings(parts: Sequence[Unsettled], outlet: Outlet, as_of: datetime) -> list[Reading]:
    """Read the articles that the parts hold: one of a page, many of a feed that stands for its pages, none of a list."""
    first = parts[0]
    if first.kind is FetchKind.FEED and outlet.mode is ReadMode.FEED_ONLY:
        entries = extraction.read_entries(_page(first), outlet)
        return [(article, [Source(first.record_id, entry=key)]) for key, article in entries]
    if first.kind is not FetchKind.PAGE:
        return []
    _check_whole(parts)
    article = extraction.read_pages([_page(part) for part in parts], outlet, as_of=as_of)
    return [(article, [Source(part.record_id, part.part) for part in parts])]


def _check_whole(parts: Sequence[Unsettled]) -> None:
    """Refuse an article of which a part is missing."""
    numbers = [part.part for part in parts]
    if numbers != list(range(1, len(parts) + 1)) or parts[-1].more:
        missing = next(number for number in range(1, len(parts) + 2) if number not in numbers)
        raise Quarantined(f"Part {missing} of this article was not fetched, and half an article is not kept.")


def _page(fetch: Unsettled) -> Page:
    response = archive.read_record(fetch.archive, fetch.offset)
    return Page(url=fetch.url, content=response.content, content_type=response.content_type)


def _kept(
    connection: Connection,
    outlet: Outlet,
    first: Unsettled,
    readings: Sequence[Reading],
    taken: dict[str, str],
    keep: Callable[..., tuple[int, Fate]],
) -> tuple[Fate, str]:
    """Store and judge what was read; gives the fate of the fetch it was read from, with its reason. Raises what `keep` does."""
    fate, page = Fate.STORED, first.kind is FetchKind.PAGE
    for article, sources in readings:
        if taken.setdefault(article.url, first.article_url) != first.article_url:
            return Fate.DUPLICATE, ""
        if takedowns.is_down(connection, article.url):
            if page:
                return Fate.REJECTED, takedowns.WHY
            continue
        revision, kept = keep(
            connection, outlet.name, article, sources, reader=extraction.READER, seen_at=first.fetched_at
        )
        if not judgements.judged(connection, revision, judging.JUDGE):
            verdict = judging.judge(article.title, article.body, outlet=outlet.title, languages=outlet.languages)
            judgements.keep(connection, revision, verdict)
        if page:
            fate = kept
    return fate, ""
