"""ANTARA, the state news agency: a feed a desk (world, ASEAN, politics with defence).

Switched off: each article ends with a ban on crawling and indexing for AI without written permission. Reporter,
editor and copyright share one block below the text.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

FEEDS = "https://www.antaranews.com/rss"

OUTLET = Outlet(
    name="antara",
    title="ANTARA News",
    country="ID",
    languages=("id",),
    group="ANTARA",
    ownership=Ownership.STATE,
    timezone="Asia/Jakarta",
    hosts=("www.antaranews.com", "m.antaranews.com", "jabar.antaranews.com", "kepri.antaranews.com"),
    listings=(
        Listing(url=f"{FEEDS}/dunia.xml", kind=ListingKind.FEED, section="dunia"),
        Listing(url=f"{FEEDS}/dunia-internasional.xml", kind=ListingKind.FEED, section="dunia"),
        Listing(url=f"{FEEDS}/dunia-asean.xml", kind=ListingKind.FEED, section="dunia"),
        Listing(url=f"{FEEDS}/politik.xml", kind=ListingKind.FEED, section="politik"),
    ),
    article=r"https?://(?!en\.)[a-z]+\.antaranews\.com/berita/\d+/[a-z0-9-]+",
    exclude=(r"/(?:video|foto|infografik)/",),
    rules=(
        PageRules(
            title=(".wrap__article-detail-title h1", ".wrap__article-detail-title"),
            date=(
                ".wrap__article-detail-info .list-inline-item",
                ".list-inline-item.mr-2",
                ".wrap__article-detail-info",
            ),
            byline=(".text-muted.mt-2.small",),
            editor=(".text-muted.mt-2.small",),
            section=(".breadcrumbs__item:nth-child(2)",),
            body=(".wrap__article-detail-content.post-content",),
            remove=("span.baca-juga", "p.text-muted", ".alert", ".copyright"),
            drop=(r"kantor berita ANTARA\.?$",),
            cut_from=(r"^Dilarang keras mengambil konten",),
        ),
    ),
    dateline=(
        r"^\s*(?P<place>[A-Z][A-Za-z .'’/-]{1,40}?)(?:,\s*[A-Z][A-Za-z .-]{1,30}?)?\s*"
        r"\((?:ANTARA|Antara)(?:\s+News)?(?:/[A-Za-z .-]+)?\)\s*[-–—]+\s*"
    ),
    single_page="page=all",
    switched_off="ANTARA's terms forbid crawling and automatic indexing for AI without its written permission.",
    ai_refused="each article ends with a ban on automatic indexing for AI",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 4, 27),
        note="All four feeds were seen answering (2026-03-14); selectors agree in several scrapers, ?page=all is one "
        "configuration's word. robots.txt forbids /ajax/* and /ucnews/*.",
    ),
)
