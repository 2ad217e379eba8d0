"""IDN Times, by its feed. Class names are hashed, so meta and plain elements are what holds."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="idntimes",
    title="IDN Times",
    country="ID",
    languages=("id",),
    group="IDN",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.idntimes.com",),
    listings=(Listing(url="https://www.idntimes.com/rss", kind=ListingKind.FEED),),
    article=r"https?://www\.idntimes\.com/(?:news|business)/[a-z-]+/[a-z0-9-]+",
    exclude=(r"idntimes\.com/(?:search|author|tag)",),
    rules=(
        PageRules(
            title=("h1",),
            date=("time",),
            byline=("meta[name='author']",),
            body=("article",),
            drop=(r"^Follow IDN Times", r"^Download IDN App sekarang"),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?)\s*,\s*IDN Times\s*[-–—]+\s*",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 6),
        note="Selectors from one scraper (2026-08-06); the feed is only listed, its pages of tags need a browser. That "
        "news stands under /news/ and /business/ is a guess.",
    ),
)
