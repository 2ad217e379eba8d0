"""Al Jazeera English, by one feed for everything. Liveblogs, programmes and galleries are not articles.

Switched off: its terms forbid automated copying. A feature opens with city and country (`Jakarta, Indonesia – `).
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="aljazeera",
    title="Al Jazeera",
    country="QA",
    languages=("en",),
    group="Al Jazeera Media Network",
    ownership=Ownership.PUBLIC,
    timezone="UTC",
    hosts=("www.aljazeera.com",),
    listings=(Listing(url="https://www.aljazeera.com/xml/rss/all.xml", kind=ListingKind.FEED),),
    article=r"https?://www\.aljazeera\.com/[^/]+/\d{4}/\d{1,2}/\d{1,2}/[a-z0-9-]+",
    exclude=(r"/(?:liveblog|video|program|gallery|podcasts)/",),
    rules=(
        PageRules(
            title=("h1",),
            date=("div.date-simple",),
            byline=(".author",),
            section=("div.topics a",),
            body=(".wysiwyg",),
            remove=(".more-on",),
            drop=(r"^list of \d+ items", r"^end of list$"),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+)*, [A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+)*)\s+[–—]\s+",
    ai_refused="its terms forbid automated copying",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 9, 13),
        note="The feed was seen answering with 25 items (2026-07-25); selectors from one scraper (2026-07-13). "
        "The terms were read in an audit (2026-09-13).",
    ),
    switched_off="its terms forbid automated copying",
)
