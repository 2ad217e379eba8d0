"""TASS in English: state media of Russia, by one feed; it may not answer from the EU.

The time of publishing is a number in an element of its own (`<dateformat time="…">`), in seconds since 1970.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="tass",
    title="TASS",
    country="RU",
    languages=("en",),
    group="TASS",
    ownership=Ownership.STATE,
    timezone="Europe/Moscow",
    hosts=("tass.com",),
    listings=(Listing(url="https://tass.com/rss/v2.xml", kind=ListingKind.FEED),),
    article=r"https?://tass\.com/[a-z-]+/\d+/?(?:\?.*)?$",
    rules=(
        PageRules(
            title=("h1",),
            date=(".news-header__date-date dateformat",),
            section=(".section-title a",),
            body=("div.text-block",),
        ),
    ),
    dateline=(
        r"^\s*(?P<place>[A-Z][A-Z .'’/()-]{1,40}?),\s+(?:January|February|March|April|May|June|July|August|September"
        r"|October|November|December)\s+\d{1,2}\.?\s*/TASS/\.?\s*"
    ),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 9, 13),
        note="The feed stands in several lists of 2026; selectors from one scraper (undated), "
        "the date's element from one of the Russian edition.",
    ),
)
