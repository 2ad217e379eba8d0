"""The reader for pages without rules: the element that holds the prose, and which of its blocks are the article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from processing.cleaning.text import likeness, words
from processing.extraction.blocks import HEADINGS, Block, Element, Layout
from processing.extraction.container import container_of
from processing.extraction.furniture import SENTENCE_END, drop_furniture
from processing.extraction.witness import Claims, Witness

BOXES = frozenset(
    ["div", "span", "section", "center", "article", "main", "figure", "dt", "dd", "picture", "header", "body"]
)
STANDFIRST = re.compile(
    r"lead|standfirst|dek|summary|sub-?title|sub-?head|intro|teaser|descr|abstract|sapo|excerpt|kicker|sinopsis|"
    r"chapo|vorspann|strap|deck|first-paragraph",
    re.IGNORECASE,
)

SENTENCE = re.compile(r"[.!?…:][\"”’')]*$")
LONGEST_CAPTION = 200

ABOUT = re.compile(
    r"['’]?s?,? (?:is|was|are|has|writes|covers|works|joined|serves|reports|ist|war|arbeitet|schreibt|berichtet|adalah|merupakan|est|es|è|er|är)\b"
)
"""What stands behind the author's name in a line about the author."""

SUBHEAD = re.compile(r"sub-?head|mid-?title|cross-?head", re.IGNORECASE)


def read_body(layout: Layout, claims: Claims) -> list[str]:
    """Give the article's paragraphs in a page's `layout`; empty where there is no prose."""
    if not layout.elements:
        return []
    drop_furniture(layout, Witness(claims).knows)
    container = container_of(layout)
    return [] if container is None else [block.text for block in _Choice(layout, container, claims).blocks()]


class _Choice:
    """Chooses among a page's blocks once the container is known."""

    def __init__(self, layout: Layout, container: Element, claims: Claims) -> None:
        self.layout = layout
        self.container = container
        self.title = words(claims.title)
        self.authors = claims.authors
        self.inside = self._inside()
        prose = [block for block in self.inside.values() if block.weight]
        self.alike = Counter(_part(block) for block in prose)
        self.names = Counter(block.element.kind[1] for block in prose)
        self.in_p = sum(b.weight for b in prose if b.tag == "p") > 0.6 * sum(b.weight for b in prose)
        self.in_pictures = sum(b.pictured for b in prose) > 0.5 * len(prose)  # a gallery, or tables
        self.repeats = Counter(block.text for block in layout.blocks)
        self.link_lists = self._link_lists()
        self.first = next(iter(self.inside), 0)

    def blocks(self) -> list[Block]:
        """Give the article's blocks in reading order, without labels at either end."""
        chosen = _once([block for block in self.layout.blocks if self._is_article(block)])
        while chosen and (not self._may_end(chosen[-1]) or self._is_about_author(chosen[-1])):
            chosen.pop()
        while chosen and not self._may_end(chosen[0]):
            chosen.pop(0)
        return chosen

    def _inside(self) -> dict[int, Block]:
        """Give the container's blocks by index."""
        within: set[Element] = set()
        for element in self.layout.elements:
            if element is self.container or element.parent in within:
                within.add(element)
        return {block.index: block for block in self.layout.blocks if block.element in within}

    def _is_article(self, block: Block) -> bool:
        """Judge one block."""
        if block.element.dropped or block.linked > 0.8 or block.tag == "h1":  # noqa: PLR2004
            return False
        if self.repeats[block.text] > 2 and block.tag not in ("p", "td", "li"):  # noqa: PLR2004 (a label)
            return False
        if block.index in self.inside:
            return not (
                (block.pictured and self._is_caption(block))
                or (block.tag == "li" and block.element.parent in self.link_lists)
                or self._is_stray(block)
                or self._repeats_title(block)
            )
        return block.weight > 0 and (self.alike[_part(block)] > 1 or self._is_lead(block))

    def _is_lead(self, block: Block) -> bool:
        """Say whether `block` is text that stands before or beside the container: what is free to read, before a paywall."""
        beside = block.tag == "p" and block.element.parent is self.container.parent
        name = block.element.kind[1]
        return beside or (bool(name) and block.index < self.first and self.names[name] > 1)

    def _is_caption(self, block: Block) -> bool:
        """Say whether `block`, which a picture stands in, tells of it: short, no sentence, on a page where few blocks are so."""
        return len(block.text) < LONGEST_CAPTION and not SENTENCE.search(block.text) and not self.in_pictures

    def _link_lists(self) -> set[Element | None]:
        """Give the lists inside the container whose items are mostly links."""
        text: Counter[Element | None] = Counter()
        links: dict[Element | None, float] = defaultdict(float)
        for block in self.inside.values():
            if block.tag == "li":
                text[block.element.parent] += len(block.text)
                links[block.element.parent] += len(block.text) * block.linked
        return {element for element, length in text.items() if links[element] > 0.5 * length}

    def _is_stray(self, block: Block) -> bool:
        """Say whether `block` is text in a box, one of its kind, on a page that writes its paragraphs in `p`."""
        if not self.in_p or block.tag not in BOXES:
            return False
        if SUBHEAD.search(block.element.name):
            return False
        near = self.container in (block.element, block.element.parent)
        return not block.weight or not (near or self.alike[_part(block)] > 1 or STANDFIRST.search(block.element.name))

    def _repeats_title(self, block: Block) -> bool:
        """Say whether `block` is the headline again."""
        if block.tag not in HEADINGS or not self.title:
            return False
        own = words(block.text)
        return likeness(own, self.title) > 0.8 and len(own) > 0.6 * len(self.title)  # noqa: PLR2004

    def _is_about_author(self, block: Block) -> bool:
        """Say whether `block` tells who the author is."""
        return any(
            name in block.text[: len(name) + 12] and ABOUT.match(block.text.partition(name)[2]) for name in self.authors
        )

    def _may_end(self, block: Block) -> bool:
        """Say whether an article may begin or end with `block`."""
        most = 0.8 if len(block.text) > 80 and SENTENCE_END.search(block.text) else 0.5  # noqa: PLR2004 (a sentence)
        return block.weight > 0 or (block.tag == "p" and block.linked < most and self.alike[_part(block)] > 1)


def _part(block: Block) -> tuple[tuple[str, str], tuple[str, str]]:
    """Give what tells the part that `block` plays: its element's kind and that of the one around it."""
    parent = block.element.parent
    return block.element.kind, parent.kind if parent else ("", "")


def _once(blocks: list[Block]) -> list[Block]:
    """Drop what the page shows twice: long paragraphs, and short ones that come again in another place."""
    seen: dict[str, Element | None] = {}
    kept = []
    for block in blocks:
        again = block.text in seen and (len(block.text) > 150 or seen[block.text] is not block.element.parent)  # noqa: PLR2004
        seen[block.text] = block.element.parent
        if not again:
            kept.append(block)
    return kept
