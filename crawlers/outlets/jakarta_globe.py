"""Jakarta Globe, in English, by its index and news page. Little is known of its pages beyond structured data."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="jakarta_globe",
    title="Jakarta Globe",
    country="ID",
    languages=("en",),
    group="B Universe",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("jakartaglobe.id",),
    listings=(
        Listing(url="https://jakartaglobe.id/newsindex", kind=ListingKind.SECTION),
        Listing(url="https://jakartaglobe.id/news", kind=ListingKind.SECTION, section="news"),
    ),
    article=r"https?://jakartaglobe\.id/[a-z-]+/[a-z0-9]+(?:-[a-z0-9]+){2,}/?$",
    exclude=(r"jakartaglobe\.id/(?:search|newsindex|tag|author|video|photo)(?:/|$)",),
    rules=(
        PageRules(
            title=("meta[property='og:title']", "h1"),
            date=("meta[property='article:published_time']",),
            byline=("meta[name='author']",),
            body=(".content-body", ".entry-content", "article"),
        ),
    ),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 5, 23),
        note="Index, news page and selectors from one scraper (2026-05-23); the feed is only listed, the other one that "
        "lists carry is no XML. Datelines are read by the press's usual shapes.",
    ),
)
