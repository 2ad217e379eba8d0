"""The Kyiv Independent, by the feed of its news archive, which took the place of two dead ones."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="kyiv_independent",
    title="The Kyiv Independent",
    country="UA",
    languages=("en",),
    group="The Kyiv Independent",
    ownership=Ownership.PRIVATE,
    timezone="Europe/Kyiv",
    hosts=("kyivindependent.com",),
    listings=(Listing(url="https://kyivindependent.com/news-archive/rss/", kind=ListingKind.FEED),),
    article=r"https?://kyivindependent\.com/[a-z0-9-]+/?(?:\?.*)?$",
    exclude=(r"kyivindependent\.com/(?:tag|author|news-archive|about|membership)(?:/|$)",),
    mode=ReadMode.FEED_ONLY,
    feed_only_because="its feed carries the full text, and no rule for its pages is known",
    evidence=Evidence(verified=False, checked=date(2026, 9, 13), note="The feed was seen answering (2026-09-13)."),
)
