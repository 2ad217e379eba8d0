"""Frozen cases: pages as they are today, with what reading them gives, for a person to check once and for tests to hold."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desk.home import CHECKOUT
from processing.extraction import read_entries, read_pages
from processing.extraction.page import decode
from processing.model import Article, Outlet, Page

NOTE = "Frozen from the live site by `pantau outlet new`; a person has yet to compare it with the page."
FIELDS = ("url", "title", "paragraphs", "published_at", "modified_at", "authors", "editor", "dateline", "section", "tags",
          "image", "language")  # fmt: skip
LONGEST_NAME = 40


def cases_folder(folder: Path | None) -> Path:
    """Give where cases stand: with the project's tests, or in `cases` of a folder of declarations."""
    return folder / "cases" if folder else CHECKOUT / "tests" / "outlets"


def freeze_page(target: Path, page: Page, outlet: Outlet, *, as_of: datetime) -> Path:
    """Write one page's case below `target`; gives its folder."""
    article = read_pages([page], outlet, as_of=as_of)
    return _write(target, page, "page.html.gz", {"as_of": as_of.isoformat(timespec="seconds"), **stated(article)})


def freeze_feed(target: Path, feed: Page, outlet: Outlet) -> Path:
    """Write the case of a feed that stands for its pages; gives its folder."""
    entries = [stated(article) for _, article in read_entries(feed, outlet)]
    return _write(target, feed, "feed.xml.gz", {"entries": entries})


def stated(article: Article) -> dict[str, Any]:
    """Give what was found of an article, in the form of `expected.json`."""
    found = {name: getattr(article, name) for name in FIELDS}
    plain = {
        "body" if name == "paragraphs" else name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in found.items()
        if value
    }
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def _write(target: Path, page: Page, name: str, expected: dict[str, Any]) -> Path:
    """Write the three files; pages are kept as UTF-8, which is what the tests say they are."""
    folder = target / _case_name(page.url)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(gzip.compress(_utf8(page), mtime=0))
    (folder / "url.txt").write_text(f"{page.url}\n", encoding="utf-8")
    marked = {"marks": ["captured"], "note": NOTE, **expected}
    (folder / "expected.json").write_text(json.dumps(marked, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return folder


def _utf8(page: Page) -> bytes:
    return decode(page).encode() if "xml" not in page.content_type else page.content


def _case_name(url: str) -> str:
    """Name a case by the words of its page's address."""
    words = [piece for piece in urlsplit(url).path.split("/") if piece]
    slug = re.sub(r"\.[a-z]+$|[^a-z0-9-]+", "", (words[-1] if words else "page").lower()).strip("-") or "page"
    return slug[:LONGEST_NAME].rpartition("-")[0] or slug[:LONGEST_NAME] if len(slug) > LONGEST_NAME else slug


def choose(pages: Sequence[Page], most: int) -> list[Page]:
    """Choose pages to freeze, of as many sections of the site as there are."""
    by_section: dict[str, list[Page]] = {}
    for page in pages:
        by_section.setdefault(urlsplit(page.url).path.strip("/").partition("/")[0], []).append(page)
    queues = list(by_section.values())
    turns = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(turns) for queue in queues if turn < len(queue)][:most]
