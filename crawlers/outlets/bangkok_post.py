"""Bangkok Post, by its feeds alone; from some networks it answers 451, a legal block."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="bangkok_post",
    title="Bangkok Post",
    country="TH",
    languages=("en",),
    group="Bangkok Post",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Bangkok",
    hosts=("www.bangkokpost.com",),
    listings=(
        Listing(url="https://www.bangkokpost.com/rss/data/topstories.xml", kind=ListingKind.FEED),
        Listing(url="https://www.bangkokpost.com/rss/data/world.xml", kind=ListingKind.FEED, section="world"),
    ),
    article=r"https?://www\.bangkokpost\.com/[a-z-]+(?:/[a-z-]+)*/\d+/[a-z0-9-]+",
    mode=ReadMode.FEED_ONLY,
    feed_only_because="no rule for its pages is known, and it answers some networks with a legal block (451)",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 4),
        note="The feed of top stories was seen answering (2026-10-04), that of the world is only listed.",
    ),
)
