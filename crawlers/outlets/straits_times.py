"""The Straits Times, by its feeds alone: many articles are for subscribers, and no rule for its pages is known."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="straits_times",
    title="The Straits Times",
    country="SG",
    languages=("en",),
    group="SPH Media",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Singapore",
    hosts=("www.straitstimes.com",),
    listings=(
        Listing(url="https://www.straitstimes.com/news/asia/rss.xml", kind=ListingKind.FEED, section="asia"),
        Listing(url="https://www.straitstimes.com/news/world/rss.xml", kind=ListingKind.FEED, section="world"),
    ),
    article=r"https?://www\.straitstimes\.com/[a-z-]+(?:/[a-z-]+)*/[a-z0-9]+(?:-[a-z0-9]+){2,}/?(?:\?.*)?$",
    mode=ReadMode.FEED_ONLY,
    feed_only_because="many of its articles are for subscribers, and no rule for its pages is known",
    evidence=Evidence(
        verified=False, checked=date(2026, 7, 25), note="Both feeds were seen answering with 50 items (2026-07-22)."
    ),
)
