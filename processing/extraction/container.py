"""The element that holds a page's prose."""

from __future__ import annotations

import re
from collections import defaultdict

from processing.extraction.blocks import Element, Layout

PARAGRAPHS = frozenset({"p", "li", "blockquote"})
PROMISING = re.compile(r"article|entry|post|story|content|body|text|main|detail|read|news|berita", re.IGNORECASE)

WHOLE = 0.8
"""Share of the prose that a child must hold for the search to go on inside of it."""
HALF = 0.5
"""The same, where the child's name promises an article and no sibling looks like it."""


def container_of(layout: Layout) -> Element | None:
    """Go down from the root as long as one child holds nearly all prose; None where the page has none."""
    node = layout.elements[0]
    if not node.total:
        return None
    children: dict[Element, list[Element]] = defaultdict(list)
    for element in layout.elements:
        if element.parent is not None and element.total:
            children[element.parent].append(element)
    for element in layout.elements:
        if element.role == "articleBody" and element.total > 0.4 * node.total:
            node = element
            break
    while inner := _step(node, children[node]):
        node = inner
    return node.parent if node.tag in PARAGRAPHS and node.parent else node


def _step(node: Element, children: list[Element]) -> Element | None:
    """Give the child to go on in, if there is one."""
    best = max(children, key=lambda child: child.total, default=None)
    if best is None or best.tag in PARAGRAPHS:
        return None
    if best.total >= WHOLE * node.total:
        return best
    promising = best.tag in ("article", "main") or PROMISING.search(best.name)
    alone = not any(child.kind == best.kind for child in children if child is not best)
    return best if promising and alone and not node.weight and best.total >= HALF * node.total else None
