"""Deutsche Welle in English: a feed (RDF) of its world desk, and a news sitemap.

The kicker over the headline is the section; a last line names the editor (`Edited by: …`).
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="dw",
    title="DW",
    country="DE",
    languages=("en",),
    group="Deutsche Welle",
    ownership=Ownership.PUBLIC,
    timezone="Europe/Berlin",
    hosts=("www.dw.com", "rss.dw.com"),
    listings=(
        Listing(url="https://rss.dw.com/rdf/rss-en-world", kind=ListingKind.FEED, section="world"),
        Listing(url="https://www.dw.com/en/news-sitemap.xml", kind=ListingKind.SITEMAP),
    ),
    article=r"https?://(?:www|rss)\.dw\.com/en/[a-z0-9-]+/a-\d+",
    exclude=(r"/(?:live|video|audio|av)-\d+",),
    rules=(
        PageRules(
            title=("h1",),
            section=("header > div.kicker > span",),
            body=("div.rich-text",),
            remove=(".embed", ".rich-text-ad"),
            drop=(r"^While you['’]re here: Every Tuesday",),
        ),
    ),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="The feed was seen answering (2026-08-22), the sitemap is in use by Fundus (2026-08-05), "
        "selectors as Fundus has them (2026-03-16).",
    ),
)
