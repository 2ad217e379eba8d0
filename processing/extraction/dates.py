"""Dates as newspapers write them: ISO and its misspellings, Indonesian and English words, day before month, and times without a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan jänner januar janvier enero",
            "februari february pebruari feb februar",
            "maret march mar märz mars",
            "april apr avril abril",
            "mei may mai mayo",
            "juni june jun juin junio",
            "juli july jul juillet julio",
            "agustus august agu ags agt aug agosto",
            "september sept sep septiembre",
            "oktober october okt oct octubre",
            "november nopember nov nop noviembre",
            "desember december des dec dezember diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
"""Indonesian and English with the short forms the press uses, and the commonest of other languages (lower case)."""

ZONES: dict[str, tzinfo] = {
    "wib": timezone(timedelta(hours=7), "WIB"),
    "wita": timezone(timedelta(hours=8), "WITA"),
    "wit": timezone(timedelta(hours=9), "WIT"),
    "utc": UTC,
    "gmt": UTC,
    "z": UTC,
    "bst": timezone(timedelta(hours=1), "BST"),
    "est": ZoneInfo("America/New_York"),
    "edt": ZoneInfo("America/New_York"),
    "et": ZoneInfo("America/New_York"),
    "ct": ZoneInfo("America/Chicago"),
    "cst": ZoneInfo("America/Chicago"),
    "cdt": ZoneInfo("America/Chicago"),
    "pt": ZoneInfo("America/Los_Angeles"),
    "pst": ZoneInfo("America/Los_Angeles"),
    "pdt": ZoneInfo("America/Los_Angeles"),
    "cet": ZoneInfo("Europe/Berlin"),
    "cest": ZoneInfo("Europe/Berlin"),
    "sgt": timezone(timedelta(hours=8), "SGT"),
    "myt": timezone(timedelta(hours=8), "MYT"),
    "jst": timezone(timedelta(hours=9), "JST"),
    "kst": timezone(timedelta(hours=9), "KST"),
    "ist": timezone(timedelta(hours=5, minutes=30), "IST"),
}

_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])\s?[:.\-]\s?(?P<minute>[0-5]\d)(?:[:.\-](?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
)
_ZONE = (
    r"(?:\s*\(?(?P<zone>(?:(?:gmt|utc)\s?[+-]\d{1,2}|\s?[+-]\d{2}):?(?:\d{2})?(?!\d)|wita|wit|wib|utc|gmt|z|bst|e[sd]?t|c[sd]?t|p[sd]?t|"
    r"cest|cet|sgt|myt|jst|kst|ist)\b\)?)?"
)
_TIME = rf"(?:(?:\s*[t,|/–—@-]|\s+(?:at|pukul|jam|pkl\.?|um))*\s*{_CLOCK}{_ZONE})?"
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d){_TIME}",
        (
            r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)"
            r"(?:t?(?P<hour>[0-2]\d)(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<zone>z|[+-]\d{4})?)?(?!\d)"
        ),
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+)?(?P<word>{_MONTH})\b\.?,?[\s-]+(?P<year>(?:19|20)\d\d){_TIME}",
        rf"\b(?P<word>{_MONTH})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d){_TIME}",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d){_TIME}",
    )
)
"""Year first; eight digits; day, month word, year; month word, day, year; day first in figures. Tried in this order."""

TIME_FIRST = re.compile(rf"^\D*{_CLOCK}{_ZONE}[\s,|–—-]+(?=\D*\d)", re.IGNORECASE)
EPOCH = re.compile(r"^\s*(\d{10})(\d{3})?\s*$")
AGO = re.compile(
    r"(\d+)\s*(detik|menit|jam|hari|minggu|seconds?|minutes?|mins?|hours?|days?|weeks?)\s+(?:yang\s+)?(?:lalu|ago)",
    re.IGNORECASE,
)
AGO_SECONDS = {"d": 1, "s": 1, "men": 60, "min": 60, "j": 3600, "h": 3600, "har": 86400, "day": 86400, "week": 604800}
CHANGED = re.compile(
    r"\b(?:diperbarui|diperbaharui|dimutakhirkan|last\s+updated?|updated?|modified|aktualisiert)\b", re.IGNORECASE
)
LABELS = re.compile(
    r"(?=\b(?:diterbitkan|terbit|tayang|published|posted|diperbarui|diperbaharui|dimutakhirkan|"
    r"(?:last\s+)?updated?|modified|aktualisiert)\b)",
    re.IGNORECASE,
)


def read_date(
    text: str, zone: tzinfo, *, zulu_is_local: bool = False, as_of: datetime | None = None
) -> datetime | None:
    """Give the publication time that `text` states, aware; None where it states none.

    A time without a zone is in `zone`, a day without a time is its midnight there. With `zulu_is_local` a `Z` is
    not believed. What follows a word for "updated" is left aside. "5 menit lalu" counts back from `as_of`, if given.
    """
    text = text.strip()[:300]
    if epoch := EPOCH.match(text):
        return datetime.fromtimestamp(int(epoch[1]), UTC)
    parts = [part for part in LABELS.split(text) if not CHANGED.match(part)]
    for part in parts:
        for form in FORMS:
            for match in form.finditer(part):
                if moment := _moment(match, part, zone, zulu_is_local=zulu_is_local):
                    return moment
    return _ago(text, as_of) if as_of else None


def _moment(match: re.Match[str], text: str, zone: tzinfo, *, zulu_is_local: bool) -> datetime | None:
    """Make a time of what a form matched; None where no calendar has that day."""
    found = match.groupdict()
    month = int(found["month"]) if found.get("month") else MONTHS[found["word"].lower()]
    day = int(found["day"])
    if month > 12 >= day and found.get("mark"):  # noqa: PLR2004 (written month first, in spite of all)
        month, day = day, month
    if not found.get("hour") and (first := TIME_FIRST.match(text[: match.start() + 1] + "0")):
        found |= {key: value for key, value in first.groupdict().items() if value}
    hour, minute = int(found.get("hour") or 0), int(found.get("minute") or 0)
    if found.get("half"):
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    try:
        naive = datetime(int(found["year"]), month, day, hour % 24, minute, int(found.get("second") or 0))  # noqa: DTZ001
    except ValueError:
        return None
    named = (found.get("zone") or "").strip().lower()
    stated = None if not named or (named == "z" and zulu_is_local) else _zone(named)
    return naive.replace(tzinfo=stated or zone)


def _zone(name: str) -> tzinfo | None:
    """Read a zone's name or offset: `wib`, `+0700`, `+07:00`, `gmt+7`, `gmt+700` (ANTARA's)."""
    if name in ZONES:
        return ZONES[name]
    offset = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", name)
    if not offset:
        return None
    span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if span >= timedelta(hours=24):
        return None
    return timezone(-span if offset[1] == "-" else span)


def _ago(text: str, as_of: datetime) -> datetime | None:
    """Count back from `as_of`: approximate, as the page is."""
    match = AGO.search(text)
    if not match:
        return None
    unit = match[2].lower()
    if unit.startswith("minggu"):
        unit = "week"
    if unit.startswith("detik"):
        unit = "s"
    seconds = next(
        value for key, value in sorted(AGO_SECONDS.items(), key=lambda kv: -len(kv[0])) if unit.startswith(key)
    )
    return as_of - timedelta(seconds=seconds * min(int(match[1]), 10_000))
