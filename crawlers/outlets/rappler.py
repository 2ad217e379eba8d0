"""Rappler, by its feed alone."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="rappler",
    title="Rappler",
    country="PH",
    languages=("en",),
    group="Rappler",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Manila",
    hosts=("www.rappler.com",),
    listings=(Listing(url="https://www.rappler.com/feed/", kind=ListingKind.FEED),),
    article=r"https?://www\.rappler\.com/[a-z0-9/-]+/[a-z0-9-]+/?(?:\?.*)?$",
    exclude=(r"rappler\.com/(?:topic|author|section|video)s?/",),
    mode=ReadMode.FEED_ONLY,
    feed_only_because="its feed gives what the digest needs; of its pages only scraping notes without a date are known",
    evidence=Evidence(
        verified=False, checked=date(2026, 10, 4), note="The feed was seen answering with ten items (2026-07-25)."
    ),
)
