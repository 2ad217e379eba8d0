"""Which addresses are whose: a page is asked for once, though a redirect and a link lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.fates import AskedAlready
from processing.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Collection

    from scrapy import Request


class Claims:
    """The canonical addresses that were asked for, each with the article (`meta["owner"]`) for which it was.

    An article's own redirects, further pages and second tries are its own.
    """

    def __init__(self, known: Collection[str]) -> None:
        self.known = known
        self._owners: dict[str, str] = {}

    def check(self, request: Request) -> None:
        """Claim the address of a request. Raises AskedAlready where it is another's, or known from an earlier crawl."""
        address, owner = canonical_url(request.url), request.meta["owner"]
        if self._owners.setdefault(address, owner) != owner:
            raise AskedAlready(f"the run has {address} already")
        if address != owner and address in self.known and owner not in self.known:
            raise AskedAlready(f"it leads to {address}, which an earlier crawl has")
