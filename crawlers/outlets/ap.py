"""Associated Press, by its news sitemap: it has had no feed since 2022.

A line of three underscores parts sections, and at last the text from credits and invitations. Names are in capitals.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

TRAILER = (
    r"^(?:AP|(?:The )?Associated Press) .{1,240}\bcontributed\b",
    r"^(?:Follow|Find|See|Read) .{0,160}(?:\bcoverage\b|https://apnews\.com/)",
    r"^The Associated Press.{0,120}\b(?:receives? (?:financial )?support|is solely responsible)\b",
)

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
            title=("h1",),
            byline=("div.Page-authors",),
            section=("div.Page-breadcrumbs a",),
            body=("div.RichTextStoryBody",),
            remove=("div.Enhancement", "div.Infobox", "div.HTMLModuleEnhancement", "div.PageListEnhancementGeneric"),
            drop=TRAILER,
        ),
        PageRules(
            title=("h1",),
            byline=("div[class*='Component-bylines']",),
            body=("div[data-key='article']",),
            drop=TRAILER,
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
