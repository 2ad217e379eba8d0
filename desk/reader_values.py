"""What a person types for a reader's choice, on the command line or in a cell of a list, and how it is written back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, tzinfo

from processing.errors import PantauError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Monday first, as in ISO 8601."""


LONGEST = 200
"""Characters of a name and of a consent's source."""


def line_of(what: str, text: str) -> str:
    """Take one line, fit for a header and for a cell; `what` names it where it is not."""
    if len(text) > LONGEST or not text.isprintable():
        raise PantauError(f"{what} is not one line of at most {LONGEST} characters.")
    return text


def words(text: str) -> tuple[str, ...]:
    """Give the words of a list, parted by commas, semicolons or blanks, each once."""
    return tuple(dict.fromkeys(word for word in re.split(r"[\s,;]+", text) if word))


def weekdays(text: str) -> tuple[int, ...]:
    """Read days: `mon-fri`, `mon,wed,fri`, `1-5` or `daily`."""
    found: set[int] = set()
    for word in words(re.sub(r"\s*-\s*", "-", text.lower())):
        first, _, last = ("mon", "", "sun") if word == "daily" else word.partition("-")
        start = _day(first)
        further = (_day(last or first) - start) % 7
        found.update((start + step - 1) % 7 + 1 for step in range(further + 1))
    if not found:
        raise PantauError(f"{text!r} names no days; write mon-fri, mon,wed,fri or daily.")
    return tuple(sorted(found))


def days_text(days: Iterable[int]) -> str:
    """Write days as `weekdays` reads them, in a form that no spreadsheet takes for a date."""
    return " ".join(DAYS[day - 1] for day in sorted(days))


def hour(text: str) -> time:
    """Read an hour and minute; seconds of nought, as spreadsheets add them, do not matter."""
    match = re.fullmatch(r"(\d{1,2})[:.](\d\d)(?:[:.]00)?", text.strip())
    if not match or int(match[1]) > 23 or int(match[2]) > 59:  # noqa: PLR2004 - the hours of a day
        raise PantauError(f"{text!r} is no hour of the day; write 06:00.")
    return time(int(match[1]), int(match[2]))


def quiet_hours(text: str) -> tuple[time, time]:
    """Read quiet hours, `21:00-06:00` or `none`; raises PantauError for what is neither."""
    if text.strip().lower() == "none":
        return time(), time()
    begin, dash, end = text.partition("-")
    if not dash:
        raise PantauError(f"{text!r} are no quiet hours; write 21:00-06:00, or none.")
    return hour(begin), hour(end)


def quiet_text(begin: time, end: time) -> str:
    """Write quiet hours as `quiet_hours` reads them."""
    return "none" if begin == end else f"{begin:%H:%M}-{end:%H:%M}"


def moment(text: str, zone: tzinfo) -> datetime:
    """Read a day or an instant in ISO 8601; without a zone it is meant in `zone`, and a day is its beginning."""
    try:
        given = datetime.fromisoformat(text.strip())
    except ValueError:
        raise PantauError(f"{text!r} is no date; write 2026-11-22 or 2026-11-22T06:00+07:00.") from None
    return given if given.tzinfo else given.replace(tzinfo=zone)


def _day(name: str) -> int:
    if name in DAYS:
        return DAYS.index(name) + 1
    if re.fullmatch("[1-7]", name):
        return int(name)
    raise PantauError(f"{name!r} is no day; write mon, tue, wed, thu, fri, sat or sun, or 1 (Monday) to 7.")
