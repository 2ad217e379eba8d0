"""Backfilling: pages of declared outlets out of WARC files of others become registered runs, which wait like those of crawls."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import psutil

from crawlers.outlets import OUTLETS, outlet_named
from desk.backfill.files import Place
from desk.backfill.registering import register, withdraw
from desk.backfill.selecting import Counts, Selected
from desk.backfill.sorting import Asked, Taking
from desk.backfill.workers import select_all
from desk.settings import Settings
from desk.steps.crawling import enabled_outlets
from desk.steps.opened import load_settings, opened
from processing.errors import PantauError
from processing.model import ReadMode
from processing.store import backfills, outlets

FOLDER = "backfill"
"""Begins the name, the number of its process behind it, of the folder where a backfill puts copies aside."""


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What came of a file: its records by outlet and fate. They add up, to nothing where it was gone through before."""

    uri: str
    counts: Counts
    fault: str = ""
    """What is wrong with it, if anything is: a sentence."""
    before: datetime | None = None
    """When it was gone through already for what is asked."""


def asked(
    *, as_of: datetime, names: Sequence[str] = (), since: datetime | None = None, until: datetime | None = None
) -> Asked:
    """Say what is asked of an archive: pages of these outlets, or of all that the desk reads.

    An outlet that is read by its feed only, or not at all, is left alone in an archive too. Raises PantauError where it is
    asked for by name.
    """
    enabled = set(enabled_outlets(names))
    refused = {}
    for outlet in [outlet_named(name) for name in names] or OUTLETS.values():
        if outlet.name not in enabled:
            refused[outlet.name] = Taking.OFF
        elif outlet.mode is ReadMode.FEED_ONLY:
            refused[outlet.name] = Taking.FEED_ONLY
    for name in names:
        if name in refused:
            outlet = outlet_named(name)
            why = outlet.switched_off or f"it is read by its feed only, since {outlet.feed_only_because}"
            raise PantauError(f"The pages of {outlet.title} are left alone, in an archive too: {why}.")
    return Asked(outlets=frozenset(names or OUTLETS), refused=refused, as_of=as_of, since=since, until=until)


def backfill(
    files: Sequence[Place],
    what: Asked,
    *,
    most: int | None = None,
    workers: int = 1,
    again: bool = False,
    told: Callable[[int, int], None] = lambda size, records: None,  # noqa: ARG005 - nobody listens
) -> Iterator[Backfilled]:
    """Take pages out of files, `most` in all; gives what came of each file, in their order, once it is registered.

    A file that was gone through for the same is passed by, unless `again`; a file that breaks off gives what is whole, and
    is read again the next time. Interrupted, all files that were given are done, and the others as if they had not been begun.
    """
    settings = load_settings()
    with opened(settings) as connection:
        outlets.declare(connection, OUTLETS.values())
        before = {
            file.uri: at
            for file in files
            if not again and (at := backfills.gone_through(connection, file.uri, what.selection, file.size))
        }
    for uri, at in before.items():
        yield Backfilled(uri, Counts(), before=at)
    sizes = {file.uri: file.size for file in files if file.uri not in before}
    _clear(settings.home.data)
    with TemporaryDirectory(prefix=f"{FOLDER}-{os.getpid()}-", dir=settings.home.data) as name:
        folder = Path(name)
        selections = select_all(list(sizes), what, folder, workers=workers, told=told)
        with closing(selections):
            for selected in selections:
                counts = _registered(selected, what, settings, folder, most, sizes[selected.uri])
                selected.copies.unlink(missing_ok=True)
                yield Backfilled(selected.uri, counts, fault=selected.fault)
                if most is not None:
                    most -= sum(count for (_, fate), count in counts.items() if fate is Taking.TAKEN)
                    if most <= 0:
                        return


def _clear(data: Path) -> None:
    """Remove the folders of backfills that were killed."""
    for folder in data.glob(f"{FOLDER}-*-*"):
        if not psutil.pid_exists(int(folder.name.split("-")[1])):
            rmtree(folder, ignore_errors=True)


def _registered(
    selected: Selected, what: Asked, settings: Settings, folder: Path, most: int | None, size: int | None
) -> Counts:
    """Register what was found in a file, and that it was gone through, in one transaction; gives its records by fate."""
    written: list[str] = []
    try:
        with opened(settings) as connection:
            backfills.lock(connection)
            counts, written = register(connection, selected, settings, folder, as_of=what.as_of, most=most)
            if not selected.fault and not any(fate is Taking.LEFT for _, fate in counts):
                told: dict[str, dict[str, int]] = {}
                for (outlet, fate), count in sorted(counts.items()):
                    told.setdefault(outlet, {})[fate] = count
                backfills.note(connection, selected.uri, what.selection, size, told, as_of=what.as_of)
    except BaseException:
        withdraw(written)
        raise
    return counts
