"""CNN Indonesia: a feed a channel. The 14 digits in an address are not the time of publishing."""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="cnn_indonesia",
    title="CNN Indonesia",
    country="ID",
    languages=("id",),
    group="Trans Media",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("www.cnnindonesia.com",),
    listings=(
        Listing(url="https://www.cnnindonesia.com/internasional/rss", kind=ListingKind.FEED, section="internasional"),
        Listing(url="https://www.cnnindonesia.com/nasional/rss", kind=ListingKind.FEED, section="nasional"),
    ),
    article=r"https?://(?:(?:www|m)\.)?cnnindonesia\.com/[a-z-]+/\d{14}-\d+-\d+/[a-z0-9-]+",
    exclude=(r"/(?:tv|foto|video)/\d{14}-",),
    rules=(
        PageRules(
            title=("h1.mb-2", "h1"),
            date=(".text-cnn_grey.text-sm",),
            byline=(".text-cnn_red",),
            tags=(".flex.flex-wrap.gap-3 a",),
            body=(".detail-text",),
            remove=(".paradetail", ".parallaxindetail", ".detail_ads", ".para_caption", ".linksisip"),
            drop=(r"^\([a-z]{2,4}(?:/[a-z]{2,4})*\)$",),
        ),
        PageRules(
            title=("h1.title",),
            body=(".detail_text", "#detikdetailtext"),
            remove=(".linksisip", ".detail_ads"),
            until=date(2023, 12, 31),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?)\s*,\s*CNN Indonesia\s*[-–—]+\s*",
    ai_refused="its robots.txt refuses AI agents by name",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 5),
        note="Both feeds were seen answering (2026-04-18); selectors agree in several scrapers, those of the layout "
        "before too: the day it ended is a guess.",
    ),
)
