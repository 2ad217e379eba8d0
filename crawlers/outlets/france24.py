"""France 24 in English: feeds by region. Much of it is AFP's copy, signed `(AFP)`.

Switched off: its terms ask for permission. The standfirst stands outside the body.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="france24",
    title="France 24",
    country="FR",
    languages=("en",),
    group="France Médias Monde",
    ownership=Ownership.PUBLIC,
    timezone="Europe/Paris",
    hosts=("www.france24.com",),
    listings=(
        Listing(url="https://www.france24.com/en/asia-pacific/rss", kind=ListingKind.FEED, section="asia-pacific"),
        Listing(url="https://www.france24.com/en/middle-east/rss", kind=ListingKind.FEED, section="middle-east"),
    ),
    article=r"https?://www\.france24\.com/en/(?:[a-z-]+/)?\d{8}-[a-z0-9-]+",
    exclude=(r"/en/(?:video|tv-shows|replay)/",),
    rules=(
        PageRules(
            title=("h1",),
            date=("time[datetime]",),
            byline=(".m-from-author__name",),
            body=("div.t-content__body",),
            remove=("div.m-interstitial", "p.t-copyright", ".o-self-promo"),
        ),
    ),
    ai_refused="its terms ask for permission",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 9, 13),
        note="Both feeds were seen answering (2026-08-08); selectors agree in several scrapers (undated). "
        "Pages answered 403 to curl (2026-06-26). The terms were read in an audit (2026-09-13).",
    ),
    switched_off="its terms ask for permission",
)
