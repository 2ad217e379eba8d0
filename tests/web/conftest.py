"""What the pages' tests share: a filled store, and the application on it, asked as a browser would."""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

sys.path.append(str(Path(__file__).parents[1] / "digest"))  # the digest's samples fill the store

from digest_samples import CUTOFF, SENDER
from filled import DESK, WEB, fill

from desk.postgres import Postgres
from processing.store import Connection, connect
from web.application import application
from web.site import Site

VISITOR = ("203.0.113.7", 40000)

_numbers = itertools.count(1)


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


@pytest.fixture(scope="session")
def filled_template(server: Postgres, template: str) -> tuple[str, dict[int, int]]:
    """Name a database that is filled, and give its stories' ids by those of the samples."""
    with closing(connect(server.ensure_database("filled", template=template))) as connection:
        return "filled", fill(connection)


@pytest.fixture
def ids(filled_template: tuple[str, dict[int, int]]) -> dict[int, int]:
    """Give the stories' ids by those of the samples."""
    return filled_template[1]


@pytest.fixture
def filled_url(server: Postgres, filled_template: tuple[str, dict[int, int]]) -> Iterator[str]:
    """Give a filled database that no other test sees."""
    name = f"filled_{next(_numbers)}"
    yield server.ensure_database(name, template=filled_template[0])
    server.drop_database(name)


@pytest.fixture
def filled(filled_url: str) -> Iterator[Connection]:
    """Give a connection to the test's own filled database."""
    with closing(connect(filled_url)) as connection:
        yield connection


@pytest.fixture
def site(filled_url: str) -> Site:
    """Give the site on the test's own filled database."""
    return make_site(filled_url)


@pytest.fixture
def client(site: Site) -> Visitor:
    """Give a visitor of the site."""
    return asking(site)


@pytest.fixture(scope="session")
def reading(server: Postgres, filled_template: tuple[str, dict[int, int]]) -> Visitor:
    """Give a visitor of a filled site that no test may change."""
    return asking(make_site(server.ensure_database("filled_reading", template=filled_template[0])))


@pytest.fixture
def get(reading: Visitor) -> Callable[[str], str]:
    """Give a page's text; fails where it is not there."""

    def page(path: str) -> str:
        answer = reading.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    return page
