"""Selectors for what structured data does not give: title, date, byline, editor, section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from desk.outlets.lists import FrontPage
from desk.outlets.samples import Sample, names, selector_for
from processing.cleaning.credits import credits_of
from processing.cleaning.names import names_of
from processing.cleaning.text import tidy
from processing.extraction.dates import read_date
from processing.extraction.rules import first_text
from processing.extraction.visible import NAME
from processing.model import PageRules

STRUCTURED = frozenset({"json_ld", "meta"})
SIGNED = re.compile(r"^\s*(?:by|oleh|penulis|reporter|pewarta|wartawan|written by)\b\s*:?\s+\S", re.IGNORECASE)
LONGEST_BYLINE = 80
WRITER = re.compile(r"penulis|wartawan|reporter|jurnalis|author|writer|byline|signed", re.IGNORECASE)
"""In names of elements that say who wrote."""
FEWEST_NAMED = 2
"""Pages that must show an editor, or a section, for its element to be declared; not every article has one."""
LONGEST_TRAIL = 4
"""Links of a breadcrumb; a menu has more."""


def with_fields(
    rules: PageRules, samples: Sequence[Sample], zone: tzinfo, site: Sequence[str] = ()
) -> tuple[PageRules, list[str]]:
    """Add selectors for the fields that the pages' own data leaves open; gives the rules and what could not be found.

    `site` are the outlet's names, which sign no article.
    """
    unsure = []
    for field, attribute, holds in (
        ("title", "title", _is_title),
        ("date", "published_at", _date_holder(zone)),
        ("byline", "authors", _byline_holder(site)),
    ):
        open_ = [sample for sample in samples if sample.article.read_by.get(attribute) not in STRUCTURED]
        if len(open_) <= len(samples) / 3:
            continue
        selector = selector_for(open_, holds)
        if selector is None and field == "byline":
            selector = selector_for(open_, _person_holder(site), WRITER)
        if selector:
            rules = replace(rules, **{field: (selector,)})  # type: ignore[arg-type]  # each of the three takes a tuple
        else:
            unsure.append(f"No selector was found for the {field}, and the pages' structured data has none.")
    return rules, unsure


def with_labelled(rules: PageRules, samples: Sequence[Sample], front: FrontPage) -> tuple[PageRules, list[str]]:
    """Add selectors for editor and section where pages show them and nothing else gives them; gives what to say of it."""
    found = []
    showing = [s for s in samples if not s.article.editor and any(_is_editor(s, text) for _, text in s.shorts)]
    if len(showing) >= FEWEST_NAMED and (editor := selector_for(showing, _is_editor)):
        rules = replace(rules, editor=(editor,))
        found.append(f"editors are named in {editor}")
    silent = [sample for sample in samples if not sample.article.section]
    if len(silent) > len(samples) / 3 and (section := _section(silent, front)):
        rules = replace(rules, section=(section,))
        found.append(f"sections are named in {section}")
    return rules, found


def _section(samples: Sequence[Sample], front: FrontPage) -> str | None:
    """Name the link, outside of menus, that leads to the section of most pages: a breadcrumb's last."""
    menu = {tidy(node.text()) for node in front.tree.css("a[href]") if node.attributes.get("href", "") not in ("", "/")}
    counted: Counter[str] = Counter()
    for sample in samples:
        for link in sample.whole.css("a[href]"):
            around = link.parent
            if around is None or not 0 < len(around.css("a[href]")) <= LONGEST_TRAIL or tidy(link.text()) not in menu:
                continue
            counted.update({f"{name} > a:last-of-type" for name in names(around)})
    good = [selector for selector, _ in counted.most_common(8) if _tells_sections(selector, samples, menu)]
    return next(iter(good), None)


def _tells_sections(selector: str, samples: Sequence[Sample], menu: set[str]) -> bool:
    """Say whether a selector gives an entry of the menu on every page, and not the same on all."""
    told = [first_text(sample.whole, (selector,)) for sample in samples]
    return len(set(told)) >= FEWEST_NAMED and set(told) <= menu


def _is_editor(_: Sample, text: str) -> bool:
    credit = credits_of(text)
    return bool(credit and credit.editor and not credit.authors)


def _person_holder(site: Sequence[str]) -> Callable[[Sample, str], bool]:
    """Give a test of texts that are a person's name: neither the editor's, nor a post at the outlet."""

    def holds(sample: Sample, text: str) -> bool:
        if not NAME.match(text) or names_of([text], not_these=site) != (text,):
            return False
        return all(not credit or credit.editor != text for credit in (credits_of(said) for _, said in sample.shorts))

    return holds


def next_page(samples: Sequence[Sample]) -> str | None:
    """Give the query that links of the pages use for an article's further pages (`page=2`), if they do."""
    found = Counter(
        match[1]
        for sample in samples
        for node in sample.whole.css("a[href]")
        if (match := re.search(r"\?((?:page|halaman)=(?:2|all))\b", node.attributes.get("href") or ""))
    )
    return max(found, default=None)


def _is_title(sample: Sample, text: str) -> bool:
    return tidy(text) == sample.article.title


def _byline_holder(site: Sequence[str]) -> Callable[[Sample, str], bool]:
    """Give a test of texts that name the authors that the page shows, or read as a byline of people."""

    def holds(sample: Sample, text: str) -> bool:
        named = names_of([text], not_these=site)
        if sample.article.authors:
            return named == sample.article.authors
        return len(text) <= LONGEST_BYLINE and bool(SIGNED.match(text)) and bool(named)

    return holds


def _date_holder(zone: tzinfo) -> Callable[[Sample, str], bool]:
    """Give a test of texts that state when a sample was published; an undated one takes any time with a clock."""

    def holds(sample: Sample, text: str) -> bool:
        known: datetime | None = sample.article.published_at
        if known is None:
            return bool(re.search(r"\d{1,2}[:.]\d{2}", text)) and read_date(text, zone) is not None
        found = read_date(text, known.tzinfo or zone)
        return found is not None and abs(found - known) < timedelta(minutes=1)

    return holds
