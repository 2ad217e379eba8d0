"""From an article's pages to an Article: one parse a page, then fields, body and cleaning put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from processing.cleaning.paragraphs import Cleaned, House, clean
from processing.errors import Rejected
from processing.extraction import generic, rules
from processing.extraction.blocks import Layout, layout_of, without_invisible
from processing.extraction.fields import Accounts, Context, Reading, context_of, read_fields
from processing.extraction.page import load
from processing.extraction.structured import read_json_ld, read_meta
from processing.extraction.witness import Claims
from processing.model import Article, Outlet, Page
from processing.urls import canonical_url

READER = "2026.11.4"
"""Stored with each revision; raised whenever reading the same bytes may give another article."""

MIN_TEXT = 120
"""Characters of text under which a page is no article we keep: teasers, video pages, error pages that answer 200."""
RULES_SHARE = 0.4
"""Share of the witnesses' text under which an outlet's rules are taken to have missed the body."""


def read_pages(pages: Sequence[Page], outlet: Outlet | None, *, as_of: datetime) -> Article:
    """Read the pages (1…n) of one article, by `outlet`'s rules where it is given.

    `as_of` is when they were fetched: it tells which version of the rules holds, and no date may lie after it. Raises
    Rejected for what is no article (no title, too little text) and Quarantined for what cannot be parsed.
    """
    if not pages:
        raise Rejected("There is no page to read.")
    tree = load(pages[0])
    said = {"json_ld": read_json_ld(tree), "meta": read_meta(tree)}
    without_invisible(tree)
    context = context_of(outlet, pages[0].url, said, as_of)
    view = cache(lambda: _layout(tree))
    reading = read_fields(tree, said, context, view)
    title = reading.get("title", "")
    found, method = _read_body(tree, view, _claims(said, reading), context)
    for page in pages[1:]:
        found += _further(page, title, context)
    cleaned = clean(found, _house(context), title)
    _add(reading, cleaned, method)
    return _article(pages[0].url, reading, cleaned)


def _layout(tree: LexborHTMLParser) -> Layout:
    """Give a page's blocks."""
    return layout_of(tree.body) if tree.body is not None else Layout([], [])


def _further(page: Page, title: str, context: Context) -> list[str]:
    """Give the paragraphs of a later page of the article."""
    tree = without_invisible(load(page))
    return _read_body(tree, lambda: _layout(tree), Claims(title), context)[0]


def _claims(said: Accounts, reading: Reading) -> Claims:
    """Give what the page says of its body: its description as readers of links see it, and `articleBody`."""
    description = said["meta"].description or said["json_ld"].description
    return Claims(reading.get("title", ""), description, said["json_ld"].body, reading.get("authors", ()))


def _house(context: Context) -> House:
    """Give the outlet's own cleaning habits, of all its layouts; without an outlet, none."""
    if context.outlet is None:
        return House()
    return House(
        drop=tuple(pattern for layout in context.layouts for pattern in layout.drop),
        cut_from=tuple(pattern for layout in context.layouts for pattern in layout.cut_from),
        dateline=context.outlet.dateline,
    )


def _read_body(
    tree: LexborHTMLParser, view: Callable[[], Layout], claims: Claims, context: Context
) -> tuple[list[str], str]:
    """Give the body's paragraphs and what found them: the rules, unless witnesses know of far more text."""
    ruled = next((found for layout in context.layouts if (found := rules.read_body(tree, layout))), [])
    length = sum(map(len, ruled))
    if length >= max(MIN_TEXT, RULES_SHARE * len(claims.body)):
        return ruled, "rules"
    read = generic.read_body(view(), claims)
    return (ruled, "rules") if ruled and length >= RULES_SHARE * sum(map(len, read)) else (read, "generic")


def _add(reading: Reading, cleaned: Cleaned, method: str) -> None:
    """Add the text, and what cleaning read out of it."""
    reading.take("body", cleaned.paragraphs, method)
    reading.take("authors", cleaned.authors, method)
    reading.take("editor", cleaned.editor, method)
    reading.take("dateline", cleaned.dateline, method)


def _article(url: str, reading: Reading, cleaned: Cleaned) -> Article:
    """Make the article, or say why there is none."""
    if not reading.get("title"):
        raise Rejected("The page has no title.")
    length = sum(map(len, cleaned.paragraphs))
    if length < MIN_TEXT:
        raise Rejected(f"The page has too little text for an article: {length} characters, and we ask for {MIN_TEXT}.")
    return Article(
        url=canonical_url(url),
        title=reading.get("title"),
        paragraphs=cleaned.paragraphs,
        published_at=reading.get("published_at"),
        modified_at=reading.get("modified_at"),
        authors=reading.get("authors", ()),
        editor=reading.get("editor"),
        dateline=reading.get("dateline"),
        section=reading.get("section"),
        tags=reading.get("tags", ()),
        image=reading.get("image"),
        language=reading.get("language"),
        read_by=dict(reading.read_by),
    )
