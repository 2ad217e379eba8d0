"""What becomes of each record of an archive's file: taken for an outlet, or passed by for one reason. Reads no page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from crawlers.addresses import is_article
from crawlers.outlets import OUTLETS, outlet_of
from desk.backfill.keeping import EARLIEST
from processing.archive import read_date
from processing.archive_scanning import Scanned
from processing.model import Bounds, Outlet
from processing.model.codec import to_json
from processing.urls import untracked_url, web_url

LARGEST = Bounds().bytes_each
"""Bytes of a page, as crawls have it."""


class Taking(StrEnum):
    """What became of a record; every record ends with exactly one. The value is what the operator reads."""

    TAKEN = "taken"
    KNOWN = "here already"
    FORGOTTEN = "taken down here"
    LEFT = "left over (--max)"
    NOT_ARTICLE = "not an article's address"
    FEED_ONLY = "read by its feed only"
    OFF = "not read by this desk"
    OUTSIDE = "outside the dates"
    NO_PAGE = "no page (not 200, or no HTML)"
    PARTIAL = "on several pages, not all in the file"
    TOO_LARGE = "too large"
    DAMAGED = "damaged"
    FOREIGN = "of other hosts"
    OTHER = "no answers (requests, notes)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of an archive. `refused` says of outlets by name why their pages are left alone; the others are taken."""

    outlets: frozenset[str]
    """Names of all outlets whose records are counted each by itself."""
    as_of: datetime
    """What is dated later cannot be."""
    refused: Mapping[str, Taking] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    """WARC-Dates from `since` on, and before `until`."""

    @property
    def selection(self) -> str:
        """Tell what is asked from anything else (SHA-256, hexadecimal): another outlet or address rule is another."""
        told = [
            (outlet.name, outlet.hosts, outlet.article, outlet.exclude, self.refused.get(outlet.name))
            for outlet in OUTLETS.values()
            if outlet.name in self.outlets
        ]
        return sha256(to_json([told, self.since, self.until]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record that may be a page to take, by its WARC headers."""

    outlet: str
    url: str
    at: datetime


Place = tuple[str, Taking]
"""Where a record counts: its outlet (empty: none) and its fate."""


class Sorter:
    """Sorts records by address, date and length."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._hosts = {host for name in asked.outlets for host in OUTLETS[name].hosts}

    def sort(self, record: Scanned) -> Wanted | Place:
        """Say what a record is; most are of other hosts, and are known as such by a look at their address."""
        if record.kind != "response":
            return "", Taking.OTHER
        outlet = self._outlet(record.url)
        if outlet is None:
            return "", Taking.FOREIGN
        sorted_ = self._sorted(record, outlet)
        return (outlet.name, sorted_) if isinstance(sorted_, Taking) else sorted_

    def _sorted(self, record: Scanned, outlet: Outlet) -> Wanted | Taking:
        """Say what a record of an outlet is."""
        if refused := self._asked.refused.get(outlet.name):
            return refused
        at = read_date(record.header("WARC-Date"))
        whole = record.header("WARC-Record-ID") and not record.header("WARC-Truncated")
        if at is None or not whole or not EARLIEST <= at <= self._asked.as_of:
            return Taking.DAMAGED
        if (self._asked.since and at < self._asked.since) or (self._asked.until and at >= self._asked.until):
            return Taking.OUTSIDE
        address = web_url(record.url)
        url = untracked_url(address) if address else ""
        if not (url and is_article(url, outlet)):
            return Taking.NOT_ARTICLE
        return Taking.TOO_LARGE if record.length > LARGEST else Wanted(outlet.name, url, at)

    def _outlet(self, url: str) -> Outlet | None:
        if _host(url) not in self._hosts:
            return None
        try:
            outlet = outlet_of(url)
        except ValueError:
            return None
        return outlet if outlet and outlet.name in self._asked.outlets else None


def _host(url: str) -> str:
    """Cut the host out of an address, without a port; whether it is a sound address others look."""
    authority = url.partition("://")[2].partition("/")[0].partition("?")[0]
    return authority.rpartition("@")[2].partition(":")[0].lower()
