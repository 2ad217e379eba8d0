"""The days that a text names, the text without them, and the days on which an event is told to have been."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b")
"""A full date, day first, as Indonesian newsrooms write it beside the weekday.

English dates (May 24, 2005) are not read: in ECB+ they are as often of background, and cost 3 points of B-cubed F1.
"""

SHORT = re.compile(r"\(\d{1,2}/\d{1,2}\)|1(?<=\b.)9\d\d\b|2(?<=\b.)0\d\d\b")
"""A day without its year beside a weekday, as in Selasa (10/9), or a year: no count of anything.

It looks for a first character and then back: three times as fast.
"""

TOLD_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(20\d\d))?\b")
"""A day with its year or without, as in Selasa (10/9); a fraction is taken for one now and then."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("Senin", "Monday"),
            ("Selasa", "Tuesday"),
            ("Rabu", "Wednesday"),
            ("Kamis", "Thursday"),
            ("Jumat", "Friday"),
            ("Sabtu", "Saturday"),
            ("Minggu", "Sunday"),
        )
    )
    for name in names
}
WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")

BACK = 5
"""Days that a weekday lies back at most; what would lie further is tomorrow's, or of another time zone."""

HALF_A_YEAR = 183


def named_days(text: str) -> tuple[set[date], str]:
    """Give the full dates that a text names, and the text without dates and years, which are no counts to compare."""
    found: set[date] = set()
    if "/20" in text:
        for day, month, year in DAY.findall(text):
            with suppress(ValueError):
                found.add(date(int(year), int(month), int(day)))
        text = DAY.sub(" ", text)
    return found, SHORT.sub(" ", text)


def told_days(text: str, at: date | None) -> frozenset[date]:
    """Give the days that the top of an article names, else those of its weekdays, by the day on which it came out.

    Without that day, only full dates are known.
    """
    found = set()
    for day, month, year in TOLD_DAY.findall(text) if "/" in text else ():
        with suppress(ValueError):
            if year:
                found.add(date(int(year), int(month), int(day)))
            elif at is not None:
                found.add(_nearest(at, int(month), int(day)))
    if not found and at is not None:
        found = {at - timedelta(days=_back(at, WEEKDAYS[name])) for name in WEEKDAY.findall(text)}
    return frozenset(found)


def _nearest(at: date, month: int, day: int) -> date:
    """Give a day of a month in the year that brings it nearest: 31/12 in January is of the year before."""
    found = date(at.year, month, day)
    apart = (found - at).days
    return found if abs(apart) <= HALF_A_YEAR else found.replace(year=at.year - (1 if apart > 0 else -1))


def _back(at: date, weekday: int) -> int:
    back = (at.weekday() - weekday) % 7
    return back if back <= BACK else -1
