"""Associated Press, by its news sitemap: it has had no feed since 2022.

The body ends at a line of three underscores; what follows are credits and invitations to follow. Names are in capitals.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="ap",
    title="AP",
    country="US",
    languages=("en",),
    group="Associated Press",
    ownership=Ownership.PRIVATE,
    timezone="UTC",
    hosts=("apnews.com",),
    listings=(Listing(url="https://apnews.com/news-sitemap-content.xml", kind=ListingKind.SITEMAP),),
    article=r"https?://apnews\.com/article/[a-z0-9-]+/?(?:\?.*)?$",
    rules=(
        PageRules(
            title=("h1.Page-headline", "h1"),
            byline=("div.Page-authors",),
            section=("div.Page-breadcrumbs a",),
            body=("div.RichTextStoryBody",),
            remove=("div.Enhancement", "div.HTMLModuleEnhancement", "div.PageListEnhancementGeneric", ".Advertisement"),
            cut_from=(r"^_{3}$",),
        ),
        PageRules(
            title=("h1",),
            byline=("div[class*='Component-bylines']",),
            body=("div[data-key='article']",),
            cut_from=(r"^_{3}$",),
            until=date(2023, 7, 9),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Za-z .,'’/()-]{1,50}?)\s+\(AP\)\s*[-–—]+\s*",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 5),
        note="The sitemap is in use by Fundus (2026-08-05); selectors agree in Fundus and a scraper (2026-05-29).",
    ),
)
