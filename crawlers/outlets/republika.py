"""Republika: feeds that can go stale, so the channels' front pages beside them.

The h1 of a page is empty before scripts run: the title is OpenGraph's. A verse from the Quran may follow the text.
Pages of 2016 and 2017 had other layouts; the pilgrims' pages signed as ihram.co.id.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="republika",
    title="Republika",
    country="ID",
    languages=("id",),
    group="Mahaka Media",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=(
        "www.republika.co.id",
        "republika.co.id",
        "internasional.republika.co.id",
        "news.republika.co.id",
        "nasional.republika.co.id",
        "rejogja.republika.co.id",
    ),
    listings=(
        Listing(url="https://www.republika.co.id/rss/internasional/", kind=ListingKind.FEED, section="internasional"),
        Listing(url="https://www.republika.co.id/rss/nasional/", kind=ListingKind.FEED, section="nasional"),
        Listing(url="https://internasional.republika.co.id/", kind=ListingKind.SECTION, section="internasional"),
        Listing(url="https://news.republika.co.id/", kind=ListingKind.SECTION, section="news"),
    ),
    article=r"https?://(?:[\w-]+\.)?republika\.co\.id/(?:.+/)?berita/.+$",
    rules=(
        PageRules(
            title=("meta[property='og:title']",),
            date=("meta[property='article:published_time']",),
            body=("div.article-content",),
            remove=(".scrollToRead",),
            drop=(r"^\(QS\.? [A-Z].*ayat \d+\)", r"^Gunakan Google"),
        ),
        PageRules(
            title=(".wrap-title .h5",),
            date=(".wrap-title .date-detail",),
            editor=(".set-sosmed .red td:has(strong)",),
            body=(".teaser.global-detail",),
            until=date(2017, 12, 31),
        ),
        PageRules(
            title=(".jdl-detail h2", ".jdl-pic"),
            date=(".wp-conten-detail .date-detail", ".date-pic"),
            editor=(".wp-reset .red", ".index-photo .red table"),
            section=(".breadcome a:last-of-type",),
            body=(".content-detail", ".teaser-pic"),
            until=date(2016, 12, 31),
        ),
    ),
    dateline=r"^\s*(?:REPUBLIKA|IHRAM)\.CO\.ID\s*,?\s*(?:(?P<place>[A-Z][A-Z .'’/()-]{1,40}?)\s*)?(?:--|[-–—])+\s*",
    ai_refused="its robots.txt refuses AI agents by name",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 5),
        note="Sources disagree on the feeds: they answered, but with old items (2026-07-05 to 2026-08-12). Selectors "
        "from one scraper (2026-08-06); the older layouts from saved pages of 2016 and 2017, the years' ends are a guess.",
    ),
)
