"""A page as fetched, and the article read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes of one page and the address they came from."""

    url: str
    content: bytes
    content_type: str = ""
    """The Content-Type header, for its charset; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was read from one article's pages or feed entry.

    `read_by` names, for each field found, what found it: `json_ld`, `meta`, `rules`, `generic` or `feed`.
    """

    url: str
    """Canonical."""
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime | None = None
    """With the zone that the outlet gave or is declared to use."""
    modified_at: datetime | None = None
    authors: tuple[str, ...] = ()
    editor: str | None = None
    dateline: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    language: str | None = None
    """As the page declares it; judged anew later."""
    read_by: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The text, a line a paragraph."""
        return "\n".join(self.paragraphs)
