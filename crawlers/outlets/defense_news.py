"""Defense News, on Arc XP: class names are hashed, so structured data and plain elements are what holds."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

FEEDS = "https://www.defensenews.com/arc/outboundfeeds/rss"

OUTLET = Outlet(
    name="defense_news",
    title="Defense News",
    country="US",
    languages=("en",),
    group="Sightline Media Group",
    ownership=Ownership.PRIVATE,
    timezone="America/New_York",
    hosts=("www.defensenews.com",),
    listings=(
        Listing(url=f"{FEEDS}/?outputType=xml", kind=ListingKind.FEED),
        Listing(url=f"{FEEDS}/category/global/?outputType=xml", kind=ListingKind.FEED, section="global"),
    ),
    article=r"https?://www\.defensenews\.com/[a-z/-]+/\d{4}/\d{2}/\d{2}/[a-z0-9-]+",
    rules=(PageRules(title=("h1",), body=("article p",), remove=("figcaption", "figure")),),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="Both feeds were seen answering (2026-07-22); the address pattern and selectors are by analogy.",
    ),
)
