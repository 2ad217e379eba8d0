"""Selectors for what structured data does not give: title, date, byline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from desk.outlets.samples import Sample, selector_for
from processing.cleaning.names import names_of
from processing.cleaning.text import tidy
from processing.extraction.dates import read_date
from processing.model import PageRules

STRUCTURED = frozenset({"json_ld", "meta"})
SIGNED = re.compile(r"^\s*(?:by|oleh|penulis|reporter|pewarta|wartawan|written by)\b\s*:?\s+\S", re.IGNORECASE)
LONGEST_BYLINE = 80


def with_fields(rules: PageRules, samples: Sequence[Sample], zone: tzinfo) -> tuple[PageRules, list[str]]:
    """Add selectors for the fields that the pages' own data leaves open; gives the rules and what could not be found."""
    unsure = []
    for field, attribute, holds in (
        ("title", "title", _is_title),
        ("date", "published_at", _date_holder(zone)),
        ("byline", "authors", _is_byline),
    ):
        open_ = [sample for sample in samples if sample.article.read_by.get(attribute) not in STRUCTURED]
        if len(open_) <= len(samples) / 3:
            continue
        selector = selector_for(open_, holds)
        if selector:
            rules = replace(rules, **{field: (selector,)})  # type: ignore[arg-type]  # each of the three takes a tuple
        else:
            unsure.append(f"No selector was found for the {field}, and the pages' structured data has none.")
    return rules, unsure


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


def _is_byline(sample: Sample, text: str) -> bool:
    """Say whether a text names the authors that the page shows, or reads as a byline."""
    known = sample.article.authors
    if known:
        return names_of([text]) == known
    return len(text) <= LONGEST_BYLINE and bool(SIGNED.match(text)) and bool(names_of([text]))


def _date_holder(zone: tzinfo) -> Callable[[Sample, str], bool]:
    """Give a test of texts that state when a sample was published; an undated one takes any time with a clock."""

    def holds(sample: Sample, text: str) -> bool:
        known: datetime | None = sample.article.published_at
        if known is None:
            return bool(re.search(r"\d{1,2}[:.]\d{2}", text)) and read_date(text, zone) is not None
        found = read_date(text, known.tzinfo or zone)
        return found is not None and abs(found - known) < timedelta(minutes=1)

    return holds
