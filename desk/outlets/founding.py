"""`pantau outlet new`: from a site's address to a declaration that crawls and reads, with its frozen cases."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawlers.outlets import OUTLETS
from desk.home import CHECKOUT
from desk.outlets import freezing, offers
from desk.outlets.addresses import exclusions, pattern_of
from desk.outlets.declaration import declaration
from desk.outlets.lists import FrontPage, host_of
from desk.outlets.proposing import Proposal, by_feed, by_pages, readable
from desk.outlets.trial import Trial, try_out
from desk.settings import Settings
from processing.errors import PantauError
from processing.model import Evidence, Listing, ListingKind, Outlet, Ownership, ReadMode
from processing.urls import web_url

PAGES = 8
"""Articles fetched to propose rules from."""
CASES = 4
"""Pages frozen; an outlet needs three."""


@dataclass(frozen=True)
class Founding:
    """What was written, and what a person should know of it."""

    proposal: Proposal
    declared: Path
    cases: tuple[Path, ...]


def found_outlet(
    name: str, url: str, settings: Settings, work: Path, *, as_of: datetime, delay: float, folder: Path | None = None
) -> Founding:
    """Look at a site politely, propose its declaration, and write it with its cases; trials stay in `work`.

    Raises PantauError where the name is taken, or the site cannot or may not be read.
    """
    target = _check(name, url, folder)
    draft = _draft(name, url, as_of, delay)
    first = try_out(draft, settings, work / "front", as_of=as_of, pages=0)
    front = offers.front_of(first, url)
    hosts = _hosts(url, front)
    asked = replace(draft, hosts=hosts, listings=offers.candidates(front, first.robots, hosts))
    second = try_out(asked, settings, work / "lists", as_of=as_of, pages=0)
    offer = offers.offer_of(second, front, hosts)
    if not offer.addresses:
        raise PantauError(
            f"Neither feeds, sitemaps nor links of articles were found at {url}; try the address of a section."
        )
    proposal = Proposal(_listed(asked, offer, url))
    proposal.found += _told(offer, proposal.outlet)
    if any(offer.allows(address) for address in offer.addresses):
        trial = try_out(proposal.outlet, settings, work / "pages", as_of=as_of, pages=PAGES)
        by_pages(proposal, trial, front, as_of)
    else:
        trial = second
        by_feed(proposal, trial, front)
    return Founding(proposal, target, _write(proposal.outlet, trial, target, folder, as_of))


def _listed(draft: Outlet, offer: offers.Offer, url: str) -> Outlet:
    """Put into the draft where articles are listed and what their addresses look like."""
    pattern = pattern_of(offer.addresses)
    outlet = replace(draft, article=pattern, exclude=exclusions(pattern, offer.links))
    listings = offers.chosen(offer, outlet)
    hosts = dict.fromkeys((host_of(url), *map(host_of, offer.addresses), *(host_of(one.url) for one in listings)))
    return replace(outlet, listings=listings, hosts=tuple(hosts))


def _check(name: str, url: str, folder: Path | None) -> Path:
    """Give where the declaration is to stand, once name and address are found good."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", name):
        raise PantauError(
            f"{name!r} is no outlet's name: use lower-case letters, digits and underscores, such as kabar_selatan."
        )
    if name in OUTLETS:
        raise PantauError(f"There is an outlet named {name} already; `pantau outlet check {name}` shows how it reads.")
    if web_url(url) is None:
        raise PantauError(f"{url!r} is not the address of a site, such as https://www.example.org.")
    target = (folder or CHECKOUT / "crawlers" / "outlets") / f"{name}.py"
    if target.exists():
        raise PantauError(f"{target} exists already; remove it to have the outlet proposed anew.")
    return target


def _draft(name: str, url: str, as_of: datetime, delay: float) -> Outlet:
    """Give a declaration with which the site's front page can be asked for."""
    host = host_of(url)
    both = (host, host.removeprefix("www.") if host.startswith("www.") else f"www.{host}")
    return Outlet(
        name=name,
        title=name.replace("_", " ").title(),
        country="ID",
        languages=("id",),
        group=name,
        ownership=Ownership.PRIVATE,
        timezone="UTC",
        hosts=both,
        listings=(Listing(url=url, kind=ListingKind.SECTION),),
        article=".",
        evidence=Evidence(
            verified=True, checked=as_of.date(), note="Proposed from the live site by `pantau outlet new`."
        ),
        delay=delay,
    )


def _hosts(url: str, front: FrontPage) -> tuple[str, ...]:
    """Give the hosts that belong to the site: those under the same name that its front page links to."""
    base = host_of(front.url).removeprefix("www.")
    linked = [host_of(link) for link in (*front.links, *front.feeds)]
    own = [host for host in linked if host == base or host.endswith(f".{base}")]
    return tuple(dict.fromkeys((host_of(url), host_of(front.url), *own)))


def _told(offer: offers.Offer, outlet: Outlet) -> list[str]:
    """Say what the site offers."""
    lists = [
        f"{'news ' if one.news else ''}{one.kind} {one.url}: {len(one.addresses)} addresses" for one in offer.lists
    ]
    return [
        *(lists or ["neither feed nor sitemap: its pages of links are read"]),
        f"articles look like {outlet.article}",
        *(
            [f"left out as no articles' texts (videos, pictures, live pages): {', '.join(outlet.exclude)}"]
            * bool(outlet.exclude)
        ),
    ]


def _write(outlet: Outlet, trial: Trial, target: Path, folder: Path | None, as_of: datetime) -> tuple[Path, ...]:
    """Write the declaration and its frozen cases; gives the cases' folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(declaration(outlet, _about(outlet)), encoding="utf-8")
    cases = freezing.cases_folder(folder) / outlet.name
    if outlet.mode is ReadMode.FEED_ONLY:
        return (freezing.freeze_feed(cases, trial.page_of(outlet.listings[0].url), outlet),)
    pages = freezing.choose(readable(trial.pages, outlet, as_of), CASES)
    return tuple(freezing.freeze_page(cases, page, outlet, as_of=as_of) for page in pages)


def _about(outlet: Outlet) -> str:
    """Say in a line how the outlet is read."""
    kinds = " and ".join(dict.fromkeys(one.kind.replace("_", " ") for one in outlet.listings))
    return (
        f"found by its {kinds}."
        if outlet.mode is ReadMode.PAGES
        else "by its feed alone, since robots.txt refuses scripts."
    )
