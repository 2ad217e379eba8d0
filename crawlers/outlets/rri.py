"""RRI, the state's radio, by its feed. Stations all over the country write: times may be WIB, WITA or WIT.

No structured data is known; a byline is `Oleh - Name`, a dateline `KBRN, Jakarta: `.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="rri",
    title="RRI",
    country="ID",
    languages=("id", "en"),
    group="RRI",
    ownership=Ownership.STATE,
    timezone="Asia/Jakarta",
    hosts=("rri.co.id",),
    listings=(Listing(url="https://rri.co.id/rss", kind=ListingKind.FEED),),
    article=r"https?://rri\.co\.id/[a-z/-]+/\d+/[a-z0-9-]+",
    rules=(
        PageRules(
            title=("meta[property='og:title']",),
            date=(".date",),
            byline=(".author",),
            body=(".post_details_inner", ".main-content"),
            drop=(r"^Oleh\s*-",),
        ),
    ),
    dateline=r"^\s*KBRN\s*,\s*(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?)\s*[:\-–—]\s*",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 5, 1),
        note="Selectors from one scraper (2026-05-01); the feed stands in six lists, unchecked; the dateline's form is a "
        "guess.",
    ),
)
