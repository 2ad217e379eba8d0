"""SINDOnews: rich feeds of its syndication host. A dateline is the city alone (`PYONGYANG - `)."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="sindonews",
    title="SINDOnews",
    country="ID",
    languages=("id",),
    group="MNC",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=(
        "sindikasi.sindonews.com",
        "www.sindonews.com",
        "international.sindonews.com",
        "nasional.sindonews.com",
        "ekbis.sindonews.com",
        "sports.sindonews.com",
    ),
    listings=(
        Listing(
            url="https://sindikasi.sindonews.com/rss/international", kind=ListingKind.FEED, section="international"
        ),
        Listing(url="https://sindikasi.sindonews.com/rss/nasional", kind=ListingKind.FEED, section="nasional"),
    ),
    article=r"https?://[a-z]+\.sindonews\.com/read/\d+/.+$",
    rules=(
        PageRules(
            title=("h1",),
            date=(".detail-date-artikel",),
            byline=(".warp-nama-redaksi",),
            section=(".breadcrumb a:last-of-type",),
            body=(".detail-desc",),
            remove=("[class*='baca-juga']", "[class*='lihat-juga']", "[class*='related']"),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Z .'’/()-]{1,40}?)\s*[-–—]+\s+",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 12),
        note="Both feeds were seen answering (2026-08-12); selectors from one scraper (2026-07-13).",
    ),
)
