"""CNBC Indonesia: a feed a channel; `news` holds world and national together.

The class of the visible byline is used twice a page, so authors come from structured data. The 14 digits in an
address are not the time of publishing.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="cnbc_indonesia",
    title="CNBC Indonesia",
    country="ID",
    languages=("id",),
    group="Trans Media",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.cnbcindonesia.com",),
    listings=(
        Listing(url="https://www.cnbcindonesia.com/news/rss", kind=ListingKind.FEED, section="news"),
        Listing(url="https://www.cnbcindonesia.com/market/rss", kind=ListingKind.FEED, section="market"),
    ),
    article=r"https?://www\.cnbcindonesia\.com/[a-z-]+/\d{14}-\d+-\d+/[a-z0-9-]+",
    exclude=(r"/(?:tv|foto|video)/\d{14}-",),
    rules=(
        PageRules(
            title=("h1.mb-4.text-32.font-extrabold",),
            date=("div.text-cm.text-gray",),
            section=("a.text-xs.font-semibold[href='#']",),
            body=("div.detail-text", ".detail_text"),
            remove=("[class^='sisip_']", "[class*='link_sisip']", ".paradetail", ".parallaxindetail", ".detail_ads"),
            drop=(
                r"^CNBC INDONESIA RESEARCH$",
                r"^\[?research@cnbcindonesia\.com\]?$",
                r"Download aplikasi CNBC Indonesia|a Transmedia Company",
            ),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?)\s*,\s*CNBC Indonesia\s*[-–—]+\s*",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 5),
        note="Both feeds were seen answering (2026, market with 100 items on 2026-08-16); selectors agree in several "
        "scrapers. That addresses under tv, foto and video are no articles is by analogy with CNN Indonesia.",
    ),
)
