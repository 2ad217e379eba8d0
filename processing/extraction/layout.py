"""A page as a row of blocks of text in elements: what every reader of a body rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# fmt: off
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "topic", "tt", "u", "var", "wbr", "img",
})
"""Elements that do not end a block. `rb` and `topic` are not in the standard but in newspapers' pages."""

INVISIBLE = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video",
    "select", "datalist", "textarea", "input", "button", "nav", "dialog", "map", "rp", "rt", "xmp",
    "noembed", "noframes", "plaintext", "amp-ad", "amp-embed",
]
# fmt: on
"""Elements that are never part of an article's text; taken out of the tree before the walk."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
VOID = frozenset(
    {
        "area",
        "base",
        "basefont",
        "bgsound",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "keygen",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
"""Elements without an end tag."""


@dataclass(slots=True, eq=False)
class Element:
    """An element around some text, and what its place says of that text."""

    tag: str
    name: str = ""
    """Its class and id."""
    hidden: bool = False
    role: str = ""
    """Its itemprop."""
    parent: Element | None = None
    depth: int = 0
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
    pictured: bool = False
    """A picture stands in it, or before it in the same element."""

    @property
    def tag(self) -> str:
        """Of the element that it stands in."""
        return self.element.tag


@dataclass(slots=True, eq=False)
class Layout:
    """All blocks of a page in reading order, and the elements around them, parents first."""

    blocks: list[Block]
    elements: list[Element]
