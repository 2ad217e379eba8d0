"""The declarations: every one is sound before a spider depends on it."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest
from scrapy.selector import Selector
from selectolax.lexbor import LexborHTMLParser

from crawlers.outlets import OUTLETS, outlet_named, outlet_of
from processing.errors import PantauError
from processing.model import Outlet, ReadMode

EXAMPLES = {
    "kontan": "https://internasional.kontan.co.id/news/kim-jong-un-ke-rusia",
    "kompas": "https://www.kompas.com/global/read/2025/05/29/155950370/baku-tembak-thailand-kamboja",
    "detik": "https://news.detik.com/pemilu/d-6520027/mahasiswa-demo-bakar-ban",
    "cnn_indonesia": "https://www.cnnindonesia.com/ekonomi/20160913165630-92-157987/mendag-segera-rilis/",
    "sindonews": "https://international.sindonews.com/read/1512345/41/kim-jong-un-1733900000",
    "bbc": "https://www.bbc.com/news/articles/c4gpl2q5y7xo?at_medium=RSS&at_campaign=rss",
    "defense_news": "https://www.defensenews.com/global/asia-pacific/2026/08/21/a-frigate-for-jakarta/",
    "viva": "https://www.viva.co.id/berita/dunia/1864402-ranjau-laut-ditemukan-nelayan",
    "kumparan": "https://kumparan.com/kumparannews/evakuasi-disiapkan-26XbQ9LmZ1a?utm_medium=post",
    "media_indonesia": "https://mediaindonesia.com/internasional/834410/perundingan-batas-laut-ditunda",
    "suara": "https://www.suara.com/news/2026/11/21/093011/kapal-tanker-ditahan",
    "jpnn": "https://www.jpnn.com/news/uji-tembak-roket-buatan-lokal?page=2",
    "idntimes": "https://www.idntimes.com/news/world/perjanjian-larangan-senjata-00-zyxwv-21abc",
    "rri": "https://rri.co.id/en/business/1700981/indonesian-designer-showcases-eco-friendly-bag",
    "jakarta_globe": "https://jakartaglobe.id/news/shipyard-lays-keel-for-patrol-vessel",
    "naval_news": "https://www.navalnews.com/naval-news/2026/07/a-frigate-for-jakarta/",
    "ap": "https://apnews.com/article/indonesia-patrol-boats-4f1c2b90aa31",
    "aljazeera": "https://www.aljazeera.com/news/2026/11/9/a-frigate-for-jakarta?traffic_source=rss",
    "dw": "https://www.dw.com/en/a-frigate-for-jakarta/a-74800001?maca=en-rss-en-all-1573-rdf",
    "dw_indonesia": "https://www.dw.com/id/fregat-untuk-jakarta/a-74900001",
    "cna": "https://www.channelnewsasia.com/asia/a-frigate-for-jakarta-5900001",
    "bbc_indonesia": "https://www.bbc.com/indonesia/articles/c9dz4kx2m7ro?at_medium=RSS&at_campaign=rss",
    "tass": "https://tass.com/defense/2050001",
    "xinhua": "https://english.news.cn/asiapacific/20261120/0f1e2d3c4b5a69788796a5b4c3d2e1f0/c.html",
    "bernama": "http://www.bernama.com/en/news.php?id=2900101",
    "yonhap": "https://en.yna.co.kr/view/AEN20261120003300315",
    "france24": "https://www.france24.com/en/asia-pacific/20261120-a-frigate-for-jakarta",
    "guardian": "https://www.theguardian.com/world/2026/nov/20/a-frigate-for-jakarta",
    "straits_times": "https://www.straitstimes.com/asia/se-asia/a-frigate-for-jakarta",
    "scmp": "https://www.scmp.com/news/asia/southeast-asia/article/3300001/frigate-jakarta?utm_source=rss_feed",
    "breaking_defense": "https://breakingdefense.com/2026/11/a-frigate-for-jakarta/",
    "the_diplomat": "https://thediplomat.com/2026/11/a-frigate-for-jakarta/",
    "war_on_the_rocks": "https://warontherocks.com/a-frigate-for-jakarta/",
    "usni_news": "https://news.usni.org/2026/11/20/a-frigate-for-jakarta",
    "kyiv_independent": "https://kyivindependent.com/a-frigate-for-jakarta/",
    "rappler": "https://www.rappler.com/world/asia-pacific/a-frigate-for-jakarta/",
    "bangkok_post": "https://www.bangkokpost.com/world/3100001/a-frigate-for-jakarta",
}

DATELINES = {
    "kontan": {
        "KONTAN.CO.ID - NEW YORK. Pemimpin": "NEW YORK",
        "KONTAN.CO.ID -\xa0 JAKARTA. Kata": "JAKARTA",
        "JAKARTA, KONTAN.CO.ID - Kata": "JAKARTA",
        "KONTAN.CO.ID - Kata orang": None,
    },
    "kompas": {"MOSKWA, KOMPAS.com – Kata": "MOSKWA", "KOMPAS.com - Kata": None},
    "detik": {"Washington DC - Kata": "Washington DC"},
    "cnn_indonesia": {"Jakarta, CNN Indonesia -- Kata": "Jakarta"},
    "sindonews": {"PYONGYANG - Kata": "PYONGYANG"},
    "viva": {"Jakarta, VIVA – Kata": "Jakarta", "VIVA – Pemimpin": None, "VIVA.co.id - Kata": None},
    "suara": {"Suara.com - Kata": None},
    "jpnn": {"jpnn.com, JAKARTA - Kata": "JAKARTA", "jpnn.com - Kata": None},
    "idntimes": {"Jakarta, IDN Times - Kata": "Jakarta"},
    "rri": {"KBRN, Jakarta: Kata": "Jakarta"},
    "ap": {"JAKARTA, Indonesia (AP) — Kata": "JAKARTA, Indonesia"},
    "cna": {"SINGAPORE: Kata": "SINGAPORE", "KUALA LUMPUR :Kata": "KUALA LUMPUR"},
    "tass": {"MOSCOW, November 20. /TASS/. Kata": "MOSCOW"},
    "xinhua": {"MANILA, Nov. 20 (Xinhua) -- Kata": "MANILA"},
    "bernama": {"KUALA LUMPUR, Nov 20 (Bernama) -- Kata": "KUALA LUMPUR"},
    "yonhap": {"SEOUL, Nov. 20 (Yonhap) -- Kata": "SEOUL"},
}

every_outlet = pytest.mark.parametrize("outlet", OUTLETS.values(), ids=lambda outlet: outlet.name)


@every_outlet
def test_every_pattern_compiles(outlet: Outlet) -> None:
    """Every regular expression of a declaration compiles, and a dateline names its place."""
    patterns = [outlet.article, *outlet.exclude]
    for rules in outlet.rules:
        patterns += [*rules.drop, *rules.cut_from]
    for pattern in patterns:
        re.compile(pattern)
    assert outlet.dateline is None or "place" in re.compile(outlet.dateline).groupindex


@every_outlet
def test_every_selector_is_css(outlet: Outlet) -> None:
    """Both readers of selectors, the page reader's and the spider's, take every selector of a declaration."""
    page = LexborHTMLParser("<html><body><p>a</p></body></html>")
    for rules in outlet.rules:
        for field in ("body", "title", "date", "byline", "editor", "section", "tags", "remove"):
            for selector in getattr(rules, field):
                page.css(selector)
        if rules.next_page:
            Selector(text="<p>a</p>").css(rules.next_page)


@every_outlet
def test_zone_hosts_and_listings_hold_together(outlet: Outlet) -> None:
    """The zone exists, each listing lies on the outlet's own hosts, and an outlet read by pages has rules for them."""
    ZoneInfo(outlet.timezone)
    assert all(listing.url.split("/")[2] in outlet.hosts for listing in outlet.listings)
    assert outlet.listings
    assert outlet.rules or outlet.mode is ReadMode.FEED_ONLY
    assert bool(outlet.feed_only_because) is (outlet.mode is ReadMode.FEED_ONLY)


