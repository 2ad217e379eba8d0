"""What the pages know of the desk that publishes them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from processing.model import Series
from processing.store import Connection, page

Clock = Callable[[], datetime]
"""Gives the instant as of which a page is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A desk's pages: where its store is, what it is called, and where it stands on the web."""

    database_url: str = field(repr=False)
    clock: Clock
    desk: Series
    """The desk's own series: its title, language and zone are those of the pages."""
    sender: str
    """Name and address of who sends the digests, as in a From header."""
    web_url: str | None = None
    """Where the pages are published; None where only this machine sees them."""
    contact: str | None = None
    deliveries_kept: timedelta = timedelta(days=30)
    """For how long it is kept what was mailed to whom."""
    subscription: bool = False
    """Whether anybody may subscribe, with a confirmation by mail."""

    @property
    def https(self) -> bool:
        """Whether the pages are published over https."""
        return bool(self.web_url) and urlsplit(self.web_url).scheme == "https"

    def reading(self) -> AbstractContextManager[Connection]:
        """Open the store for one page that only reads."""
        return page.opened(self.database_url)

    def writing(self) -> AbstractContextManager[Connection]:
        """Open the store for one page that writes; what it wrote is undone where the page fails."""
        return page.opened(self.database_url, writing=True)
