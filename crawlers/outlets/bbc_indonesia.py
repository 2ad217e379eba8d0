"""BBC News Indonesia, by its one feed. Its pages are the World Service's, not those of bbc.com/news.

Pictures carry their credit and caption as text (`Sumber gambar,`, `Keterangan gambar,`).
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="bbc_indonesia",
    title="BBC News Indonesia",
    country="GB",
    languages=("id",),
    group="BBC",
    ownership=Ownership.PUBLIC,
    timezone="Asia/Jakarta",
    hosts=("feeds.bbci.co.uk", "www.bbc.com"),
    listings=(Listing(url="https://feeds.bbci.co.uk/indonesia/rss.xml", kind=ListingKind.FEED),),
    article=r"https?://www\.bbc\.com/indonesia/(?:articles/[a-z0-9]+|[a-z-]+-\d+)/?(?:\?.*)?$",
    rules=(
        PageRules(
            title=("h1",),
            date=("main time[datetime]",),
            byline=("section[aria-labelledby='article-byline'] li b",),
            body=("main p, main h2, main h3, main li",),
            remove=("figure", "main section"),
            drop=(r"^Sumber gambar,", r"^Keterangan gambar,", r"^Kami melakukan sejumlah perubahan penting"),
            cut_from=(r"^© 20\d\d BBC",),
        ),
    ),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="The feed was seen answering (2026); the template is known from the World Service's public tests, "
        "no scraper of this edition was found.",
    ),
)
