"""Taking an article down: out of the store, the editions, what waits to be mailed, our archive, and out of later crawls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import fsspec

from desk.labels import FILE, drop_labels
from desk.steps.making import rendered
from desk.steps.opened import load_settings, opened
from processing.archive_cutting import write_without
from processing.digest.plain import plain, safe_link, shorten
from processing.digest.summary import HEADLINE
from processing.digest.taking_down import TakenDown, without
from processing.errors import PantauError
from processing.store import Connection, stories, takedowns
from processing.urls import canonical_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was taken down of an article, and what is not ours to take down."""

    url: str
    """Its canonical address, which stays known, so that it is not taken in again."""
    texts: int
    editions: int
    letters: int
    records: int
    """Pages cut out of the archive."""
    labels: int
    left: tuple[str, ...]
    """Archive files that still hold something of it: those that others gave us, and feeds that other articles stand in."""


def forget(url: str, *, as_of: datetime) -> Forgotten:
    """Take an article down by its address. It may be said again, and then takes out what came in between.

    Mails that went out are out. Raises PantauError where no article is stored under the address.
    """
    settings = load_settings()
    address = canonical_url(url)
    with opened(settings) as connection:
        stories.lock(connection)
        article = takedowns.known(connection, address)
        if article is None:
            raise PantauError(f"No article is stored under {address}; `pantau search` gives the addresses of articles.")
        addresses = {address, safe_link(address) or address}
        gone = TakenDown(
            article=article.id,
            url=address,
            outlet=plain(article.outlet_title),
            titles=frozenset(shorten(plain(title), HEADLINE) for title in article.titles),
        )
        editions = takedowns.showing(connection, article.id, addresses)
        for stored in editions:
            parts = rendered(without(stored.edition, gone), settings)
            takedowns.retell(connection, stored.id, parts, article.id, as_of=as_of)
        letters = takedowns.withdraw_letters(connection, addresses)
        feeds = takedowns.feeds(connection, article.id)
        files = takedowns.lying(connection, article.id, address)
        texts = takedowns.take_texts(connection, article.id)
        ours = [file for file in files if file.ours]
        for file in ours:
            _cut(connection, file)
    for file in ours:
        filesystem, path = fsspec.url_to_fs(file.uri)
        filesystem.rm(path)
    return Forgotten(
        url=address,
        texts=texts,
        editions=len(editions),
        letters=letters,
        records=sum(len(file.records) for file in ours),
        labels=drop_labels(settings.home.path / FILE, address),
        left=tuple(sorted({*feeds} | {file.uri for file in files if not file.ours})),
    )


def _cut(connection: Connection, file: takedowns.Lying) -> None:
    target, records = write_without(file.uri, file.records)
    takedowns.move_records(connection, file.uri, target, records, file.records)
