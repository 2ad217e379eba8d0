"""Suara.com: the news channel's sitemap; its feeds are gone. A dateline names the outlet and no place (`Suara.com - `)."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="suara",
    title="Suara.com",
    country="ID",
    languages=("id",),
    group="Arkadia Digital Media",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.suara.com", "jogja.suara.com"),
    listings=(Listing(url="https://www.suara.com/news/sitemap-news.xml", kind=ListingKind.SITEMAP, section="news"),),
    article=r"https?://(?:[\w-]+\.)?suara\.com/[a-z-]+/20\d{2}/\d{2}/\d{2}/\d+/[a-z0-9-]+",
    exclude=(r"suara\.com/(?:foto|video|infografis)/",),
    rules=(
        PageRules(
            title=("meta[property='og:title']", "h1"),
            date=("span.mt-10",),
            byline=("a.author-trigger", "meta[name='author']"),
            body=("div.article-content", "article.detail-content", "div.detail-content"),
            remove=("p[class*='baca-juga']", ".item--baca-juga-inner", "[id^='berita-terkait-']"),
            drop=(r"^[\[(]Antara[\])]$",),
        ),
    ),
    dateline=r"^\s*(?:(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?)\s*,\s*)?Suara\.com\s*[-–—]+\s*",
    ai_refused="its robots.txt refuses AI agents by name",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 20),
        note="The index that leads to the channels' news sitemaps was seen answering (2026-08-12), the channel's own "
        "follows its pattern; selectors agree in two scrapers (2026-07-26). robots.txt names AI agents.",
    ),
)
