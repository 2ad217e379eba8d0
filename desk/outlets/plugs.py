"""What stands inside an article's container and is not the article: lists of other articles, and lines that announce one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from desk.outlets.samples import Sample, modules, stable
from processing.cleaning.text import tidy
from processing.model import Article, Outlet, PageRules

LEAST_PAGES = 2
"""Pages that show an element or a label before it is taken for the outlet's habit."""
LINKED = 0.4
"""Share of an element's text in links to articles from which it is a plug, where it has one link alone."""
LABEL = re.compile(r"^(?P<label>[^\W\d_]{3,}(?: [^\W\d_]+){0,2})\s*:\s+\S.*[^.!?…\"”'’):;,]$")
"""A label and a headline: what a person says, or a sentence, ends otherwise."""
LONGEST_LABELLED = 180


def plugs(samples: Sequence[Sample], rules: PageRules, outlet: Outlet) -> tuple[str, ...]:
    """Name the elements inside the body that hold links to other articles of the outlet and little else, outermost first."""
    counted: Counter[str] = Counter()
    spoiled: set[str] = set()
    depths: dict[str, int] = defaultdict(lambda: 99)
    for sample in samples:
        for root in _roots(sample.whole, rules):
            links = _links(root, outlet, sample.page.url)
            for depth, selector in {found for link in links for found in _around(link, root)}:
                counted[selector] += 1
                depths[selector] = min(depths[selector], depth)
    for sample in samples:
        for root in _roots(sample.whole, rules):
            spoiled.update(s for s in counted if not all(_is_plug(n, outlet, sample.page.url) for n in root.css(s)))
    good = [s for s, count in counted.items() if count >= LEAST_PAGES and s not in spoiled]
    return tuple(_needed(samples, rules, sorted(good, key=lambda s: (depths[s], -counted[s], s))))


def labels(articles: Sequence[Article]) -> list[str]:
    """Give patterns of labels (`Simak juga:`) that open short lines, which are no sentences, on several pages."""
    counted = Counter(label for article in articles for label in {_label(text) for text in article.paragraphs} - {""})
    kept = sorted(label for label, count in counted.items() if count >= LEAST_PAGES)
    return [rf"^{re.escape(label)}\s*:".replace(r"\ ", " ") for label in kept]


def _label(paragraph: str) -> str:
    """Give the label of a short line that is a label and a headline; empty for anything else."""
    match = LABEL.match(paragraph) if len(paragraph) <= LONGEST_LABELLED else None
    return match["label"] if match else ""


def _needed(samples: Sequence[Sample], rules: PageRules, selectors: Sequence[str]) -> Iterator[str]:
    """Leave out selectors of what stands inside elements that are taken out already."""
    trees = [sample.tree for sample in samples]
    for selector in selectors:
        found = [node for tree in trees for root in _roots(tree, rules) for node in root.css(selector)]
        if found:
            yield selector
        for node in found:
            node.decompose()


def _roots(tree: LexborHTMLParser, rules: PageRules) -> list[LexborNode]:
    return next((found for selector in rules.body if (found := tree.css(selector))), [])


def _links(node: LexborNode, outlet: Outlet, base: str) -> list[LexborNode]:
    """Give an element's links to articles of the outlet."""
    return [
        link for link in node.css("a[href]") if re.match(outlet.article, urljoin(base, link.attributes["href"] or ""))
    ]


def _around(link: LexborNode, root: LexborNode) -> Iterator[tuple[int, str]]:
    """Name the elements between a body and a link in it, each with how deep it stands."""
    chain: list[LexborNode] = []
    node = link.parent
    while node is not None and node.mem_id != root.mem_id:
        chain.append(node)
        node = node.parent
    for depth, around in enumerate(reversed(chain)):
        words = (around.attributes.get("class") or "").split()
        yield from ((depth, selector) for selector in (*(f".{name}" for name in stable(words)), *modules(words)))


def _is_plug(node: LexborNode, outlet: Outlet, base: str) -> bool:
    """Say whether an element is about other articles: several links to such, or one that is much of what it says."""
    links = _links(node, outlet, base)
    linked = sum(len(tidy(link.text())) for link in links)
    return len(links) > 1 or bool(links and linked >= LINKED * len(tidy(node.text())))
