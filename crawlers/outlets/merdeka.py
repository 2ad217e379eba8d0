"""Merdeka.com: a sitemap index with news sitemaps a category, and the world and politics desks' section pages.

Older texts open `Merdeka.com - ` and close with an editor's code in brackets (`[rhm]`).
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="merdeka",
    title="Merdeka.com",
    country="ID",
    languages=("id",),
    group="Emtek",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.merdeka.com", "m.merdeka.com"),
    listings=(
        Listing(url="https://www.merdeka.com/sitemap.xml", kind=ListingKind.SITEMAP),
        Listing(url="https://www.merdeka.com/dunia", kind=ListingKind.SECTION, section="dunia"),
        Listing(url="https://www.merdeka.com/politik", kind=ListingKind.SECTION, section="politik"),
    ),
    article=r"https?://(?:www|m)\.merdeka\.com/[a-z-]+/[a-z0-9-]+\.html",
    exclude=(r"/(?:jelajah|ucnews)/",),
    rules=(
        PageRules(
            title=("h1.article-title", ".mdk-dt-headline h1"),
            date=(".article time span",),
            editor=(".dt--postcredit-editor-desc span a",),
            tags=(".box-list--related .box-list-item a",),
            body=(".mdk-body-paragraph",),
        ),
    ),
    dateline=r"^\s*(?:(?P<place>[A-Z][A-Za-z .'’/]{1,40}?),\s*)?(?:Merdeka\.com|MERDEKA\.COM)\s*[-–—]+\s*",
    ai_refused="its robots.txt refuses AI agents by name",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 12),
        note="The sitemap index was seen answering (2026-08-12), of the feed sources disagree; selectors and dateline "
        "from one source each.",
    ),
)
