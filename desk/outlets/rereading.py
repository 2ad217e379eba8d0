"""`pantau outlet reread`: stored pages read by the rules of the working tree, and what that would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desk.steps.retaining import page_gone, text_gone
from processing import archive, extraction, judging
from processing.errors import ArchiveError, Quarantined, Rejected
from processing.model import Article, Fate, Outlet, Page
from processing.store import Connection, articles, judgements, rereading
from processing.store.articles import Source
from processing.store.rereading import Stored

TEXT = ("title", "paragraphs")
"""What makes a revision: a change gives a new one, and the old one stays."""
BESIDE = ("published_at", "modified_at", "authors", "editor", "dateline", "section", "tags", "image", "language")
"""What stands beside a text: a change mends the revision."""


@dataclass(frozen=True)
class Reread:
    """A stored article beside what the rules of today make of its pages; `fault` says why they make nothing of it."""

    stored: Stored
    article: Article | None
    fault: str = ""

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that would change."""
        if self.article is None:
            return ()
        return tuple(
            name for name in (*TEXT, *BESIDE) if getattr(self.article, name) != getattr(self.stored.article, name)
        )


def reread(connection: Connection, outlet: Outlet) -> list[Reread]:
    """Read all stored articles of an outlet again; nothing is written."""
    return [_reread(stored, outlet) for stored in rereading.stored(connection, outlet.name)]


def write(connection: Connection, outlet: Outlet, found: Iterable[Reread], *, as_of: datetime) -> dict[str, int]:
    """Write what changed, counted: a `revised` text is a new revision, seen as of now and judged; the rest is `mended`.

    A text that an older revision has is `brought back`: a new revision that names the older one.
    """
    counts: Counter[str] = Counter()
    for one in found:
        if one.article is None or not one.changed:
            continue
        if set(TEXT).isdisjoint(one.changed):
            rereading.correct(connection, one.stored.revision, one.article, reader=extraction.READER)
            counts["mended"] += 1
        else:
            counts[_revise(connection, outlet, one.stored, one.article, as_of)] += 1
    return dict(counts)


def _revise(connection: Connection, outlet: Outlet, stored: Stored, article: Article, as_of: datetime) -> str:
    """Make a text the newest revision beside the others, and judge it; says whether an older one had it."""
    sources = [Source(part.record_id, part.part, part.entry) for part in stored.parts]
    revision, fate = articles.keep(connection, outlet.name, article, sources, reader=extraction.READER, seen_at=as_of)
    if known := fate is Fate.UNCHANGED:
        revision = articles.bring_back(connection, revision, article, sources, reader=extraction.READER, seen_at=as_of)
    verdict = judging.judge(article.title, article.body, outlet=outlet.title, languages=outlet.languages)
    judgements.keep(connection, revision, verdict)
    return "brought back" if known else "revised"


def _reread(stored: Stored, outlet: Outlet) -> Reread:
    """Read one article from its records; one that is not in the archive any more, or is refused, has a fault."""
    if stored.pages_let_go_at:
        return Reread(stored, None, page_gone("Its page", stored.fetched_at, stored.pages_let_go_at))
    try:
        pages = [_page(part.archive, part.offset) for part in stored.parts]
        article = replace(_read(stored, pages, outlet), url=stored.article.url)
    except (ArchiveError, Rejected, Quarantined) as fault:
        return Reread(stored, None, str(fault))
    return _beside(stored, article) if stored.let_go_at else Reread(stored, article)


def _beside(stored: Stored, article: Article) -> Reread:
    """Compare what stands beside a text that was let go: the same text does not come back, and another is not taken in its place."""
    assert stored.let_go_at is not None
    if articles.text_hash(article) != stored.text_sha256:
        lost = text_gone("Its text", stored.seen_at, stored.let_go_at)
        return Reread(stored, None, f"{lost} These rules read another text, which is not taken in its place.")
    return Reread(stored, replace(article, title=stored.article.title, paragraphs=stored.article.paragraphs))


def _page(uri: str, offset: int) -> Page:
    got = archive.read_record(uri, offset)
    return Page(url=got.url, content=got.content, content_type=got.content_type)


def _read(stored: Stored, pages: Sequence[Page], outlet: Outlet) -> Article:
    """Read an article's pages, or its entry of a feed."""
    entry = stored.parts[0].entry if stored.parts else None
    if entry is None:
        return extraction.read_pages(pages, outlet, as_of=stored.fetched_at)
    entries = dict(extraction.read_entries(pages[0], outlet))
    if entry not in entries:
        raise Rejected(f"The feed gives no entry {entry} to today's rules.")
    return entries[entry]


def shown(value: Any) -> str:
    """Give a field's value for a person: of a text its size."""
    if not value:
        return "nothing"
    if isinstance(value, tuple):
        text = ", ".join(value)
        return text if len(text) < 80 else f"{len(value)} paragraphs, {len(text)} characters"  # noqa: PLR2004
    return value.isoformat() if isinstance(value, datetime) else str(value)
