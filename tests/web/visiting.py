"""A visitor of the reader's pages: asks the application as a browser would, from one address."""

from __future__ import annotations

import asyncio

import httpx
from digest_samples import CUTOFF, SENDER
from filled import DESK, WEB

from web.application import application
from web.site import Site

VISITOR = ("203.0.113.7", 40000)


def make_site(database_url: str, **changes: object) -> Site:
    """Give a site on a database whose clock stands at the last edition's cut-off."""
    given = {
        "database_url": database_url,
        "clock": lambda: CUTOFF,
        "desk": DESK,
        "sender": SENDER,
        "web_url": WEB,
        "subscription": True,
    }
    return Site(**(given | changes))


class Visitor:
    """A browser's stand-in: it follows no redirect, and comes from one address."""

    def __init__(self, site: Site, *, client: tuple[str, int] = VISITOR, base_url: str = WEB) -> None:
        self.app = application(site)
        self.client = client
        self.base_url = base_url

    def request(self, method: str, path: str, **given: object) -> httpx.Response:
        """Ask for a page."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, client=self.client, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=self.base_url) as client:
                return await client.request(method, path, **given)

        return asyncio.run(ask())

    def get(self, path: str, **given: object) -> httpx.Response:
        """Ask for a page by GET."""
        return self.request("GET", path, **given)

    def head(self, path: str, **given: object) -> httpx.Response:
        """Ask for a page by HEAD."""
        return self.request("HEAD", path, **given)

    def post(self, path: str, **given: object) -> httpx.Response:
        """Send a form."""
        return self.request("POST", path, **given)


def asking(site: Site, **changes: object) -> Visitor:
    """Give a visitor of a site."""
    return Visitor(site, **changes)
