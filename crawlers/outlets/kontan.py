"""Kontan, a business daily; its world desk writes from the wires.

World news is found three ways, since of the feeds one alone is known to answer: feed, sitemap, and the desk's front page.
The first paragraph of a body is the byline (`Reporter: … | Editor: …`), and dates carry no zone: they are WIB.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

BODY = "div.tmpt-desk-kon[itemprop='articleBody']"

OUTLET = Outlet(
    name="kontan",
    title="Kontan",
    country="ID",
    languages=("id",),
    group="Kompas Gramedia",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=(
        "www.kontan.co.id",
        "internasional.kontan.co.id",
        "nasional.kontan.co.id",
        "investasi.kontan.co.id",
        "keuangan.kontan.co.id",
        "industri.kontan.co.id",
    ),
    listings=(
        Listing(url="https://internasional.kontan.co.id/rss", kind=ListingKind.FEED, section="internasional"),
        Listing(url="https://nasional.kontan.co.id/rss", kind=ListingKind.FEED, section="nasional"),
        Listing(url="https://investasi.kontan.co.id/rss", kind=ListingKind.FEED, section="investasi"),
        Listing(url="https://www.kontan.co.id/sitemap.xml", kind=ListingKind.SITEMAP),
        Listing(
            url="https://internasional.kontan.co.id/",
            kind=ListingKind.SECTION,
            section="internasional",
            links=".list-berita ul li a, .main-headline a, .box-terbaru ul li a",
        ),
    ),
    article=r"https?://[a-z]+\.kontan\.co\.id/news/[a-z0-9-]+/?(?:\?.*)?$",
    exclude=(r"//(?:insight|edsus|exportexpert)\.kontan\.co\.id/",),
    rules=(
        PageRules(
            title=("h1.detail-desk",),
            date=("meta[name='content_PublishedDate']", "div.fs14.ff-opensans.font-gray"),
            byline=(f"{BODY} > p:first-of-type", "div.fs13.font-gray.ff-knowledge-l"),
            editor=(f"{BODY} > p:first-of-type",),
            section=("div.breadcumb.fs18 a:last-of-type", "a[href*='/rubrik/']"),
            tags=("a[href*='kontan.co.id/tag/']",),
            body=(BODY,),
            remove=(
                ".track-bacajuga-inside",
                ".track-gnews",
                "p:has(a[class^='track-'])",
                "h2:has(a[class^='track-'])",
                ".ads-partner-wrap",
                ".kiri-det-desk",
                ".kus",
                ".liftdownclass",
            ),
            drop=(
                r"^Selanjutnya\s*:",
                r"^Menarik Dibaca\s*:",
                r"^Berita Terkait",
                r"^ILUSTRASI\.",
                r"^Agar bisa lanjut membaca sampai tuntas artikel ini",
                r"Gopay.{0,20}OVO.{0,20}LinkAja.{0,20}Dana",
                r"^Momsmoney\.id\s*-",
            ),
            cut_from=(r"^Cek Berita dan Artikel yang lain di\s+Google\s*News", r"^INDEKS BERITA"),
        ),
    ),
    dateline=(
        r"^\s*(?:(?P<outlet>KONTAN\.CO\.ID\s*[-–—]+\s*)?(?P<place>[A-Z][A-Z .'’/()-]{1,40}?)"
        r"(?(outlet)\.\s+|,\s*KONTAN\.CO\.ID\s*[-–—]+\s*)|KONTAN\.CO\.ID\s*[-–—]+\s*)"
    ),
    single_page="page=all",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 5),
        note="Of the feeds only investasi was seen answering (2026-08-16); the others follow its pattern. The sitemap, an "
        "index of news sitemaps, was too (2026-10-03). Selectors as in three scrapers of 2026; ?page=all as in two.",
    ),
)
