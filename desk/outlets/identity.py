"""Who an outlet is: its name, languages, country and time zone, as far as its pages tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.core import get_global
from selectolax.lexbor import LexborHTMLParser

from desk.outlets.lists import FrontPage, host_of
from desk.outlets.samples import Sample
from processing.cleaning.text import tidy
from processing.extraction.dates import ZONES
from processing.extraction.page import decode, parse
from processing.extraction.structured import read_json_ld, read_meta
from processing.language import language_of

CAPITAL_ZONES = {"US": "America/New_York", "AU": "Australia/Sydney", "ID": "Asia/Jakarta", "MY": "Asia/Kuala_Lumpur",
                 "RU": "Europe/Moscow", "CN": "Asia/Shanghai", "CA": "America/Toronto", "UA": "Europe/Kyiv"}  # fmt: skip
"""Of countries with several zones: where their newspapers are written."""
COUNTRY_OF_LANGUAGE = {"id": "ID", "ms": "MY", "ja": "JP", "ko": "KR", "th": "TH", "vi": "VN"}
UNSAID = frozenset({"US", "GB"})
"""What templates declare (`en-US`) whoever uses them."""
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[AP]\.?M\.?)?\s*\(?([A-Z]{3,4})\b", re.IGNORECASE)
"""A time of day and the zone that it is said in."""
COUNTRY_OF_DOMAIN = {"uk": "GB"}


@dataclass(frozen=True)
class Identity:
    """What a declaration says of the outlet itself."""

    title: str
    languages: tuple[str, ...]
    country: str
    timezone: str
    unsure: tuple[str, ...]


def identity_of(front: FrontPage, samples: Sequence[Sample], *, as_of: datetime) -> Identity:
    """Tell who the outlet is from its front page and articles; what is guessed is said in `unsure`."""
    unsure = []
    languages = _languages(samples)
    country = _country(host_of(front.url), languages, samples)
    if country is None:
        country = "US"
        unsure.append('Its country is not told by its domain or language: country="US" is a guess.')
    zone = _zone(country, samples, as_of)
    if not _offsets(samples):
        unsure.append(f"No date of its pages carries a zone: {zone} is taken from the country.")
    return Identity(_title(front, samples), languages, country, zone, tuple(unsure))


def _languages(samples: Sequence[Sample]) -> tuple[str, ...]:
    """Give the languages of the texts, the commonest first; what pages declare is a prior only."""
    counted = Counter(
        language_of(s.article.title, s.article.body, declared=(s.article.language,) if s.article.language else ())
        for s in samples
    )
    found = [language for language, count in counted.most_common(2) if language != "und" and count > len(samples) / 5]
    return tuple(found) or ("en",)


def _country(host: str, languages: Sequence[str], samples: Sequence[Sample]) -> str | None:
    """Tell the country by the domain, else by a language that one country writes, else by the one that pages declare."""
    last = host.rpartition(".")[2]
    code = COUNTRY_OF_DOMAIN.get(last, last.upper())
    if code in get_global("territory_zones"):
        return code
    roots = (sample.whole.root for sample in samples)
    declared = Counter(
        (root.attributes.get("lang") or "").replace("_", "-").rpartition("-")[2] for root in roots if root
    )
    told = [code for code in declared if code in get_global("territory_zones") and code not in UNSAID]
    return COUNTRY_OF_LANGUAGE.get(languages[0]) or next(iter(told), None)


def _zone(country: str, samples: Sequence[Sample], as_of: datetime) -> str:
    """Choose among the country's zones one that agrees with the dates of the pages."""
    zones = list(get_global("territory_zones").get(country, ("UTC",)))
    preferred = CAPITAL_ZONES.get(country)
    zones = [preferred, *zones] if preferred else zones
    offsets = _offsets(samples)
    fitting = [zone for zone in zones if as_of.astimezone(ZoneInfo(zone)).utcoffset() in offsets]
    return str((fitting or zones)[0])


def _offsets(samples: Sequence[Sample]) -> set[object]:
    """Give the offsets from UTC that structured data states or the pages show; not UTC itself, which sites write without meaning it."""
    shown = Counter(
        zone.utcoffset(s.article.published_at)
        for s in samples
        for _, text in s.shorts
        if (match := CLOCK.search(text)) and (zone := ZONES.get(match[1].lower()))
    )
    told: set[object] = {offset for offset, _ in shown.most_common(1) if offset}
    dates = [s.article.published_at for s in samples if s.article.read_by.get("published_at") in ("json_ld", "meta")]
    return told or {date.utcoffset() for date in dates if date is not None and date.utcoffset()}


def _title(front: FrontPage, samples: Sequence[Sample]) -> str:
    """Choose what the outlet calls itself: on most of its pages, else in the front page's window."""
    said = Counter(
        publisher
        for sample in samples
        for account in (read_meta(_scripts(sample)), read_json_ld(_scripts(sample)))
        if (publisher := account.publisher)
    )
    if said:
        return said.most_common(1)[0][0]
    window = front.tree.css_first("title")
    shown = tidy(window.text()) if window else ""
    parts = [part.strip() for mark in (" | ", " - ", " – ", " — ", ": ") for part in shown.split(mark)[:1]]
    return min((part for part in parts if part), key=len, default=host_of(front.url))


def _scripts(sample: Sample) -> LexborHTMLParser:
    """Parse a page with its scripts left in."""
    return parse(decode(sample.page), sample.page.url)
