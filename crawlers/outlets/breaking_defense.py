"""Breaking Defense, by its feed alone, which carries the full text; no rule for its pages is known."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="breaking_defense",
    title="Breaking Defense",
    country="US",
    languages=("en",),
    group="Breaking Media",
    ownership=Ownership.PRIVATE,
    timezone="America/New_York",
    hosts=("breakingdefense.com",),
    listings=(Listing(url="https://breakingdefense.com/full-rss-feed/", kind=ListingKind.FEED),),
    article=r"https?://breakingdefense\.com/\d{4}/\d{2}/[a-z0-9-]+/?(?:\?.*)?$",
    mode=ReadMode.FEED_ONLY,
    feed_only_because="its feed carries the full text, and no rule for its pages is known",
    evidence=Evidence(
        verified=False, checked=date(2026, 8, 22), note="The feed was seen answering with 30 items (2026-07-22)."
    ),
)
