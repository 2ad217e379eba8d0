"""South China Morning Post, by its feeds alone: its pages are metered. The Alibaba group owns it."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="scmp",
    title="South China Morning Post",
    country="HK",
    languages=("en",),
    group="South China Morning Post",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Hong_Kong",
    hosts=("www.scmp.com",),
    listings=(
        Listing(url="https://www.scmp.com/rss/4/feed", kind=ListingKind.FEED, section="china"),
        Listing(url="https://www.scmp.com/rss/5/feed", kind=ListingKind.FEED, section="world"),
        Listing(url="https://www.scmp.com/rss/3/feed", kind=ListingKind.FEED, section="asia"),
    ),
    article=r"https?://www\.scmp\.com/.+/article/\d+/[a-z0-9-]+",
    mode=ReadMode.FEED_ONLY,
    feed_only_because="its pages are metered",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 4),
        note="The feeds of China (2026-10-04) and the world (2026-07-22) were seen answering, that of Asia is only listed.",
    ),
)
