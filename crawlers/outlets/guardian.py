"""The Guardian, by its feeds alone: its robots.txt shuts Scrapy out by name, and we do not hide behind another name.

An entry gives standfirst and opening; its full text is to be had by the Open Platform API, with a key.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="guardian",
    title="The Guardian",
    country="GB",
    languages=("en",),
    group="Guardian Media Group",
    ownership=Ownership.PRIVATE,
    timezone="Europe/London",
    hosts=("www.theguardian.com",),
    listings=(
        Listing(url="https://www.theguardian.com/world/rss", kind=ListingKind.FEED, section="world"),
        Listing(url="https://www.theguardian.com/world/indonesia/rss", kind=ListingKind.FEED, section="indonesia"),
        Listing(url="https://www.theguardian.com/world/middleeast/rss", kind=ListingKind.FEED, section="middleeast"),
    ),
    article=r"https?://www\.theguardian\.com/[a-z0-9/-]+/\d{4}/[a-z]{3}/\d{2}/[a-z0-9-]+",
    exclude=(r"/(?:live|video|gallery|audio|picture)/\d{4}/",),
    mode=ReadMode.FEED_ONLY,
    feed_only_because="its robots.txt shuts Scrapy out by name, and we do not hide behind another name",
    ai_refused="its robots.txt refuses AI agents by name",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="The world and Middle East feeds were seen answering (2026-02-26), that of Indonesia follows their form. robots.txt of 2024-06-30 disallows Scrapy.",
    ),
)
