"""Deutsche Welle in Indonesian: the English edition's template, on the same host under `/id/`.

A last line holds the desk's initials and the wires it used (`rzn/as (afp, reuters)`); it stays, for it says whom the text rests on.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="dw_indonesia",
    title="DW Indonesia",
    country="DE",
    languages=("id",),
    group="Deutsche Welle",
    ownership=Ownership.PUBLIC,
    timezone="Asia/Jakarta",
    hosts=("www.dw.com", "rss.dw.com"),
    listings=(Listing(url="https://rss.dw.com/xml/rss-id-all", kind=ListingKind.FEED),),
    article=r"https?://(?:www|rss)\.dw\.com/id/[a-z0-9-]+/a-\d+",
    exclude=(r"/(?:live|video|audio|av)-\d+",),
    rules=(
        PageRules(
            title=("h1",),
            section=("header > div.kicker > span",),
            body=("div.rich-text",),
            remove=(".embed", ".rich-text-ad"),
        ),
    ),
    evidence=Evidence(
        verified=False,
        checked=date(2026, 3, 16),
        note="The feed stands in a list with a weekly check (undated); the template is the English edition's, by analogy.",
    ),
)
