"""A page that an archive offers."""

from __future__ import annotations

from dataclasses import dataclass

from processing.model import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of an outlet, copied out of an archive's file."""

    outlet: str
    url: str
    article: str
    """Canonical address of its article."""
    record: Record
    """As it lies in the file of copies."""
    bytes: int
    """Of its body."""
    number: int = 1
    """Which page of its article it is."""
    next_number: int | None = None
    """The next page that it links to."""
