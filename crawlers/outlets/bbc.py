"""BBC News, by the feeds of its world and Asia desks. Live pages, videos and audio are not articles."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="bbc",
    title="BBC News",
    country="GB",
    languages=("en",),
    group="BBC",
    ownership=Ownership.PUBLIC,
    timezone="Europe/London",
    hosts=("feeds.bbci.co.uk", "www.bbc.com", "www.bbc.co.uk"),
    listings=(
        Listing(url="https://feeds.bbci.co.uk/news/world/rss.xml", kind=ListingKind.FEED, section="world"),
        Listing(url="https://feeds.bbci.co.uk/news/world/asia/rss.xml", kind=ListingKind.FEED, section="asia"),
    ),
    article=r"https?://(?:www\.)?bbc\.(?:com|co\.uk)/news/(?:articles/[a-z0-9]+|[a-z-]+-\d+)/?(?:\?.*)?$",
    exclude=(r"/(?:live|videos|av)/",),
    rules=(
        PageRules(
            title=("h1",),
            tags=("[data-component='tag-list-block'] a",),
            body=("[data-component='text-block'] p", "[data-block='text'] p"),
        ),
    ),
    ai_refused="its robots.txt refuses AI agents by name",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="Both feeds were seen answering (2026-07-22, 2026-02-26); selectors as Fundus has them (2026-04-25). "
        "robots.txt names AI agents.",
    ),
)
