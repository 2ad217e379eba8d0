"""From an article's pages to an Article: one parse a page, then fields, body and cleaning put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from processing.cleaning.paragraphs import Cleaned, House, clean
from processing.errors import Rejected
from processing.extraction import generic, rules
from processing.extraction.blocks import without_invisible
from processing.extraction.fields import Accounts, Context, Reading, context_of, read_fields
from processing.extraction.page import decode, parse
from processing.extraction.structured import read_json_ld, read_meta
from processing.model import Article, Outlet, Page
from processing.urls import canonical_url

READER = "2026.11.1"
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
    tree = _tree(pages[0])
    said = {"json_ld": read_json_ld(tree), "meta": read_meta(tree)}
    without_invisible(tree)
    context = context_of(outlet, pages[0].url, said, as_of)
    reading = read_fields(tree, said, context)
    title = reading.get("title", "")
    found, method = _read_body(tree, _claims(said, title), context)
    for page in pages[1:]:
        found += _read_body(without_invisible(_tree(page)), generic.Claims(title), context)[0]
    cleaned = clean(found, _house(context), title)
    _add(reading, cleaned, method)
    return _article(pages[0].url, reading, cleaned)


def _tree(page: Page) -> LexborHTMLParser:
    """Decode and parse a page."""
    return parse(decode(page), page.url)


def _claims(said: Accounts, title: str) -> generic.Claims:
    """Give what the page says of its body: its description as readers of links see it, and `articleBody`."""
    description = said["meta"].description or said["json_ld"].description
    return generic.Claims(title, description, said["json_ld"].body)


def _house(context: Context) -> House:
    """Give the outlet's own cleaning habits, of all its layouts; without an outlet, none."""
    if context.outlet is None:
        return House()
    return House(
        drop=tuple(pattern for layout in context.layouts for pattern in layout.drop),
        cut_from=tuple(pattern for layout in context.layouts for pattern in layout.cut_from),
        dateline=context.outlet.dateline,
    )


def _read_body(tree: LexborHTMLParser, claims: generic.Claims, context: Context) -> tuple[list[str], str]:
    """Give the body's paragraphs and what found them: the rules, unless witnesses know of far more text."""
    ruled = next((found for layout in context.layouts if (found := rules.read_body(tree, layout))), [])
    length = sum(map(len, ruled))
    if length >= max(MIN_TEXT, RULES_SHARE * len(claims.body)):
        return ruled, "rules"
    read = generic.read_body(tree.body, claims) if tree.body is not None else []
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
