"""Media Indonesia, by its sitemap of articles. Structured data carries headline and time."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="media_indonesia",
    title="Media Indonesia",
    country="ID",
    languages=("id",),
    group="Media Group",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("mediaindonesia.com",),
    listings=(Listing(url="https://mediaindonesia.com/sitemap.xml", kind=ListingKind.SITEMAP),),
    article=r"https?://mediaindonesia\.com/[a-z-]+/\d+/[a-z0-9-]+",
    exclude=(r"mediaindonesia\.com/(?:galleries|foto|video|infografis)/",),
    rules=(
        PageRules(
            title=("h1",),
            date=(".datetime",),
            byline=("div.info > div.author-2", ".author-2"),
            section=(".mi-breadcrumb a:last-of-type",),
            tags=("meta[name='keywords']",),
            body=("div.article",),
            remove=("p.related-news", ".flying-carpet", ".ext-channel", ".info-author", "._ap_apex_ad", ".dfp-ad"),
            drop=(r"^\((?:[A-Za-z]{2,4}/)?[A-Z]{1,2}-\d{1,2}\)$",),
        ),
    ),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 4, 28),
        note="The sitemap and `div.article` are Fundus' (2026-01-20), the other selectors one scraper's (2026-04-28); "
        "the feeds stand in lists only and are left out.",
    ),
)
