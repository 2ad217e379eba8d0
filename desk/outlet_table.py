"""The table of outlets, declared and absent: how each is read and what that rests on. docs/outlets.md is made from it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crawlers.absent import Absent, absent_outlets
from crawlers.outlets import OUTLETS
from processing.model import Outlet, ReadMode


class Reading(StrEnum):
    """How an outlet is read."""

    PAGES = "pages"
    FEED_ONLY = "feed only"
    OFF = "off"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One outlet of the table. Nobody's group or ownership is told of an outlet that is absent."""

    name: str
    title: str
    country: str
    languages: tuple[str, ...]
    reading: Reading
    reason: str
    """Why it is not read by its pages; empty for one that is."""
    verified: bool
    """Whether the declaration was tried on the live site; if not it rests on others' documents."""
    checked: date
    """The day of the newest evidence."""
    group: str = ""
    ownership: str = ""
    listings: int = 0
    note: str = ""

    @property
    def evidence(self) -> str:
        """The mark: verified live or only documented, and when."""
        return f"{'live' if self.verified else 'documented'} {self.checked}"


def rows(permitted: Sequence[str] = ()) -> list[Row]:
    """Give a row for each outlet, by name; one that is switched off counts as on if it is among `permitted`."""
    declared = [_declared(outlet, permitted) for outlet in OUTLETS.values()]
    return sorted([*declared, *map(_missing, absent_outlets())], key=lambda row: row.name)


def _declared(outlet: Outlet, permitted: Sequence[str]) -> Row:
    reading = Reading.FEED_ONLY if outlet.mode is ReadMode.FEED_ONLY else Reading.PAGES
    reason = outlet.feed_only_because or ""
    if outlet.switched_off and outlet.name not in permitted:
        reading, reason = Reading.OFF, outlet.switched_off
    return Row(
        name=outlet.name,
        title=outlet.title,
        country=outlet.country,
        languages=outlet.languages,
        reading=reading,
        reason=reason.rstrip("."),
        verified=outlet.evidence.verified,
        checked=outlet.evidence.checked,
        group=outlet.group,
        ownership=outlet.ownership.value,
        listings=len(outlet.listings),
        note=outlet.evidence.note,
    )


def _missing(outlet: Absent) -> Row:
    return Row(
        name=outlet.name,
        title=outlet.title,
        country=outlet.country,
        languages=outlet.languages,
        reading=Reading.ABSENT,
        reason=outlet.reason,
        verified=False,
        checked=outlet.checked,
    )


PAGE = """\
# Outlets

{counts}.

What the marks mean: *live*, the declaration was tried on the outlet's own site; *documented*, it rests on what others
have published, and the first live crawl may find it wrong. The date is that of the newest evidence. `pantau outlet list`
shows the same table, with `--json` for machines.

| outlet | name | country | languages | publisher | owner | read by | listings | evidence |
|---|---|---|---|---|---|---|---|---|
{rows}

## Feed only

What such an outlet's feed gives is all that we read of it.

{feed_only}

## Switched off

They ask for permission. Who has it names the outlet in `PANTAU_PERMITTED` ([settings](settings.md)), and it is read.

{off}

## Absent

We do not disguise ourselves, and run no browser.

{absent}

## What the declarations rest on

{notes}

This page is made by `python -m desk.outlet_table > docs/outlets.md`; a test compares the two.
"""


def page() -> str:
    """Return docs/outlets.md."""
    every = rows()
    by = {reading: [row for row in every if row.reading is reading] for reading in Reading}
    return PAGE.format(
        counts=f"{len(by[Reading.PAGES])} outlets are read by their pages, {len(by[Reading.FEED_ONLY])} by their feed"
        f" alone; {len(by[Reading.OFF])} are switched off, {len(by[Reading.ABSENT])} absent",
        rows="\n".join(_line(row) for row in every if row.reading is not Reading.ABSENT),
        feed_only=_reasons(by[Reading.FEED_ONLY]),
        off=_reasons(by[Reading.OFF]),
        absent=_reasons(by[Reading.ABSENT]),
        notes="\n".join(f"- **{row.title}**: {row.note}" for row in every if row.note),
    )


def _line(row: Row) -> str:
    """Return a row of the page's table."""
    cells = (row.title, f"`{row.name}`", row.country, ", ".join(row.languages), row.group, row.ownership)
    return f"| {' | '.join((*cells, row.reading, str(row.listings), row.evidence))} |"


def _reasons(of: Iterable[Row]) -> str:
    return "\n".join(f"- **{row.title}** (`{row.name}`, {row.checked}): {row.reason}." for row in of)


if __name__ == "__main__":
    sys.stdout.write(page())
