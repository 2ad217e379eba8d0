"""Detik: news sitemaps of about one day, and a feed.

A dateline is the city alone (`Jakarta - `). A long article has pages. Some meta times mark WIB with a `Z`.
"""

from datetime import date

from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, PageRules

OUTLET = Outlet(
    name="detik",
    title="detikcom",
    country="ID",
    languages=("id",),
    group="Trans Media",
    ownership=Ownership.PRIVATE,
    timezone="Asia/Jakarta",
    hosts=("news.detik.com", "www.detik.com", "finance.detik.com", "inet.detik.com"),
    listings=(
        Listing(
            url="https://news.detik.com/internasional/sitemap_news.xml",
            kind=ListingKind.SITEMAP,
            section="internasional",
        ),
        Listing(url="https://news.detik.com/berita/sitemap_news.xml", kind=ListingKind.SITEMAP, section="berita"),
        Listing(url="https://news.detik.com/rss", kind=ListingKind.FEED),
    ),
    article=r"https?://[a-z]+\.detik\.com/[a-z0-9/-]+/d-\d+/[a-z0-9-]+",
    exclude=(r"//20\.detik\.com/", r"/foto[a-z-]*/", r"/detikflash/"),
    rules=(
        PageRules(
            title=("h1.detail__title", "h1"),
            date=("meta[name='pubdate']", "div.detail__date"),
            byline=("div.detail__author", "meta[name='dd:author']"),
            section=("div.detail__category a",),
            tags=(".detail_tag a", ".detail__body-tag a"),
            body=("div.detail__body-text", ".itp_bodycontent"),
            remove=(
                ".sisip_video_ds",
                ".aevp",
                ".parallaxindetail",
                ".paradetail",
                ".staticdetail_container",
                ".staticdetail_ads",
                ".detail_tag",
                ".detail__body-tag",
                ".detail__long-nav",
            ),
            drop=(
                r"^Simak selengkapnya di halaman (?:berikutnya|selanjutnya)",
                r"^Saksikan Live DetikPagi",
                r"^Baca info lengkapnya di sini",
                r"^Untuk menampilkan video ini",
            ),
            next_page=".detail__long-nav > a",
        ),
        PageRules(
            title=(".detail_content .jdl h1", ".jdl h1"),
            date=("meta[name='pubdate']", ".jdl .date"),
            byline=(".jdl .author",),
            body=(".detail_text", "#detikdetailtext"),
            remove=(".detail_tag", ".linksisip"),
            until=date(2020, 6, 30),
        ),
    ),
    dateline=r"^\s*(?P<place>[A-Z][A-Za-z.'’/ ]{1,30}?)\s+[-–—]\s+",
    zulu_is_local=True,
    ai_refused="its robots.txt refuses AI agents by name",
    evidence=Evidence(
        verified=False,
        checked=date(2026, 10, 5),
        note="The berita sitemap and the feed were seen answering (2026-08); selectors agree in several scrapers, "
        "the page links (.detail__long-nav) too. Of the layout before, the headline is known from one; the text's "
        "container is that of its sister CNN Indonesia, and the day it ended is a guess.",
    ),
)
