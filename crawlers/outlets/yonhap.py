"""Yonhap in English, by one feed of about a hundred items. An address begins with its day (`AENYYYYMMDD…`).

Switched off: its terms ask for written consent. The page shows the time before the day (`21:05 November 20, 2026`).
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="yonhap",
    title="Yonhap",
    country="KR",
    languages=("en",),
    group="Yonhap",
    ownership=Ownership.PUBLIC,
    timezone="Asia/Seoul",
    hosts=("en.yna.co.kr",),
    listings=(Listing(url="https://en.yna.co.kr/RSS/news.xml", kind=ListingKind.FEED),),
    article=r"https?://en\.yna\.co\.kr/view/AEN\d+",
    rules=(
        PageRules(
            title=("h1",),
            date=(".info-con",),
            body=(".story-news",),
            remove=(".txt-copyright", ".related-zone"),
            drop=(r"^[\w.+-]+@yna\.co\.kr$",),
        ),
    ),
    dateline=(
        r"^\s*(?P<place>[A-Z][A-Za-z .'’/()-]{1,40}?),\s+(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?"
        r"\s+\d{1,2}\s+\(Yonhap\)\s*[-–—]+\s*"
    ),
    ai_refused="its terms ask for written consent",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 9, 13),
        note="The feed was seen answering with 97 to 100 items (2026-07-22); selectors agree in several scrapers (undated). "
        "The terms were read in an audit (2026-09-13).",
    ),
    switched_off="its terms ask for written consent",
)
