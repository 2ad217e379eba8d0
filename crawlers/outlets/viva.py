"""VIVA: the index of the newest articles. A long article has pages; a dateline may name the outlet alone (`VIVA – `)."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="viva",
    title="VIVA",
    country="ID",
    languages=("id",),
    group="VIVA",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.viva.co.id",),
    listings=(
        Listing(url="https://www.viva.co.id/indeks?page=1", kind=ListingKind.SECTION, links=".article-list-row a"),
    ),
    article=r"https?://www\.viva\.co\.id/[a-z0-9/-]+/\d+-[a-z0-9-]+",
    exclude=(r"viva\.co\.id/(?:foto|video|vstory)/",),
    rules=(
        PageRules(
            title=("h1.main-content-title",),
            date=("div.main-content-date",),
            byline=("div.main-content-author",),
            section=("a.breadcrumb-step.content_center",),
            body=("div.main-content-detail",),
            remove=(".recommended-article", ".widget-other-article"),
            drop=(r"^Artikel ini telah ditayangkan di",),
        ),
    ),
    dateline=r"^\s*(?:(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?)\s*,\s*)?VIVA(?:\.co\.id|news)?\s*[-–—]+\s*",
    single_page="page=all",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 5, 23),
        note="Index, selectors and ?page=all as one maintained scraper reads them (2026-05-23); the feeds (/get/dunia) "
        "stand in lists only and are left out.",
    ),
)
