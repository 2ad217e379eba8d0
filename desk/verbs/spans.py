"""How far back a verb looks: `7d`, `36h`, `2w`, or a day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from processing.errors import PantauError

_SPAN = re.compile(r"(?P<number>[1-9]\d{0,3})(?P<unit>[hdw])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def since(text: str | None, as_of: datetime, zone: ZoneInfo, option: str = "--since") -> datetime | None:
    """Give the instant that an option means: so long before `as_of`, or the beginning of a day in a zone."""
    if text is None:
        return None
    if span := _SPAN.fullmatch(text.strip().lower()):
        return as_of - int(span["number"]) * _UNITS[span["unit"]]
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise PantauError(
            f"{option} {text!r} is neither a span, such as 36h, 7d or 2w, nor a day, such as 2026-11-20."
        ) from None
    return given if given.tzinfo else given.replace(tzinfo=zone)
