"""An outlet's own rules: which version of its layout applies, and what its selectors find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from processing.cleaning.credits import credits_of
from processing.cleaning.names import names_of
from processing.cleaning.text import tidy
from processing.errors import PantauError
from processing.extraction.blocks import HEADINGS, Block, layout_of
from processing.extraction.visible import value_of
from processing.model import Outlet, PageRules

ASIDES = frozenset({"aside", "figure", "figcaption", "footer", "form"})
CAPTION = re.compile(r"(?:^|[\s_-])captions?(?=$|[\s_-])", re.IGNORECASE)
LONGEST_BYLINE = 120


def versions(outlet: Outlet, day: date) -> list[PageRules]:
    """Give the outlet's layouts, the one in use on `day` first: the closest `until` not before it, else today's."""
    return sorted(outlet.rules, key=lambda rules: _age(rules, day))


def _age(rules: PageRules, day: date) -> tuple[int, int]:
    """Rank a layout: dated ones that still held by their end, then today's, then those that were gone by then."""
    if rules.until is None:
        return (1, 0)
    return (0, (rules.until - day).days) if rules.until >= day else (2, (day - rules.until).days)


def select(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """Run one selector of a declaration; one that is no CSS is a PantauError that names it."""
    try:
        return tree.css(selector)
    except (SelectolaxError, ValueError) as error:
        raise PantauError(
            f"{selector!r} in an outlet's rules is not a CSS selector that we can run: {error}."
        ) from error


def first_text(tree: LexborHTMLParser, selectors: Sequence[str]) -> str:
    """Give what the first selector that finds something says; empty where none does."""
    for selector in selectors:
        for node in select(tree, selector):
            if value := value_of(node):
                return value
    return ""


def all_texts(tree: LexborHTMLParser, selectors: Sequence[str]) -> list[str]:
    """Give all that the first selector that finds something says."""
    for selector in selectors:
        if values := [value for node in select(tree, selector) if (value := value_of(node))]:
            return values
    return []


def read_byline(tree: LexborHTMLParser, selectors: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Give authors and editor from byline elements; a selector may hit the first paragraph, which need not be one."""
    for selector in selectors:
        texts = [text for node in select(tree, selector) if 0 < len(text := value_of(node)) <= LONGEST_BYLINE]
        lines = [line for text in texts if (line := credits_of(text))]
        if lines:
            authors = tuple(dict.fromkeys(name for line in lines for name in line.authors))
            return authors, next((line.editor for line in lines if line.editor), None)
        if names := names_of(text for text in texts if not text.endswith(".") and len(text.split()) <= 12):  # noqa: PLR2004
            return names, None
    return (), None


def read_body(tree: LexborHTMLParser, rules: PageRules) -> list[str]:
    """Give the paragraphs that the rules find, uncleaned; empty where they find none. `remove` changes the tree."""
    for selector in rules.remove:
        for node in select(tree, selector):
            node.decompose()
    for selector in rules.body:
        blocks = [block for node in _outermost(select(tree, selector)) for block in layout_of(node).blocks]
        if paragraphs := [block.text for block in blocks if _is_text(block)]:
            return paragraphs
    return []


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Leave out nodes that stand inside others of the list."""
    met = {node.mem_id for node in nodes}

    def nested(node: LexborNode) -> bool:
        parent = node.parent
        while parent is not None:
            if parent.mem_id in met:
                return True
            parent = parent.parent
        return False

    return [node for node in nodes if not nested(node)]


def _is_text(block: Block) -> bool:
    """Say whether a block of the container is text: no caption, no link that stands alone."""
    if any(e.tag in ASIDES or e.hidden or CAPTION.search(e.name) for e in block.element.chain()):
        return False
    alone = block.linked > 0.9 and block.tag not in HEADINGS and len(tidy(block.text)) < 200  # noqa: PLR2004
    return not alone and block.tag != "h1"
