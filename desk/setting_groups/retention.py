"""The settings of what is let go when it is old; what was mailed to whom stands among those of the reader's pages."""

from __future__ import annotations

from datetime import timedelta

from desk import setting_values as values
from desk.setting_row import Setting

ARCHIVE_DAYS, TEXT_DAYS = "PANTAU_KEEP_ARCHIVE_DAYS", "PANTAU_KEEP_TEXT_DAYS"

FOR_EVER = "forever"
"""What says that nothing is let go."""

LOOKED_BACK = timedelta(days=30)
"""How long a full text is needed: joining reads two weeks to each side of what waits, corrections two weeks from the edition on."""


def kept(text: str) -> timedelta | None:
    """Take a number of days from 1 up, or `forever`, which is None."""
    return None if text == FOR_EVER else values.days(text)


def text_kept(text: str) -> timedelta | None:
    """Take what `kept` takes, and no fewer days than a full text is needed."""
    span = kept(text)
    if span is not None and span < LOOKED_BACK:
        raise ValueError(text)
    return span


RETENTION = (
    Setting(
        name=ARCHIVE_DAYS,
        attribute="keep_archive",
        meaning="Days after which a crawl's WARC file is deleted, once all its pages were read (docs/retention.md).",
        expected=f"a number of days, such as 90, or {FOR_EVER}",
        read=kept,
        default="90",
    ),
    Setting(
        name=TEXT_DAYS,
        attribute="keep_text",
        meaning="Days after which an article's full text is let go; its headline, its lead (two sentences, 300 characters), what was "
        "judged of it and the editions stay (docs/retention.md).",
        expected=f"a number of days, such as 90, and {LOOKED_BACK.days} at least, since stories and corrections look back so far; or {FOR_EVER}",
        read=text_kept,
        default="90",
    ),
)
