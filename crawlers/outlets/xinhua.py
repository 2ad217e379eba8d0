"""Xinhua in English: state media of China, by its section pages: the feeds are frozen at 2018.

Sections link with relative addresses. Under the headline stand source, editor and the time in Beijing, which the address has too.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

HOME = "https://english.news.cn"

OUTLET = Outlet(
    name="xinhua",
    title="Xinhua",
    country="CN",
    languages=("en",),
    group="Xinhua",
    ownership=Ownership.STATE,
    timezone="Asia/Shanghai",
    hosts=("english.news.cn",),
    listings=(
        Listing(url=f"{HOME}/world/", kind=ListingKind.SECTION, section="world"),
        Listing(url=f"{HOME}/asiapacific/", kind=ListingKind.SECTION, section="asiapacific"),
        Listing(url=f"{HOME}/china/", kind=ListingKind.SECTION, section="china"),
    ),
    article=r"https?://english\.news\.cn/(?:[a-z]+/)?\d{8}/[a-f0-9]{32}/c\.html",
    rules=(
        PageRules(
            title=("h1",),
            body=("#detail", "#article"),
            drop=(r"\((?:Photo by .+/)?Xinhua(?:/.+)?\)$",),
        ),
    ),
    dateline=(
        r"^\s*(?P<place>[A-Z][A-Z .'’/()-]{1,40}?),\s+(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?"
        r"\s+\d{1,2}\s+\(Xinhua\)\s*[-–—]+\s*"
    ),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 2),
        note="Section pages and #detail as one scraper has them (2026-01); an address of October 2026 has the same form.",
    ),
)
