"""A page as a row of blocks of text: one walk over the parsed tree, which every reader of a body rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from processing.cleaning.text import tidy

# fmt: off
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "topic", "tt", "u", "var", "wbr",
})
"""Elements that do not end a block. `rb` and `topic` are not in the standard but in newspapers' pages."""

INVISIBLE = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video",
    "select", "datalist", "textarea", "input", "button", "nav", "dialog", "map", "rp", "rt", "amp-ad", "amp-embed",
]
# fmt: on
"""Elements that are never part of an article's text; taken out of the tree before the walk."""

UNSEEN = frozenset({"img", "-comment"})
"""Nodes in the midst of a sentence that say nothing; React parts its texts with comments."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MAX_DEPTH = 400
"""Deeper elements count as children of the one at this depth; no page of the public sets goes below 135."""

MAX_BLOCKS = 20_000
"""Where the walk ends; the longest page of the public sets has 1,359 blocks."""

HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Element:
    """A block-level element around some text, and what its place says of that text."""

    tag: str
    name: str = ""
    """Its class and id."""
    parent: Element | None = None
    depth: int = 0
    linked: bool = False
    hidden: bool = False
    role: str = ""
    """Its itemprop."""
    weight: float = 0.0
    """Prose directly in it; `total` counts what is below it too. Both in characters."""
    total: float = 0.0
    dropped: bool = False
    """Furniture, or inside of some."""

    def chain(self) -> Iterator[Element]:
        """Give itself and what is around it, inmost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def kind(self) -> tuple[str, str]:
        """Tag and class without its numbers: the same for elements that play the same part."""
        return self.tag, _numberless(self.name)


@lru_cache(maxsize=4096)
def _numberless(name: str) -> str:
    return re.sub(r"\d+", "", name)


@dataclass(slots=True, eq=False)
class Block:
    """A run of text with no block boundary in it. `linked` is the share of it (0 to 1) that stands in links."""

    index: int
    text: str
    element: Element
    linked: float
    weight: float = 0.0
    """How much prose it is, in characters; 0 for what is not."""

    @property
    def tag(self) -> str:
        """Of the element that it stands in."""
        return self.element.tag


@dataclass(slots=True, eq=False)
class Layout:
    """All blocks of a page in reading order, and the elements around them, parents first."""

    blocks: list[Block]
    elements: list[Element]


def without_invisible(tree: LexborHTMLParser) -> LexborHTMLParser:
    """Take scripts, menus and the like out of `tree` (in place)."""
    tree.strip_tags(INVISIBLE, recursive=True)
    return tree


def layout_of(root: LexborNode) -> Layout:
    """Walk the text below `root` once."""
    return _Walk(root).layout()


class _Walk:
    """The walk's state: the block being gathered, and the elements met so far by their address in memory."""

    def __init__(self, root: LexborNode) -> None:
        self.root = root
        self.elements: dict[int, Element] = {}
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.current: Element | None = None

    def layout(self) -> Layout:
        """Visit every node below the root in reading order."""
        breaks = 0
        for node in self.root.traverse(include_text=True):
            if len(self.blocks) >= MAX_BLOCKS:
                break
            if node.is_text_node:
                breaks = self._read_text(node, breaks)
            elif node.tag == "br":
                breaks += 1
                self._space()
            elif node.tag not in INLINE and node.tag not in UNSEEN and self.pieces:
                breaks = 2
        self._close()
        return Layout(self.blocks, list(dict.fromkeys(self.elements.values())))

    def _read_text(self, node: LexborNode, breaks: int) -> int:
        """Add a text node to the block it belongs to; two line breaks in a row begin a new one. Give the breaks still open."""
        text = node.text_content
        if not text or text.isspace():
            self._space()
            return breaks
        around, linked = self._around(node)
        element = self.elements.get(around.mem_id) or self._element(around)
        if element is not self.current or breaks > 1:
            self._close()
            self.current = element
        self.pieces.append(text)
        if linked or element.linked:
            self.linked += len(text.strip())
        return 0

    def _space(self) -> None:
        if self.pieces:
            self.pieces.append(" ")

    def _close(self) -> None:
        """End the block being gathered."""
        text = tidy("".join(self.pieces))
        if text and self.current is not None:
            self.blocks.append(Block(len(self.blocks), text, self.current, min(1.0, self.linked / len(text))))
        self.pieces = []
        self.linked = 0

    def _around(self, node: LexborNode) -> tuple[LexborNode, bool]:
        """Give the block-level node around a text node, and whether a link is between them."""
        linked = False
        around = node.parent or self.root
        while (tag := around.tag) in INLINE and around.mem_id != self.root.mem_id:
            linked = linked or tag == "a"
            around = around.parent or self.root
        return around, linked

    def _element(self, node: LexborNode) -> Element:
        """Make the element of `node`, and those of the unmet nodes around it."""
        unmet = [node]
        known = None
        while known is None and node.mem_id != self.root.mem_id:
            node = node.parent or self.root
            known = self.elements.get(node.mem_id)
            if known is None:
                unmet.append(node)
        for unknown in reversed(unmet):
            known = self.elements[unknown.mem_id] = _element_of(unknown, known)
        return known or Element("body")


def _element_of(node: LexborNode, parent: Element | None) -> Element:
    """Read what matters of an element's attributes."""
    tag = node.tag or ""
    if parent is None:
        return Element(tag)
    if parent.depth >= MAX_DEPTH:
        return parent
    attributes = node.attributes
    style = attributes.get("style")
    return Element(
        tag,
        f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip(),
        parent,
        parent.depth + 1,
        linked=parent.linked or tag == "a",
        hidden="hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(style and HIDDEN_STYLE.search(style)),
        role=attributes.get("itemprop") or "",
    )
