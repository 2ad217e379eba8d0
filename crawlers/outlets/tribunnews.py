"""Tribunnews: news sitemaps of its channels. About fifty regional sites share one template; eastern ones show WITA or WIT.

Addresses changed from /channel/YYYY/MM/DD/slug to /channel/number/slug; long articles have pages.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

HOUSE = r"(?:TRIBUN|Tribun)[A-Za-z-]*\.(?i:com|co\.id|id)"
"""Each regional site signs by its own name: TRIBUN-MEDAN.COM, TribunJatim.com."""

OUTLET = Outlet(
    name="tribunnews",
    title="Tribunnews",
    country="ID",
    languages=("id",),
    group="Kompas Gramedia",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.tribunnews.com", "m.tribunnews.com", "jabar.tribunnews.com"),
    listings=(
        Listing(
            url="https://www.tribunnews.com/nasional/sitemap-news.xml", kind=ListingKind.SITEMAP, section="nasional"
        ),
        Listing(
            url="https://www.tribunnews.com/internasional/sitemap-news.xml",
            kind=ListingKind.SITEMAP,
            section="internasional",
        ),
        Listing(url="https://www.tribunnews.com/sitemap-news.xml", kind=ListingKind.SITEMAP),
    ),
    article=r"https?://[a-z]+\.tribunnews\.com/(?:[a-z-]+/)?(?:\d{4}/\d{2}/\d{2}|\d{5,})/[a-z0-9-]+",
    exclude=(r"//video\.tribunnews\.com/", r"/(?:amp|images|foto)/"),
    rules=(
        PageRules(
            title=("h1#arttitle",),
            date=("#article time",),
            editor=("#editor a",),
            tags=(".tagcloud3 a",),
            body=("div.side-article.txt-article",),
            remove=("p.baca", ".pickwordsHead", ".ads-placeholder"),
            drop=(
                r"^Baca\s*:",
                r"^Baca berita .*(?:lainnya|Google News)",
                r"^Medium Large Larger",
                r"^\([\w-]+\.(?:com|co\.id|id)/[A-Z][\w .']{2,40}\)$",
            ),
            cut_from=(r"^\W*Artikel ini telah tayang di",),
            next_page=".paging a",
        ),
    ),
    dateline=(
        rf"^\s*(?P<house>{HOUSE}\s*(?:,\s*|(?=[-–—])))?(?P<place>[A-Z][A-Za-z .'’/()]{{1,40}}?)?"
        rf"(?(house)|\s*,\s*{HOUSE})\s*[-–—]+\s*"
    ),
    single_page="page=all",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 20),
        note="The nasional and main news sitemaps are in a scraper's use (2026-08-14), internasional follows their "
        "pattern; ?page=all in several sources. Selectors agree in several scrapers and on saved pages of 2020 and 2024.",
    ),
)