@pytest.mark.parametrize(("name", "url"), EXAMPLES.items())
def test_an_articles_address_is_known(name: str, url: str) -> None:
    """An address in the outlet's form matches, and no exclusion takes it away; its front page does not match."""
    outlet = outlet_named(name)
    assert re.match(outlet.article, url)
    assert not any(re.search(pattern, url) for pattern in outlet.exclude)
    assert not re.match(outlet.article, f"https://{outlet.hosts[0]}/")


@pytest.mark.parametrize(
    ("name", "text", "place"), [(name, *case) for name, cases in DATELINES.items() for case in cases.items()]
)
def test_datelines_give_their_place(name: str, text: str, place: str | None) -> None:
    """A dateline as the outlet writes it matches at the start and gives its place, if it has one."""
    match = re.match(outlet_named(name).dateline or "", text)
    assert match
    assert match["place"] == place
    assert text[match.end() :].startswith(("Kata", "Pemimpin"))


def test_an_unknown_name_gets_the_nearest() -> None:
    """A mistyped name is answered with the outlet that was meant."""
    with pytest.raises(PantauError, match="kompas"):
        outlet_named("kompass")


def test_outlets_on_one_host_are_told_apart_by_address() -> None:
    """The BBC's and DW's editions share their hosts; an address that looks like no article goes to the first of its host."""
    for name, url in EXAMPLES.items():
        found = outlet_of(url)
        assert found is not None
        assert found.name == name
    assert outlet_of("https://www.bbc.com/") is outlet_named("bbc")
    assert outlet_of("https://example.org/") is None


def test_sister_papers_are_one_newsroom() -> None:
    """Outlets of one publisher share its group."""
    assert outlet_named("detik").group == outlet_named("cnn_indonesia").group
    assert outlet_named("kontan").group == outlet_named("kompas").group
