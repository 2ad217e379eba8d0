"""The cells of a list of readers: CSV in whatever form a spreadsheet gives it, and in one that none misreads."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from desk.reader_alerts import COLUMNS as ALERTS
from processing.errors import PantauError

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
    *ALERTS,
    "consent_source",
    "consented_at",
)
REQUIRED = ("address", "consent_source", "consented_at")

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with, lest a spreadsheet reckons with it (OWASP, CSV injection)."""

BYTE_ORDERS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def table(rows: Iterable[Mapping[str, str]]) -> str:
    """Write rows as a list that `rows_of` reads; lines end as RFC 4180 has them."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({column: _harmless(cell) for column, cell in row.items()})
    return stream.getvalue()


def rows_of(content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give each row's cells by the names of their columns, with its line; empty rows are passed over.

    A cell too many stands under the empty name. Raises PantauError where the file is no list of readers at all.
    """
    return _cells(_decoded(content))


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
    lines = list(io.StringIO(text, newline=""))  # at CR and LF alone: a name may hold other breaks
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
    named = {name: _plain(cell) for name, cell in zip(columns, cells, strict=False)}
    return named | {"": str(len(cells) - len(columns))} if any(cells[len(columns) :]) else named


def _harmless(cell: str) -> str:
    """Write a cell that no spreadsheet reckons with; `_plain` takes the mark off again."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell
