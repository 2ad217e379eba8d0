"""The digest's own words: labels in the reader's language, dates in the reader's zone, numbers as they are written there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

from processing.model import Series
from processing.templating import labels

LANGUAGES = ("id", "en")


class Words:
    """How one series speaks."""

    def __init__(self, series: Series) -> None:
        """Take language and zone from the series."""
        self.language = series.language
        self._labels = labels("digest", series.language)
        self._locale = Locale.parse(series.language)
        self._zone = ZoneInfo(series.timezone)

    def say(self, name: str, /, **values: str | int) -> str:
        """Give the label `section.key` with its places filled; `count` chooses between one and other."""
        section, key = name.split(".")
        label = self._labels[section][key]
        if isinstance(label, dict):
            form = self._locale.plural_form(int(values["count"]))
            label = label.get(form, label["other"])
        shown = {key: self.number(value) if isinstance(value, int) else value for key, value in values.items()}
        return str(label).format_map(shown)

    def number(self, value: float) -> str:
        """Write a number with the separators of the language."""
        if isinstance(value, int) and 0 <= value < 1000:  # noqa: PLR2004 - needs none
            return str(value)
        return format_decimal(value, locale=self._locale, format="#,##0.#")

    def listed(self, names: Sequence[str]) -> str:
        """Write names one after another: Kontan, Kompas, dan Detik."""
        return str(format_list(names, locale=self._locale))

    def spelled(self, count: int) -> str:
        """Write a small count in letters, a larger one in digits."""
        return str(self._labels["number"].get(str(count)) or self.number(count))

    def signed(self, value: float) -> str:
        """Write a difference with its sign, a real minus, and no decimals: +22, −3, ±0."""
        whole = round(value)
        sign = "±" if not whole else "+" if whole > 0 else "−"
        return sign + self.number(abs(whole))

    def at_home(self, language: str) -> bool:
        """Tell whether a text in this language needs no mark for the readers: it is theirs, or none that we know."""
        return language in (self.language, "und", "")

    def language_name(self, language: str) -> str:
        """Name a language in the readers' own."""
        return str(self._locale.languages.get(language, language))

    def date(self, moment: datetime, pattern: str = "date") -> str:
        """Write the local date of an instant."""
        return self._format(moment, pattern)

    def time(self, moment: datetime) -> str:
        """Write the local time of an instant with its zone: 06.00 WIB."""
        return f"{self._format(moment, 'time')} {moment.astimezone(self._zone).tzname()}"

    def moment(self, moment: datetime, near: datetime) -> str:
        """Write a time as it is said at `near`: the time alone on that day, with the weekday within six, else with the date."""
        days = (near.astimezone(self._zone).date() - moment.astimezone(self._zone).date()).days
        if not days:
            return self.time(moment)
        day = self._format(moment, "day" if 0 < days <= 6 else "date_short")  # noqa: PLR2004 - a week has seven
        return f"{day} {self.time(moment)}"

    def _format(self, moment: datetime, pattern: str) -> str:
        return format_datetime(moment, self._labels["pattern"][pattern], tzinfo=self._zone, locale=self._locale)
