"""CNA (Channel NewsAsia): feeds by category. A credit line closes the text (`Source: Reuters/fh`); a dateline is `SINGAPORE: `."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

FEED = "https://www.channelnewsasia.com/api/v1/rss-outbound-feed?_format=xml"

OUTLET = Outlet(
    name="cna",
    title="CNA",
    country="SG",
    languages=("en",),
    group="Mediacorp",
    ownership=Ownership.PUBLIC,
    timezone="Asia/Singapore",
    hosts=("www.channelnewsasia.com",),
    listings=(
        Listing(url=f"{FEED}&category=6511", kind=ListingKind.FEED, section="asia"),
        Listing(url=f"{FEED}&category=6311", kind=ListingKind.FEED, section="world"),
    ),
    article=r"https?://www\.channelnewsasia\.com/[a-z-]+/[a-z0-9-]+-\d+/?(?:\?.*)?$",
    exclude=(r"/(?:watch|listen|interactives)/",),
    rules=(
        PageRules(
            title=("h1",),
            date=(".article-publish",),
            byline=(".h6--author-name",),
            section=(".content-detail__category",),
            body=(".text-long", ".content"),
            remove=(".referenced-card", ".block--related-topics", ".block-ad-entity", ".from-library"),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Z.'’/-]+(?:,? [A-Z][A-Z.'’/-]+){0,3})\s?:\s*",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 8, 22),
        note="Both feeds were seen answering (2026-07-22); selectors from RSSHub and two scrapers (undated). "
        "The dateline's form is not in the evidence.",
    ),
)
