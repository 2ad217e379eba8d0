"""ANTARA News in English, on its own host and the Indonesian edition's template.

Switched off, as the Indonesian edition is. Its pages name the zone as `GMT+700`.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="antara_en",
    title="ANTARA News English",
    country="ID",
    languages=("en",),
    group="ANTARA",
    ownership=Ownership.STATE,
    timezone="Asia/Jakarta",
    hosts=("en.antaranews.com",),
    listings=(Listing(url="https://en.antaranews.com/rss/news.xml", kind=ListingKind.FEED),),
    article=r"https?://en\.antaranews\.com/news/\d+/[a-z0-9-]+",
    rules=(
        PageRules(
            title=(".wrap__article-detail-title h1", ".wrap__article-detail-title"),
            date=(
                ".wrap__article-detail-info .list-inline-item",
                ".list-inline-item.mr-2",
                ".wrap__article-detail-info",
            ),
            byline=(".text-muted.mt-2.small",),
            editor=(".text-muted.mt-2.small",),
            section=(".breadcrumbs__item:nth-child(2)",),
            body=(".wrap__article-detail-content.post-content",),
            remove=("span.baca-juga", "p.text-muted", ".alert", ".copyright"),
            drop=(r"^Related news\s*:",),
        ),
    ),
    dateline=(
        r"^\s*(?P<place>[A-Z][A-Za-z .'’/-]{1,40}?)(?:,\s*[A-Z][A-Za-z ]{2,25}?)?\s*"
        r"\(ANTARA(?:\s+News)?\)\s*[-–—]+\s*"
    ),
    switched_off="ANTARA's terms forbid crawling and automatic indexing for AI without its written permission.",
    ai_refused="each article ends with a ban on automatic indexing for AI",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 4),
        note="The feed was seen answering with 50 items (2026-10-04); the selectors are the Indonesian edition's, "
        "by analogy.",
    ),
)
