"""Readers as a list that a spreadsheet opens: CSV in and out, one row a reader (docs/readers.md describes the columns)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from desk.reader_values import days_text, hour, moment, weekdays, words
from processing.digest.choosing import checked
from processing.errors import PantauError
from processing.store.reader_rows import folded
from processing.store.readers import TRANSITIONS, Choice, Reader

COLUMNS = (
    "address",
    "name",
    "state",
    "paused_until",
    "language",
    "timezone",
    "topics",
    "watch",
    "days",
    "at",
    "desks",
    "consent_source",
    "consented_at",
)
REQUIRED = ("address", "consent_source", "consented_at")

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with, lest a spreadsheet reckons with it (OWASP, CSV injection)."""

BYTE_ORDERS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LONGEST = 200
"""Characters of a name and of a consent's source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a list, checked as far as it can be without the store."""

    line: int
    """In the file, the first is 1."""
    address: str
    name: str
    state: str
    paused_until: datetime | None
    choice: Choice
    consent_source: str
    consented_at: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line, and what to do, without the address."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}"


def read(content: bytes, *, usual: Choice, zone: tzinfo) -> tuple[list[Row], list[Fault]]:
    """Read a list; what is wrong is told by line, all of it. Cells left empty are as `usual`, dates are in `zone`.

    Raises PantauError where the file is no list of readers at all.
    """
    text = _decoded(content)
    found, faults, seen = list[Row](), list[Fault](), dict[str, int]()
    for line, cells in _cells(text):
        try:
            row = _row(line, cells, usual, zone)
        except PantauError as error:
            faults.append(Fault(line, str(error)))
            continue
        first = seen.setdefault(row.address, line)
        if first != line:
            faults.append(Fault(line, f"its address stands on line {first} already; leave one of the two."))
        found.append(row)
    return found, faults


def written(given: Iterable[tuple[Reader, Choice]]) -> str:
    """Write readers as a list that `read` takes; lines end as RFC 4180 has them."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    for reader, choice in given:
        writer.writerow({column: _harmless(cell) for column, cell in _written(reader, choice).items()})
    return stream.getvalue()


def _written(reader: Reader, choice: Choice) -> dict[str, str]:
    return {
        "address": reader.address,
        "name": reader.name,
        "state": reader.state,
        "paused_until": reader.paused_until.isoformat() if reader.paused_until else "",
        "language": choice.language,
        "timezone": choice.timezone,
        "topics": " ".join(choice.topics),
        "watch": " ".join(choice.watched),
        "days": days_text(choice.weekdays),
        "at": f"{choice.send_at:%H:%M}",
        "desks": " ".join(choice.desks),
        "consent_source": reader.consent_source,
        "consented_at": reader.consented_at.isoformat(),
    }


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in BYTE_ORDERS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise PantauError("The list is not in UTF-8; save it as “CSV UTF-8” and import that.") from None
    if "\0" in text:
        raise PantauError("The list is no text; save it as “CSV UTF-8” and import that.")
    return text


def _cells(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give each row by the names of the columns, with its line; empty rows are passed over."""
    lines = text.splitlines(keepends=True)
    skipped = 1 if lines and re.fullmatch(r"\"?sep=.\"?", lines[0].strip()) else 0  # Excel's own word for the separator
    if len(lines) <= skipped:
        raise PantauError(f"The list is empty; its first line names the columns: {', '.join(COLUMNS)}.")
    reader = csv.reader(lines[skipped:], delimiter=max(",;\t", key=lines[skipped].count), strict=True)
    try:
        columns = [name.strip().lower() for name in next(reader)]
        _check_columns(columns)
        before = reader.line_num
        for cells in reader:
            line, before = skipped + before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield line, _named(columns, cells)
    except csv.Error as error:
        raise PantauError(
            f"Line {skipped + reader.line_num} cannot be read ({error}); a cell with a quotation mark is put in"
            " quotation marks, and the mark is doubled."
        ) from None


def _check_columns(columns: list[str]) -> None:
    if missing := [name for name in REQUIRED if name not in columns]:
        raise PantauError(f"The list has no column {', '.join(missing)}; its first line names the columns.")
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise PantauError(f"The list has a column {unknown[0]!r}, which is none of {', '.join(COLUMNS)}.")
    if len(set(columns)) < len(columns):
        raise PantauError("The list has a column twice; leave one of the two.")


def _named(columns: list[str], cells: list[str]) -> Mapping[str, str]:
    """Name a row's cells; one too many or too few is told when the row is checked."""
    named = {name: _plain(cell) for name, cell in zip(columns, cells, strict=False)}
    return named | {"": str(len(cells) - len(columns))} if any(cells[len(columns) :]) else named


def _row(line: int, cells: Mapping[str, str], usual: Choice, zone: tzinfo) -> Row:
    if "" in cells:
        raise PantauError("it has more cells than there are columns; put a cell with a comma in quotation marks.")
    given = {name: cells.get(name, "") for name in COLUMNS}
    if missing := [name for name in REQUIRED if not given[name]]:
        raise PantauError(f"{missing[0]} is empty; without it nobody is subscribed.")
    state = given["state"] or "active"
    if state not in TRANSITIONS:
        raise PantauError(f"there is no state {state!r}; take {', '.join(TRANSITIONS)}, or leave it empty.")
    return Row(
        line=line,
        address=_address(given["address"]),
        name=_short("name", given["name"]),
        state=state,
        paused_until=moment(given["paused_until"], zone) if given["paused_until"] else None,
        choice=checked(_choice(given, usual)),
        consent_source=_short("consent_source", given["consent_source"]),
        consented_at=moment(given["consented_at"], zone),
    )


def _choice(given: Mapping[str, str], usual: Choice) -> Choice:
    return replace(
        usual,
        language=given["language"].lower() or usual.language,
        timezone=given["timezone"] or usual.timezone,
        topics=words(given["topics"]),
        watched=words(given["watch"]),
        weekdays=weekdays(given["days"]) if given["days"] else usual.weekdays,
        send_at=hour(given["at"]) if given["at"] else usual.send_at,
        desks=words(given["desks"]),
    )


def _address(text: str) -> str:
    try:
        return folded(text)
    except PantauError:
        raise PantauError("its address is no mail address; write it as name@example.org.") from None


def _short(column: str, text: str) -> str:
    if len(text) > LONGEST or not text.isprintable():
        raise PantauError(f"{column} is not one line of at most {LONGEST} characters.")
    return text


def _harmless(cell: str) -> str:
    """Write a cell that no spreadsheet reckons with; `_plain` takes the mark off again."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell
