"""What the pages' tests share: a filled store, and the application on it, asked as a browser would."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "digest"))  # the digest's samples fill the store

from filled import fill
from visiting import Visitor, asking, make_site

from desk.postgres import Postgres
from processing.store import Connection, connect
from web.site import Site

_numbers = itertools.count(1)


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
