"""What an archive's file holds for us, taken in: against what is here already, as runs that wait to be processed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

import fsspec

from desk.backfill.found import Found
from desk.backfill.keeping import BACKFILL
from desk.backfill.selecting import Counts, Selected
from desk.backfill.sorting import Taking
from desk.settings import Settings
from desk.steps.crawling import to_archive
from processing.archive_copying import write_chosen
from processing.model import CrawlResult, Fetch, FetchKind
from processing.store import Connection, backfills, runs

RUN_PAGES = 500
"""Pages of a run at most: it is read in one transaction, which takes 10 seconds of CPU for pages of 140 kB."""

Visit = list[Found]


def register(
    connection: Connection, selected: Selected, settings: Settings, folder: Path, *, as_of: datetime, most: int | None
) -> tuple[Counts, list[str]]:
    """Register what a file holds, `most` pages at most; gives its records by fate, and the archive files that were written.

    Runs are of the instant at which they came to us, as their files' age is counted; their records are of the archive's. The caller holds `backfills.lock`, and deletes the files where its transaction fails.
    """
    counts, taken = _decided(connection, selected.visits, most)
    written: list[str] = []
    try:
        for visits in _runs(taken):
            written.append(_run(connection, visits, selected, settings, folder, as_of))  # noqa: PERF401 - what was written must be known
    except BaseException:
        withdraw(written)
        raise
    return selected.counts + counts, written


def withdraw(uris: Iterable[str]) -> None:
    """Delete archive files that no run has."""
    for uri in uris:
        filesystem, path = fsspec.url_to_fs(uri)
        with suppress(OSError):
            filesystem.rm(path)


def _decided(connection: Connection, visits: Sequence[Visit], most: int | None) -> tuple[Counts, list[Visit]]:
    """Choose what is taken; gives the fates of all pages, and what was chosen."""
    pages = [page for visit in visits for page in visit]
    here = backfills.here(connection, [page.record.id for page in pages], {page.article for page in pages})
    known, seen = set(here.pages), dict(here.records)
    counts: Counts = Counter()
    taken: list[Visit] = []
    room = len(pages) if most is None else most
    for visit in visits:
        fate = _fate(visit, here, known, seen)
        if fate is Taking.TAKEN and len(visit) > room:
            fate = Taking.LEFT
        counts[visit[0].outlet, fate] += len(visit)
        if fate is Taking.TAKEN:
            taken.append(visit)
            room -= len(visit)
            seen |= {page.record.id: page.record.sha256 for page in visit}
            known |= {(page.article, page.record.sha256) for page in visit}
    return counts, taken


def _fate(visit: Visit, here: backfills.Here, known: Collection[tuple[str, str]], seen: dict[str, str]) -> Taking:
    """Say what becomes of an article's visit by what is here already."""
    first = visit[0]
    if any(seen.get(page.record.id, page.record.sha256) != page.record.sha256 for page in visit):
        return Taking.DAMAGED  # a record id that another page has
    if first.article in here.down:
        return Taking.FORGOTTEN
    read = here.read.get(first.article)
    if (read and read >= first.record.fetched_at) or all((page.article, page.record.sha256) in known for page in visit):
        return Taking.KNOWN
    return Taking.KNOWN if any(page.record.id in seen for page in visit) else Taking.TAKEN


def _runs(taken: Sequence[Visit]) -> Iterator[list[Visit]]:
    """Part what is taken into runs of one outlet each, in the order in which it was seen."""
    by_outlet: dict[str, list[Visit]] = {}
    for visit in taken:
        by_outlet.setdefault(visit[0].outlet, []).append(visit)
    for visits in by_outlet.values():
        run: list[Visit] = []
        room = RUN_PAGES
        for visit in visits:
            if run and len(visit) > room:
                yield run
                run, room = [], RUN_PAGES
            run.append(visit)
            room -= len(visit)
        yield run


def _run(
    connection: Connection,
    visits: Sequence[Visit],
    selected: Selected,
    settings: Settings,
    folder: Path,
    as_of: datetime,
) -> str:
    """Write a run's WARC file and register it; gives where the file is."""
    pages = [page for visit in visits for page in visit]
    outlet = pages[0].outlet
    run = runs.open_run(connection, outlet, BACKFILL, as_of)
    local = folder / f"{outlet}-{as_of:%Y%m%dT%H%M%SZ}-{run}.warc.gz"
    about = {
        "software": "Pantau",
        "format": "WARC File Format 1.1",
        "outlet": outlet,
        "description": f"pages chosen from {selected.uri}",
    }
    records = write_chosen(local, selected.copies, (page.record for page in pages), about=about, at=as_of)
    place = dict(zip([page.record.id for page in pages], records, strict=True))
    fetches = tuple(
        Fetch(
            url=page.url,
            kind=FetchKind.PAGE,
            canonical_url=page.article,
            article_url=page.article,
            status=HTTPStatus.OK,
            record=place[page.record.id],
            bytes=page.bytes,
            part=part,
        )
        for visit in visits
        for part, page in enumerate(visit, 1)
    )
    uri = to_archive(local, outlet, as_of, settings)
    result = CrawlResult(outlet=outlet, as_of=as_of, warc=uri, finish_reason="finished", fetches=fetches)
    try:
        runs.register(connection, run, result)
    except BaseException:
        withdraw([uri])
        raise
    return uri
