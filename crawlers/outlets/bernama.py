"""BERNAMA in English: state media of Malaysia, by a feed of ten and the archive of its world desk.

The feed opens each title with its category (`World : …`); the page's headline does not, and is what we keep.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="bernama",
    title="Bernama",
    country="MY",
    languages=("en",),
    group="BERNAMA",
    ownership=Ownership.STATE,
    timezone="Asia/Kuala_Lumpur",
    hosts=("www.bernama.com", "bernama.com"),
    listings=(
        Listing(url="https://www.bernama.com/en/rssfeed.php", kind=ListingKind.FEED),
        Listing(url="https://www.bernama.com/en/archive.php?wn", kind=ListingKind.SECTION, section="world"),
    ),
    article=r"https?://(?:www\.)?bernama\.com/en/(?:[a-z]+/)?news\.php/?\?id=\d+",
    rules=(
        PageRules(
            title=("h1",),
            body=("div.col-12.mt-3.text-dark.text-justify",),
            drop=(r"^[-–—]+ ?BERNAMA$",),
        ),
    ),
    dateline=(
        r"^\s*(?P<place>[A-Z][A-Z .'’/()-]{1,40}?),\s+(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?"
        r"\s+\d{1,2}\s+\(Bernama\)\s*[-–—]+\s*"
    ),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 9, 29),
        note="The feed was seen answering with ten items (2026-09-29); the body's selector is of utility classes, "
        "from one spider (undated).",
    ),
)
