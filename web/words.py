"""The pages' own words: the digest's labels and those of the pages, in the language of whoever reads."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from processing.digest.cards import RIGHT_TO_LEFT
from processing.digest.words import LANGUAGES, Words
from processing.model import Reference, Series
from processing.templating import labels


class PageWords(Words):
    """How the pages speak in one language and zone."""

    def __init__(self, series: Series) -> None:
        """Take language and zone from the series."""
        super().__init__(series)
        self._labels = self._labels | labels("web", series.language)

    @property
    def other(self) -> str:
        """The language that a page is not in."""
        return next(language for language in LANGUAGES if language != self.language)

    def long(self, moment: datetime) -> str:
        """Write the local day and time of an instant."""
        return f"{self.date(moment)}, {self.time(moment)}"

    def short(self, moment: datetime) -> str:
        """Write the local date and time of an instant in short."""
        return f"{self.date(moment, 'date_short')}, {self.time(moment)}"

    def clock(self, moment: datetime) -> str:
        """Write the local time of an instant in digits alone."""
        return format_datetime(moment, self.say("story.clock"), tzinfo=self._zone, locale=self._locale)

    def weekday(self, day: int) -> str:
        """Name a day of the week, Monday being 1."""
        return str(self._locale.days["stand-alone"]["wide"][day - 1])

    def outlet(self, reference: Reference) -> str:
        """Name an outlet, with its language where it is not that of the page, and a mark where a state owns it."""
        marks = [] if self.at_home(reference.language) else [self._in(reference.language)]
        marks += [self.say("card.state_media")] if reference.state_media else []
        return f"{reference.outlet} ({', '.join(marks)})" if marks else reference.outlet

    def attributes(self, reference: Reference) -> dict[str, str]:
        """Give the HTML attributes of a text of an article: its language, and its direction where that is unusual."""
        if self.at_home(reference.language):
            return {}
        direction = {"dir": "rtl"} if reference.language in RIGHT_TO_LEFT else {}
        return {"lang": reference.language, **direction}

    def _in(self, language: str) -> str:
        return self.say("card.language", language=self.language_name(language))

    def zone(self) -> ZoneInfo:
        """Give the zone that times are written in."""
        return self._zone
