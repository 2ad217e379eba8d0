"""Frozen cases: a page (or feed) of an outlet, its address, and what reading it must give. See README.md beside.

Run as a script it packs readable pages: `python tests/outlets/frozen_cases.py tests/outlets/okezone/*/page*.html`.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from crawlers.outlets import outlet_named
from processing.extraction import read_entries, read_pages
from processing.model import Article, Page

HERE = Path(__file__).parent
AS_OF = datetime(2026, 11, 23, tzinfo=UTC)
"""When a page counts as fetched, unless its case says otherwise: this settles which version of the rules holds."""

FIELDS = (
    "url", "title", "body", "published_at", "modified_at", "authors", "editor", "dateline", "section", "tags", "image",
    "language",
)  # fmt: skip
"""What `expected.json` may state of an article; what it leaves out is not looked at."""

MARKS = frozenset({"synthetic", "captured"})
"""Where a page is from: written for the project, or fetched from the outlet."""


@dataclass(frozen=True)
class Case:
    """One folder `tests/outlets/<outlet>/<case>`."""

    folder: Path

    @property
    def outlet(self) -> str:
        """The outlet's name."""
        return self.folder.parent.name

    @cached_property
    def expected(self) -> dict[str, Any]:
        """What `expected.json` says."""
        return json.loads((self.folder / "expected.json").read_text("utf-8"))

    @property
    def as_of(self) -> datetime:
        """When the page counts as fetched."""
        return datetime.fromisoformat(self.expected["as_of"]) if "as_of" in self.expected else AS_OF

    @cached_property
    def pages(self) -> list[Page]:
        """The packed pages of one article in order, or the one feed."""
        packed = [self.folder / "feed.xml.gz"] if self.is_feed else sorted(self.folder.glob("page*.gz"), key=_number)
        urls = (self.folder / "url.txt").read_text("utf-8").split()
        urls += urls[-1:] * (len(packed) - len(urls))
        return [
            Page(
                url=url,
                content=gzip.decompress(path.read_bytes()),
                content_type=f"{'application/xml' if self.is_feed else 'text/html'}; charset=utf-8",
            )
            for url, path in zip(urls, packed, strict=True)
        ]

    @property
    def is_feed(self) -> bool:
        """Say whether the case is a feed's."""
        return (self.folder / "feed.xml.gz").exists()

    def statements(self) -> Iterator[tuple[str, Any]]:
        """Give what is expected, one at a time: `title`, or `2.title` for the second entry of a feed."""
        if not self.is_feed:
            yield from ((name, self.expected[name]) for name in FIELDS if name in self.expected)
            return
        entries = self.expected["entries"]
        yield "entries", [entry["url"] for entry in entries]
        for number, entry in enumerate(entries, start=1):
            yield from ((f"{number}.{name}", entry[name]) for name in FIELDS if name in entry)

    def found(self, field: str) -> Any:
        """Give what is read for a statement, in the form that JSON has."""
        articles = read(self)
        if field == "entries":
            return [article.url for article in articles]
        number, _, name = field.rpartition(".")
        return _plain(articles[int(number or 1) - 1], name)


@cache
def read(case: Case) -> list[Article]:
    """Read a case's page, or its feed's entries."""
    outlet = outlet_named(case.outlet)
    if case.is_feed:
        return [article for _, article in read_entries(case.pages[0], outlet)]
    return [read_pages(case.pages, outlet, as_of=case.as_of)]


def cases() -> list[Case]:
    """Give all cases, sorted by outlet and name."""
    return [Case(path.parent) for path in sorted(HERE.glob("*/*/expected.json"))]


def pack(readable: Path) -> Path:
    """Pack `page.html` or `feed.xml` into the `.gz` beside it, the same bytes each time, and remove it."""
    packed = readable.with_name(f"{readable.name}.gz")
    packed.write_bytes(gzip.compress(readable.read_bytes(), mtime=0))
    readable.unlink()
    return packed


def _number(page: Path) -> int:
    """Give the number in `page-2.html.gz`; `page.html.gz` is the first."""
    number = re.search(r"-(\d+)\.", page.name)
    return int(number[1]) if number else 1


def _plain(article: Article, field: str) -> Any:
    """Give a field as JSON would have it: the body as a list of paragraphs, times as ISO with their zone."""
    value = getattr(article, "paragraphs" if field == "body" else field)
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(f"{pack(Path(name))}\n")
