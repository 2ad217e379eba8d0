"""What a declaration says beyond its lists: who the outlet is and how its pages are read, with what is unsure of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from desk.outlets import bodies, fields, openings
from desk.outlets.identity import Identity, identity_of
from desk.outlets.lists import FrontPage, host_of
from desk.outlets.samples import Sample, samples_of
from desk.outlets.trial import Trial
from processing.errors import PantauError, Rejected
from processing.extraction import read_entries, read_pages
from processing.model import ListingKind, Outlet, Page, ReadMode

GOOD_FIT = 0.9
"""Agreement of the rules' bodies with the generic reader's under which a person should look."""


@dataclass
class Proposal:
    """The declaration as far as it is settled; what was found, and what was guessed, in sentences."""

    outlet: Outlet
    found: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)


def by_pages(proposal: Proposal, trial: Trial, front: FrontPage, as_of: datetime) -> None:
    """Settle an outlet that is read by its pages. Raises PantauError where no rules can be proposed."""
    samples, refusals = samples_of(trial.pages, as_of=as_of)
    proposal.unsure += [f"Not read as an article: {refusal}" for refusal in refusals]
    proposal.unsure += trial.result.problems
    bodies.check_samples(samples)
    outlet = _identified(proposal, identity_of(front, samples, as_of=as_of))
    rules, reached = bodies.body_rules(samples, outlet, as_of)
    if rules is None:
        raise PantauError(
            f"No element holds the text on most of {outlet.title}'s pages: write its declaration by hand."
        )
    if reached < GOOD_FIT:
        proposal.unsure.append(
            f"The text in {rules.body[0]} agrees with the generic reader's by {reached:.2f} only: compare both with a page."
        )
    named = [_named(sample, outlet, as_of) for sample in samples]
    rules, open_fields = fields.with_fields(rules, named, ZoneInfo(outlet.timezone), (outlet.title, outlet.name))
    proposal.unsure += open_fields
    rules, labelled = fields.with_labelled(rules, named, front)
    proposal.found += labelled
    outlet = replace(outlet, rules=(rules,))
    outlet = replace(outlet, dateline=_dateline(samples, outlet, as_of))
    proposal.outlet = _with_parts(proposal, outlet, samples)
    proposal.found.append(
        f"{len(samples)} articles were read; their text stands in {rules.body[0]} (agreement {reached:.2f})"
    )
    proposal.found += [f"datelines look like {outlet.dateline}"] if outlet.dateline else []


def by_feed(proposal: Proposal, trial: Trial, front: FrontPage) -> None:
    """Settle an outlet whose robots.txt refuses its articles to scripts: its feed alone is read. Raises PantauError."""
    feeds = [one for one in proposal.outlet.listings if one.kind is ListingKind.FEED]
    if not feeds:
        raise PantauError(
            f"robots.txt of {host_of(front.url)} refuses its articles to scripts, and no feed was found: leave it out."
        )
    outlet = replace(proposal.outlet, mode=ReadMode.FEED_ONLY, listings=tuple(feeds))
    entries = [article for _, article in read_entries(trial.page_of(feeds[0].url), outlet)]
    proposal.outlet = outlet
    told = identity_of(front, [Sample(front.page, article) for article in entries], as_of=trial.result.as_of)
    proposal.outlet = _identified(proposal, told)
    proposal.found.append("robots.txt refuses its articles to scripts, so its feed alone is read (feed_only)")


def readable(pages: Iterable[Page], outlet: Outlet, as_of: datetime) -> list[Page]:
    """Give the pages that an outlet's own rules read."""
    read = []
    for page in pages:
        try:
            article = read_pages([page], outlet, as_of=as_of)
        except Rejected:
            continue
        if article.read_by["body"] == "rules":
            read.append(page)
    return read


def _named(sample: Sample, outlet: Outlet, as_of: datetime) -> Sample:
    """Read a sample again as a page of the outlet, whose name and zone are known by now; the authors stay as they were."""
    article = read_pages([sample.page], replace(outlet, rules=()), as_of=as_of)
    authors = {"authors": sample.article.read_by["authors"]} if sample.article.authors else {}
    merged = replace(article, authors=sample.article.authors, read_by={**article.read_by, **authors})
    return Sample(sample.page, merged)


def _identified(proposal: Proposal, told: Identity) -> Outlet:
    """Put into the declaration who the outlet is."""
    proposal.unsure += [
        *told.unsure,
        "Publisher's group and ownership are guesses (its own, private): whose is it?",
        "Its terms of use were not read: where they ask for permission, set switched_off to the reason.",
    ]
    return replace(
        proposal.outlet,
        title=told.title,
        group=told.title,
        languages=told.languages,
        country=told.country,
        timezone=told.timezone,
    )


def _dateline(samples: Sequence[Sample], outlet: Outlet, as_of: datetime) -> str | None:
    """Propose the form of datelines from how the texts open that the rules find."""
    read = [article for sample in samples if (article := bodies.read_by_rules(sample, outlet, as_of))]
    return openings.dateline_form([article.paragraphs[0] for article in read], (outlet.title, outlet.name))


def _with_parts(proposal: Proposal, outlet: Outlet, samples: Sequence[Sample]) -> Outlet:
    """Note how articles on several pages may be had."""
    query = fields.next_page(samples)
    if query is None:
        return outlet
    if query.endswith("all"):
        proposal.found.append(f"long articles are had whole by ?{query}")
        return replace(outlet, single_page=query)
    proposal.unsure.append(f"Articles have further pages (?{query}): name the link to the next one in next_page.")
    return outlet
