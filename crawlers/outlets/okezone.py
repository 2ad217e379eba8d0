"""Okezone: feeds of its syndication host. A dateline is the city alone (`JAKARTA - `).

Author and date share one line (`Name, Jurnalis-Jum'at, 20 November 2026 |19:30 WIB`). Long articles have pages.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

FEEDS = "https://sindikasi.okezone.com/index.php/rss"

OUTLET = Outlet(
    name="okezone",
    title="Okezone",
    country="ID",
    languages=("id",),
    group="MNC",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=(
        "sindikasi.okezone.com",
        "www.okezone.com",
        "news.okezone.com",
        "nasional.okezone.com",
        "economy.okezone.com",
    ),
    listings=(
        Listing(url=f"{FEEDS}/1/RSS2.0", kind=ListingKind.FEED, section="news"),
        Listing(url=f"{FEEDS}/0/RSS2.0", kind=ListingKind.FEED, section="breaking"),
    ),
    article=r"https?://(?:[\w-]+\.)?okezone\.com/read/\d{4}/\d{2}/\d{2}/\d+/\d+/[a-z0-9-]+",
    exclude=(r"/amp/",),
    rules=(
        PageRules(
            title=(".title-article h1",),
            date=(".journalist span",),
            byline=(".journalist a[title]",),
            section=(".breadcrumb li:last-child a", ".breadcrumb a:last-of-type"),
            body=(".c-detail.read",),
            remove=("[class^='inject-']", "[class^='banner']", ".detads", ".box-ads-konten"),
            drop=(r"^\([A-Z][a-z]+ [A-Z][a-z]+\)$",),
            cut_from=(r"^Follow Berita Okezone di Google News", r"^Telusuri berita .* lainnya"),
            next_page="a[href*='?page=']",
        ),
        PageRules(
            title=(".title-detail h1",),
            date=(".title-detail span",),
            byline=(".title-detail span b",),
            body=(".ctn-desc",),
            remove=(".dtl_banner", ".tbkomentar"),
            until=date(2017, 12, 31),
        ),
        PageRules(
            title=(".titles h1",),
            date=("time.tgl",),
            byline=(".nmreporter > div",),
            section=("ul.breadcrumb li.bractive a",),
            body=("#contentx",),
            until=date(2015, 12, 31),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Z .'’/()-]{1,40}?)\s*[-–—]+\s+",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 20),
        note="Both feeds were seen answering (2026-08-12); selectors from one scraper (2026-08-08), ?page=2 is one "
        "source's word. The older layouts are from saved pages of 2015 and 2017; the years' ends are a guess.",
    ),
)
