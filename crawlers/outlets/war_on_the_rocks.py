"""War on the Rocks, analysis, by its feed alone; podcasts are not articles."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="war_on_the_rocks",
    title="War on the Rocks",
    country="US",
    languages=("en",),
    group="Metamorphic Media",
    ownership=Ownership.PRIVATE,
    timezone="America/New_York",
    hosts=("warontherocks.com",),
    listings=(Listing(url="https://warontherocks.com/feed/", kind=ListingKind.FEED),),
    article=r"https?://warontherocks\.com/(?:\d{4}/\d{2}/)?[a-z0-9-]+/?(?:\?.*)?$",
    exclude=(r"warontherocks\.com/(?:category|tag|author|podcasts?|feed|episodes?)(?:/|$)",),
    mode=ReadMode.FEED_ONLY,
    feed_only_because="no rule for its pages is known, and it refuses some clients",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="The feed was seen answering (2026-02-26), and refused one client with 403 (2026-07-25).",
    ),
)
