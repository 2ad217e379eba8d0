"""Naval News, by its feed alone: the feed carries the text, and no rule for its pages is known."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="naval_news",
    title="Naval News",
    country="FR",
    languages=("en",),
    group="Naval News",
    ownership=Ownership.PRIVATE,
    timezone="Europe/Paris",
    hosts=("www.navalnews.com",),
    listings=(Listing(url="https://www.navalnews.com/feed/", kind=ListingKind.FEED),),
    article=r"https?://www\.navalnews\.com/[a-z0-9/-]+/\d{4}/\d{2}/[a-z0-9-]+/?$",
    mode=ReadMode.FEED_ONLY,
    feed_only_because="its feed carries the full text, and no rule for its pages is known",
    evidence=Evidence(
        verified=False, checked=date(2026, 7, 25), note="The feed was seen answering with ten items (2026-07-22)."
    ),
)
