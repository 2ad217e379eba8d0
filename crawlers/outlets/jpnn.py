"""JPNN.com: its feed. Meta elements of its own name time (without a zone: WIB) and author; a long article has pages."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="jpnn",
    title="JPNN.com",
    country="ID",
    languages=("id",),
    group="Jawa Pos",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.jpnn.com",),
    listings=(Listing(url="https://www.jpnn.com/index.php?mib=rss", kind=ListingKind.FEED),),
    article=r"https?://www\.jpnn\.com/news/[a-z0-9-]+(?:\?page=\d+)?$",
    rules=(
        PageRules(
            title=("h1.judul",),
            date=("meta[name='jpnncom_news_pubdate']", "span.date-publish"),
            byline=("meta[name='jpnncom_news_author']", "meta[name='author']"),
            body=("div[itemprop='articleBody']", "div.article-content", "article"),
            drop=(
                r"^Silakan baca konten menarik lainnya dari JPNN\.com",
                r"^Simak! Video Pilihan Redaksi",
                r"^\((?:[a-z0-9]+/)*jpnn(?:\.com)?\)$",
            ),
            next_page="a[href*='/news/'][href*='page=']",
        ),
    ),
    dateline=r"^\s*(?:jpnn\.com|JPNN\.com)\s*(?:,\s*(?P<place>[A-Z][A-Z .'’/()-]{1,40}?))?\s*[-–—]+\s*",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 7, 12),
        note="Selectors and the numbered pages from one scraper (2026-07-12); the feed stands in many lists, and nobody "
        "says that it was seen answering.",
    ),
)
