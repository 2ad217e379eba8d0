"""Kompas.com: no usable feed, so its news sitemap and the world desk's section page.

World stories stand under `www.kompas.com/global/read/`. Visible times are WIB, the meta time is UTC and says so.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="kompas",
    title="Kompas.com",
    country="ID",
    languages=("id",),
    group="Kompas Gramedia",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=(
        "www.kompas.com",
        "nasional.kompas.com",
        "internasional.kompas.com",
        "news.kompas.com",
        "money.kompas.com",
        "megapolitan.kompas.com",
        "regional.kompas.com",
    ),
    listings=(
        Listing(url="https://news.kompas.com/sitemap.xml", kind=ListingKind.SITEMAP),
        Listing(url="https://www.kompas.com/global", kind=ListingKind.SECTION, section="global"),
    ),
    article=r"https?://[a-z]+\.kompas\.com/(?:[a-z-]+/)?read/\d{4}/\d{2}/\d{2}/\d{8,9}/[a-z0-9-]+",
    rules=(
        PageRules(
            title=("h1.read__title",),
            date=("meta[property='article:published_time']", ".read__time"),
            byline=(".credit-title-name", "meta[name='content_author']", "meta[name='author']"),
            editor=(".credit-title-nameEditor", "#editor a"),
            section=("meta[name='content_category']", ".breadcrumb__wrap a:last-of-type"),
            tags=(".tagsCloud-tag li a",),
            body=(".read__content",),
            remove=(
                "[class*='inject-baca-juga']",
                "strong:has(a.inner-link-baca-juga)",
                "a.inner-link-baca-juga",
                "[class*='kompasidRec']",
                ".ads-on-body",
                ".ads-partner-wrap",
                ".liftdown_v2_tanda",
                ".fb-quote",
                ".read__paging",
                ".read__byline",
                ".read__credit",
                ".read__photo",
                ".gate-kgplus",
                ".gramedia__gate",
            ),
            drop=(
                r"^Simak.*WhatsApp Channel",
                r"Gabung(?:lah)? ke channel WhatsApp|Mari bergabung di (?:Grup|kanal)",
                r"whatsapp\.com/channel/",
                r"^Dapatkan segera buku.*Gramedia\.com",
                r"^Copyright .*All Rights? Reserved",
                r"^Terangi negeri dengan literasi",
                r"^\(Sumber\s*:\s*Kompas\.com",
                r"^Versi cetak artikel ini terbit di Harian Kompas",
            ),
            cut_from=(r"^Dapatkan update berita pilihan", r"^Kirimkan komentar Anda"),
        ),
        PageRules(
            title=(".kcm-read h2", ".kcm-read h1"),
            date=(".kcm-read .kcm-date", "#content.kcm-date"),
            byline=(".kcm-read-copy tr:has(td:lexbor-contains('Penulis')) td:last-child",),
            editor=(".kcm-read-copy tr:has(td:lexbor-contains('Editor')) td:last-child",),
            body=(".kcm-read-text", ".kcm-read-content-text", ".content-text"),
            remove=(".kcm-read-terkait", ".kcm-read-copy", ".kcm-social-share"),
            until=date(2017, 12, 31),
        ),
    ),
    dateline=(
        r"^\s*(?:(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?),\s*)?(?:KOMPAS|Kompas)\.(?:com|COM|TV|tv|id|ID)\s*[-–—]+\s*"
    ),
    single_page="page=all",
    ai_refused="its robots.txt refuses AI agents by name",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 5),
        note="Sitemap used by a Scrapy project (2026-08-12); selectors agree in several scrapers, ?page=all too. "
        "robots.txt names many AI agents.",
    ),
)
