"""The Diplomat, by its feeds alone: its pages are metered, and no rule for them is known."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="the_diplomat",
    title="The Diplomat",
    country="US",
    languages=("en",),
    group="Diplomat Media",
    ownership=Ownership.PRIVATE,
    timezone="America/New_York",
    hosts=("thediplomat.com",),
    listings=(
        Listing(url="https://thediplomat.com/feed/", kind=ListingKind.FEED),
        Listing(
            url="https://thediplomat.com/category/asia-defense/feed/", kind=ListingKind.FEED, section="asia-defense"
        ),
    ),
    article=r"https?://thediplomat\.com/\d{4}/\d{2}/[a-z0-9-]+/?(?:\?.*)?$",
    mode=ReadMode.FEED_ONLY,
    feed_only_because="its pages are metered, and no rule for them is known",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="The main feed was seen answering with 30 items (2026-08-22), that of Asia Defense is only listed.",
    ),
)
