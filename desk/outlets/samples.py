"""Sample pages: each with what the generic reader makes of it, and its tree for trying selectors on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from processing.errors import Quarantined, Rejected
from processing.extraction import read_pages
from processing.extraction.blocks import without_invisible
from processing.extraction.page import decode, parse
from processing.extraction.rules import first_text
from processing.extraction.visible import value_of
from processing.model import Article, Page

LONGEST = 160
"""Characters of an element that may be a title, byline or date."""
AGREEING = 0.6
"""Share of the samples on which a selector must hold to be proposed."""
STABLE = re.compile(r"^[a-zA-Z][a-zA-Z0-9_-]*$")
HASHED = re.compile(
    r"\d{3}|^(?:css|sc|jsx|svelte)-|[a-z]\d[a-z]|[A-Z]{2}[a-z]|_\w+__\w{5}$|"
    r"^(?:[wh]|[mp][trblxyse]?|flex|items|justify|grid|gap|whitespace|font|bg|border|rounded|space|col|lrv-u)-|"
    r"^text-(?:xs|sm|base|lg|xl|left|center|right|gray|bold|medium)|^(?:clearfix|row|container|flex|grid)$"
)
"""Names that builders of pages make anew each time, those that number an article, and those that say how it looks."""
MODULE = re.compile(r"^([A-Z][a-zA-Z]*_[a-zA-Z]+__)[\w-]{5}$")
"""A CSS module's name (`Article_body__9f304`): what stands before its hash stays."""


@dataclass(frozen=True)
class Sample:
    """A page of an article, and the article that is read from it without rules."""

    page: Page
    article: Article

    @property
    def tree(self) -> LexborHTMLParser:
        """A fresh tree without scripts and menus: selectors that remove change it."""
        return without_invisible(parse(decode(self.page), self.page.url))

    @cached_property
    def whole(self) -> LexborHTMLParser:
        """A tree for looking only."""
        return self.tree

    @cached_property
    def shorts(self) -> list[tuple[LexborNode, str]]:
        """The elements that say something short, with what they say."""
        body = self.whole.body
        said = ((node, value_of(node)) for node in (body.css("*") if body is not None else ()))
        return [(node, text) for node, text in said if 0 < len(text) <= LONGEST and len(node.text()) <= 2 * LONGEST]


def samples_of(pages: Iterable[Page], *, as_of: datetime) -> tuple[list[Sample], list[str]]:
    """Read pages without rules; gives those that are articles, and why the others are not."""
    samples, refusals = [], []
    for page in pages:
        try:
            samples.append(Sample(page, read_pages([page], None, as_of=as_of)))
        except (Rejected, Quarantined) as refusal:
            refusals.append(f"{page.url}: {refusal}")
    return samples, refusals


def selector_for(
    samples: Sequence[Sample], holds: Callable[[Sample, str], bool], named_like: re.Pattern[str] | None = None
) -> str | None:
    """Propose the selector whose first find holds on most samples, the plainest of those; None where none holds on enough.

    With `named_like` only selectors with such a name in them are tried.
    """
    named = Counter(
        selector
        for sample in samples
        for selector in {s for node, text in sample.shorts if holds(sample, text) for s in selectors(node)}
        if named_like is None or named_like.search(selector)
    )
    best: tuple[int, int, int] | None = None
    chosen = None
    for selector, votes in named.most_common(40):
        if votes < AGREEING * len(samples):
            break
        held = sum(holds(sample, first_text(sample.whole, (selector,))) for sample in samples)
        rank = (held, -selector.count(" "), -len(selector))
        if held >= AGREEING * len(samples) and (best is None or rank > best):
            best, chosen = rank, selector
    return chosen


def selectors(node: LexborNode) -> Iterator[str]:
    """Name an element by itself and by what it stands in, plainest first; names that change from page to page are left out."""
    own = names(node)
    yield from own
    tag = node.tag or ""
    if tag in ("h1", "time", "address"):
        yield tag
    around, direct = node.parent, True
    for _ in range(3):
        if around is None or around.tag in ("body", "html", None):
            return
        for name in names(around)[:2]:
            yield f"{name} > {tag}" if direct else f"{name} {tag}"
            yield from (f"{name} {one}" for one in own[:1])
        around, direct = around.parent, False


def names(node: LexborNode) -> list[str]:
    """Give simple selectors of an element: by its part in structured data, its classes, its id."""
    attributes, tag = node.attributes, node.tag or ""
    role = attributes.get("itemprop")
    found = [f"{tag}[itemprop='{role}']"] if role and STABLE.match(role) else []
    classes = (attributes.get("class") or "").split()
    found += [f"{tag}.{name}" for name in stable(classes)] + [f"{tag}{name}" for name in modules(classes)]
    return found + [f"{tag}#{name}" for name in stable((attributes.get("id") or "").split())]


def stable(words: Iterable[str]) -> list[str]:
    """Leave out names that are no plain CSS, or look made by a machine."""
    return [word for word in words if STABLE.match(word) and not HASHED.search(word) and not MODULE.match(word)]


def modules(words: Iterable[str]) -> list[str]:
    """Give selectors of CSS modules' names, without their hashes."""
    return [f"[class*='{match[1]}']" for word in words if (match := MODULE.match(word))]
