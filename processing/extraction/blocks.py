"""One walk over a page's text: serialised in C and taken apart at its tags, which costs less than visiting the nodes."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from processing.cleaning.text import tidy
from processing.extraction.layout import HEADINGS, INLINE, INVISIBLE, VOID, Block, Element, Layout

__all__ = ["HEADINGS", "Block", "Element", "Layout", "layout_of", "without_invisible"]

MAX_DEPTH = 400
"""Deeper elements count as the one at this depth; no page of the public sets goes below 135."""

MAX_BLOCKS = 20_000
"""Where the walk ends; the longest page of the public sets has 1,359 blocks."""

SHORT_LINK = 40
"""Characters of a link alone in its block that is passed over: two fifths of all blocks are such entries of menus."""

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def without_invisible(tree: LexborHTMLParser) -> LexborHTMLParser:
    """Take scripts, menus and the like out of `tree` (in place)."""
    tree.strip_tags(INVISIBLE, recursive=True)
    return tree


def layout_of(root: LexborNode) -> Layout:
    """Walk the text below `root` once. Elements whose text is serialised raw (scripts) must be out by now."""
    markup = root.html or ""
    walk = _Walk()
    walk.over(COMMENT.sub("", markup) if "<!--" in markup else markup)
    return Layout(walk.blocks, walk.elements)


class _Walk:
    """The walk's state: what is open, the elements with text so far (parents first), and the block being gathered."""

    def __init__(self) -> None:
        self.tags: list[str] = []
        """The start tags that are open, outermost first; `known` are the elements made of the first of them."""
        self.around: list[int] = [0]
        """For each of them, and for none, how many are open down to the inmost block-level one."""
        self.known: list[Element] = []
        self.elements: list[Element] = []
        self.blocks: list[Block] = []
        self.pieces: list[str] = []
        self.element: Element | None = None
        """Of the block; none as long as it holds but entries of a menu."""
        self.linked = 0
        self.pictured = False

    def over(self, markup: str) -> None:  # noqa: C901, PLR0912 (calls would double its time)
        """Take serialised HTML apart: every element in it is closed, and `<` and `>` stand nowhere but around tags.

        One loop with few calls: it turns a thousand times a page.
        """
        tags, around, known, pieces = self.tags, self.around, self.known, self.pieces
        depth = breaks = links = place = picture = 0
        for piece in markup.split("<")[1:]:
            tag, _, text = piece.partition(">")
            if tag[0] == "/":
                tags.pop()
                around.pop()
                depth -= 1
                if len(known) > depth:
                    known.pop()
                if tag == "/a":
                    links -= 1
                if depth < place:
                    place = self._close()
                if depth < picture:
                    picture = 0
            else:
                name = tag if " " not in tag else tag[: tag.index(" ")]
                inline = name in INLINE
                if pieces and not inline:
                    breaks = 2 if name != "br" else breaks + 1
                    pieces.append(" ")
                if name not in VOID:
                    tags.append(tag)
                    depth += 1
                    around.append(around[-1] if inline and depth > 1 else depth)
                    if name == "a":
                        links += 1
                elif name == "img":
                    picture = around[-1]
            if not text:
                continue
            if text.isspace():
                if pieces:
                    pieces.append(" ")
                continue
            if breaks > 1 or around[-1] != place:
                self._close()
                place = around[-1]
            breaks = 0
            pieces.append(text)
            if links:
                self.linked += len(text.strip())
            if self.element is None and not (links and _is_menu(text, tags[place - 1])):
                self.element = self._element(place)
                self.pictured = picture == place
        self._close()

    def _element(self, depth: int) -> Element:
        """Make the element of the start tag at `depth`, and those around it, where they are new."""
        known = self.known
        while len(known) < depth:
            parent = known[-1] if known else None
            if parent is None or parent.depth < MAX_DEPTH:
                parent = _element_of(self.tags[len(known)], parent)
                self.elements.append(parent)
            known.append(parent)
        return known[depth - 1]

    def _close(self) -> int:
        """End the block being gathered; give no place for the next one."""
        if self.element is not None and len(self.blocks) < MAX_BLOCKS:
            text = tidy(_unescaped("".join(self.pieces)))
            if text:
                self.blocks.append(
                    Block(
                        len(self.blocks), text, self.element, min(1.0, self.linked / len(text)), pictured=self.pictured
                    )
                )
        self.element = None
        self.pieces.clear()
        self.linked = 0
        return 0


def _is_menu(text: str, tag: str) -> bool:
    """Say whether linked text looks like an entry of a menu: short, and no heading."""
    return len(text) < SHORT_LINK and tag[0] != "h"


def _element_of(tag: str, parent: Element | None) -> Element:
    """Read what matters of a start tag."""
    if parent is None:
        return Element(tag.partition(" ")[0])
    return Element(tag.partition(" ")[0], *_attributes(tag), parent, parent.depth + 1)


@lru_cache(maxsize=4096)
def _attributes(tag: str) -> tuple[str, bool, str]:
    """Read what matters of a start tag as serialised: class and id, whether it is hidden, itemprop."""
    if " " not in tag:
        return "", False, ""
    style = _value(tag, " style=")
    hidden = (
        ' hidden="' in tag or ' aria-hidden="true"' in tag or (style != "" and HIDDEN_STYLE.search(style) is not None)
    )
    name = f"{_value(tag, ' class=')} {_value(tag, ' id=')}".strip()
    return _unescaped(name), hidden, _value(tag, " itemprop=")


def _value(tag: str, key: str) -> str:
    """Give an attribute's value, empty where it is not there; `"` stands nowhere in the tag but around values."""
    return tag.partition(f'{key}"')[2].partition('"')[0] if key in tag else ""


def _unescaped(text: str) -> str:
    """Resolve the references that a serialised page has."""
    if "&" not in text:
        return text
    for reference, character in (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(reference, character)
    return text
