"""USNI News, by its feed alone; no rule for its pages is known."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode

OUTLET = Outlet(
    name="usni_news",
    title="USNI News",
    country="US",
    languages=("en",),
    group="U.S. Naval Institute",
    ownership=Ownership.PRIVATE,
    timezone="America/New_York",
    hosts=("news.usni.org",),
    listings=(Listing(url="https://news.usni.org/feed", kind=ListingKind.FEED),),
    article=r"https?://news\.usni\.org/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/?(?:\?.*)?$",
    mode=ReadMode.FEED_ONLY,
    feed_only_because="no rule for its pages is known, and Cloudflare refuses some clients",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="The feed was seen answering (2026-02-26), and refused one client with 403 (2026-07-22).",
    ),
)
