"""Pages that rules are held against: frozen cases, those of a WARC file, or today's on the site."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desk.outlets.freezing import cases_folder
from desk.outlets.lists import host_of
from desk.outlets.trial import OK, try_out
from desk.settings import Settings
from processing.archive import iter_responses
from processing.errors import PantauError
from processing.model import Outlet, Page

FROZEN_AT = datetime(2026, 11, 23, tzinfo=UTC)
"""When a frozen page counts as fetched, unless its case says otherwise (tests/outlets/README.md)."""
LIVE_PAGES = 8


@dataclass(frozen=True)
class Held:
    """An article's pages, when they were fetched, and what a case expects of them (empty where there is none)."""

    label: str
    pages: tuple[Page, ...]
    as_of: datetime
    expected: dict[str, Any] = field(default_factory=dict)


def frozen(name: str) -> list[Held]:
    """Give the frozen cases of an outlet: the project's, and those beside the declarations of PANTAU_OUTLET_PATH."""
    own = os.environ.get("PANTAU_OUTLET_PATH")
    folders = [cases_folder(None), *([cases_folder(Path(own))] if own else [])]
    return [_case(path.parent) for folder in folders for path in sorted((folder / name).glob("*/expected.json"))]


def _case(folder: Path) -> Held:
    """Read one case."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    packed = sorted(folder.glob("*.gz"), key=_number)
    urls = (folder / "url.txt").read_text("utf-8").split()
    kind = "application/xml" if "entries" in expected else "text/html"
    pages = tuple(
        Page(url=url, content=gzip.decompress(path.read_bytes()), content_type=f"{kind}; charset=utf-8")
        for url, path in zip([*urls, *urls[-1:] * len(packed)], packed, strict=False)
    )
    as_of = datetime.fromisoformat(expected["as_of"]) if "as_of" in expected else FROZEN_AT
    return Held(folder.name, pages, as_of, expected)


def _number(page: Path) -> int:
    """Give the number in `page-2.html.gz`; the first page has none."""
    number = re.search(r"-(\d+)\.", page.name)
    return int(number[1]) if number else 1


def archived(warc: Path, outlet: Outlet) -> list[Held]:
    """Give the articles of an outlet that a WARC file holds, each as it was fetched. Raises ArchiveError, PantauError."""
    if not warc.exists():
        raise PantauError(f"There is no {warc} to take pages from.")
    return list(_articles(warc, outlet))


def _articles(warc: Path, outlet: Outlet) -> Iterator[Held]:
    for got in iter_responses(warc.resolve().as_uri()):
        if got.status == OK and host_of(got.url) in outlet.hosts and re.match(outlet.article, got.url):
            page = Page(url=got.url, content=got.content, content_type=got.content_type)
            yield Held(got.url, (page,), got.record.fetched_at)


def live(outlet: Outlet, settings: Settings, work: Path, *, as_of: datetime) -> list[Held]:
    """Fetch a few of today's articles, with the crawl's manners. Raises PantauError."""
    trial = try_out(outlet, settings, work, as_of=as_of, pages=LIVE_PAGES)
    if not trial.pages:
        raise PantauError(" ".join(trial.result.problems) or f"{outlet.title} lists no article to check.")
    return [Held(page.url, (page,), as_of) for page in trial.pages]
