"""What a site offers to be found by: feeds, news sitemaps and section pages, asked for as a crawl would."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from protego import Protego

from desk.outlets.addresses import likely
from desk.outlets.lists import FrontPage, Listed, host_of, read_front, read_index, read_list
from desk.outlets.trial import OK, Trial
from processing.archive import ArchivedResponse
from processing.errors import PantauError
from processing.model import FetchKind, Listing, ListingKind, Outlet

AGENT = "Pantau"
COMMON_FEEDS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")
COMMON_SITEMAPS = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemap_news.xml", "/sitemap.xml")
MOST_NAMED = 6
"""Feeds or sitemaps that a site names of which we ask; the first are the main ones."""
MOST_SECTIONS = 4
MOST_FEEDS = 3
MOST_OF_SITEMAP = 500
"""Articles in a sitemap that is read beside a feed; larger ones are archives."""
SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
NEWSY = re.compile(r"news|berita|google", re.IGNORECASE)


@dataclass(frozen=True)
class Offer:
    """What was found: lists that answered, pages of links, and where articles may be."""

    lists: tuple[Listed, ...]
    fronts: tuple[FrontPage, ...]
    addresses: tuple[str, ...]
    """Of articles, as the lists have them; where there is no list, links that look like articles'."""
    robots: str
    indexes: Mapping[str, str] = field(default_factory=dict)
    """Of sitemaps that an index names: the index."""

    @property
    def links(self) -> tuple[str, ...]:
        """All links of the pages."""
        return tuple(dict.fromkeys(link for front in self.fronts for link in front.links))

    def allows(self, url: str) -> bool:
        """Say whether robots.txt lets us ask for an address."""
        return Protego.parse(self.robots).can_fetch(url, AGENT)


def front_of(trial: Trial, url: str) -> FrontPage:
    """Give the front page that a trial fetched, or say why there is none. Raises PantauError."""
    for _, got in trial.fetched(FetchKind.INDEX):
        if got.status == OK and (front := read_front(got)):
            return front
    if trial.refused:
        raise PantauError(
            f"robots.txt of {host_of(url)} forbids scripts to ask for {url}, so it is not asked for: declare the outlet "
            "as feed_only if a feed of it may be read (give the feed's address), or leave it out."
        )
    reasons = [fetch.reason for fetch in trial.result.fetches if fetch.reason and fetch.kind is not FetchKind.ROBOTS]
    raise PantauError(f"{url} could not be read ({'; '.join(reasons) or 'it gave no page'}).")


def candidates(front: FrontPage, robots: str, hosts: Sequence[str]) -> tuple[Listing, ...]:
    """Give what to ask a site for: what it names, else common addresses; and the first pages of its menu."""
    named = [url for url in SITEMAP_LINE.findall(robots) if host_of(url) in hosts]
    sitemaps = sorted(named, key=lambda url: not NEWSY.search(url))[:MOST_NAMED]
    feeds = [url for url in front.feeds if host_of(url) in hosts][:MOST_NAMED]
    return (
        *_listings(ListingKind.FEED, feeds or [urljoin(front.url, path) for path in COMMON_FEEDS]),
        *_listings(ListingKind.SITEMAP, sitemaps or [urljoin(front.url, path) for path in COMMON_SITEMAPS]),
        *_listings(ListingKind.SECTION, _sections(front, hosts)),
    )


def _listings(kind: ListingKind, urls: Sequence[str]) -> list[Listing]:
    return [Listing(url=url, kind=kind) for url in dict.fromkeys(urls)]


def _sections(front: FrontPage, hosts: Sequence[str]) -> list[str]:
    """Choose the menu's links to sections: one or two words below a host."""
    own = [url for url in front.menu if host_of(url) in hosts and url.rstrip("/") != front.url.rstrip("/")]
    short = [url for url in own if 0 < len(urlsplit(url).path.strip("/")) <= 40 and urlsplit(url).path.count("/") <= 3]  # noqa: PLR2004
    return [url for url in short if not likely([url])][:MOST_SECTIONS]


def offer_of(trial: Trial, front: FrontPage, hosts: Sequence[str]) -> Offer:
    """Read all that a trial of the candidates brought."""
    lists = [found for _, got in trial.fetched(FetchKind.FEED, FetchKind.SITEMAP) if (found := _read(got, hosts))]
    pages = [page for _, got in trial.fetched(FetchKind.INDEX) if got.status == OK and (page := read_front(got))]
    trusted = [url for found in lists if found.news or found.kind is ListingKind.FEED for url in found.addresses]
    links = [url for page in (front, *pages) for url in page.links if host_of(url) in hosts]
    guessed = likely([*(url for found in lists for url in found.addresses), *links])
    indexes = {
        url: got.url for _, got in trial.fetched(FetchKind.SITEMAP) if got.status == OK for url in read_index(got)
    }
    return Offer(tuple(lists), (front, *pages), tuple(dict.fromkeys(trusted or guessed)), trial.robots, indexes)


def _read(got: ArchivedResponse, hosts: Sequence[str]) -> Listed | None:
    """Read a list, its addresses on other hosts left out."""
    found = read_list(got) if got.status == OK else None
    own = tuple(url for url in found.addresses if host_of(url) in hosts) if found else ()
    return replace(found, addresses=own) if found and own else None


def chosen(offer: Offer, outlet: Outlet) -> tuple[Listing, ...]:
    """Choose what the declaration lists: feeds and news sitemaps that have articles; where there are none, pages of links.

    Where a feed holds only a few of a site's articles, a small sitemap of all stands beside it: by its index, since sitemaps
    that are named after a month or a number are full one day.
    """

    def articles(addresses: Sequence[str]) -> int:
        return sum(bool(re.match(outlet.article, url)) for url in addresses)

    good = [found for found in offer.lists if articles(found.addresses)]
    feeds = [found for found in good if found.kind is ListingKind.FEED][:MOST_FEEDS]
    sitemaps = [found for found in good if found.kind is ListingKind.SITEMAP]
    news = [found for found in sitemaps if found.news] or ([] if feeds else sitemaps)
    whole = [] if news else [found for found in sitemaps if _fills(articles(found.addresses), feeds, articles)][:1]
    listings = [Listing(url=found.url, kind=found.kind) for found in (*feeds, *news[:2])]
    listings += [Listing(url=offer.indexes.get(found.url, found.url), kind=found.kind) for found in whole]
    fronts = sorted(offer.fronts, key=lambda front: -articles(front.links))
    sections = [front.url for front in fronts if articles(front.links)][:2]
    return tuple(listings) or tuple(_listings(ListingKind.SECTION, sections))


def _fills(held: int, feeds: Sequence[Listed], articles: Callable[[Sequence[str]], int]) -> bool:
    """Say whether a sitemap that holds so many articles is worth reading beside feeds that hold fewer."""
    fed = len({url for feed in feeds for url in feed.addresses if articles([url])})
    return fed < held <= MOST_OF_SITEMAP
