"""Where the text stands: the container that holds what the generic reader found, and what in it is not the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from statistics import mean

from desk.outlets.plugs import labels, plugs
from desk.outlets.samples import Sample, modules, stable
from processing.errors import PantauError, Rejected
from processing.extraction import read_pages
from processing.extraction.blocks import Element, layout_of
from processing.model import Article, Outlet, PageRules

HOLDS = 0.9
"""Share of the generic reader's text that a container must hold."""
MOST_CONTAINERS = 3
"""Layouts of one outlet's pages (news, opinion, live) that the proposal tells apart."""
GAIN = 0.02
"""Agreement that a further container must add."""
MOST_NAMES = 16
LEAST = 3
"""Articles that rules are proposed from, and frozen cases that an outlet must have."""
OPENING = 40
"""Characters by which a paragraph is known again in the page."""


def agreement(one: Sequence[str], other: Sequence[str]) -> float:
    """Give the F1 (0 to 1) of the words of two bodies."""
    left, right = (Counter(" ".join(body).split()) for body in (one, other))
    common = (left & right).total()
    return 2 * common / (left.total() + right.total()) if common else 0.0


def read_by_rules(sample: Sample, outlet: Outlet, as_of: datetime) -> Article | None:
    """Read a sample by an outlet's rules; None where it is rejected, or the rules do not find the body."""
    try:
        article = read_pages([sample.page], outlet, as_of=as_of)
    except Rejected:
        return None
    return article if article.read_by.get("body") == "rules" else None


def fit(samples: Sequence[Sample], outlet: Outlet, as_of: datetime) -> float:
    """Give how well the rules' bodies agree with the generic reader's, on average (0 to 1)."""
    articles = [(sample, read_by_rules(sample, outlet, as_of)) for sample in samples]
    return mean(agreement(found.paragraphs, sample.article.paragraphs) if found else 0.0 for sample, found in articles)


def body_rules(samples: Sequence[Sample], outlet: Outlet, as_of: datetime) -> tuple[PageRules | None, float]:
    """Propose where the body is and what to leave out; gives the rules and how well they agree with the generic reader."""
    samples = _without_repeats(samples)
    best = 0.0
    chosen: tuple[str, ...] = ()
    while len(chosen) < MOST_CONTAINERS:
        tried: list[tuple[str, ...]] = [(*chosen, selector) for selector in _containers(samples)]
        tried += [(selector, *chosen) for selector in _containers(samples) if chosen]
        reached, container = max(
            ((_reach(samples, outlet, each, as_of), each) for each in tried),
            key=lambda pair: pair[0],
            default=(0.0, chosen),
        )
        if reached < best + GAIN:
            break
        best, chosen = reached, container
    if not chosen:
        return None, 0.0
    return _without_furniture(samples, outlet, PageRules(body=chosen), best, as_of)


def _reach(samples: Sequence[Sample], outlet: Outlet, body: tuple[str, ...], as_of: datetime) -> float:
    """Give how well these containers fit."""
    return round(fit(samples, replace(outlet, rules=(PageRules(body=body),)), as_of), 3)


def _containers(samples: Sequence[Sample]) -> list[str]:
    """Name the elements that hold the text, those that most samples have first."""
    named = Counter(selector for sample in samples for selector in dict.fromkeys(_container_names(sample)))
    return [selector for selector, _ in named.most_common(MOST_NAMES)]


def _container_names(sample: Sample) -> Iterator[str]:
    """Name the inmost element around nearly all of the text, and the two around that."""
    inmost = _container(sample)
    for around in list(inmost.chain())[:3] if inmost else ():
        if around.tag in ("body", "html"):
            return
        if around.role == "articleBody":
            yield f"{around.tag}[itemprop='articleBody']"
        for name in stable(around.name.split()):
            yield from (f"{around.tag}.{name}", f"{around.tag}#{name}")
        yield from (f"{around.tag}{name}" for name in modules(around.name.split()))
        if around.tag in ("article", "main"):
            yield around.tag
        if around.parent:
            yield from (f"{around.parent.tag}.{name} > {around.tag}" for name in stable(around.parent.name.split()))


def _container(sample: Sample) -> Element | None:
    """Find that element: the deepest that holds enough of the paragraphs."""
    openings = {paragraph[:OPENING] for paragraph in sample.article.paragraphs}
    held: Counter[Element] = Counter()
    total = 0
    body = sample.whole.body
    for block in layout_of(body).blocks if body is not None else ():
        if any(opening in block.text for opening in openings):
            total += len(block.text)
            held.update(dict.fromkeys(block.element.chain(), len(block.text)))
    enough = [around for around, length in held.items() if length >= HOLDS * total and around.tag != "p"]
    return max(enough, key=lambda around: around.depth, default=None)


def _without_furniture(
    samples: Sequence[Sample], outlet: Outlet, rules: PageRules, reached: float, as_of: datetime
) -> tuple[PageRules, float]:
    """Take out plugs for other articles; then add what to remove and to drop, one at a time, as long as the bodies agree no less."""
    rules = replace(rules, remove=plugs(samples, rules, outlet))
    reached = round(fit(samples, replace(outlet, rules=(rules,)), as_of), 3)
    extras = _extras(samples, replace(outlet, rules=(rules,)), as_of)
    for selector in _around(samples, rules, extras):
        tried = replace(rules, remove=(*rules.remove, selector))
        if (now := round(fit(samples, replace(outlet, rules=(tried,)), as_of), 3)) > reached:
            rules, reached = tried, now
    for pattern in _drops(samples, replace(outlet, rules=(rules,)), as_of):
        rules = replace(rules, drop=(*rules.drop, pattern))
    return rules, max(reached, round(fit(samples, replace(outlet, rules=(rules,)), as_of), 3))


def _extras(samples: Sequence[Sample], outlet: Outlet, as_of: datetime) -> list[set[str]]:
    """Give, for each sample, the paragraphs that the rules find and the generic reader does not."""
    found = [(sample, read_by_rules(sample, outlet, as_of)) for sample in samples]
    return [set(got.paragraphs if got else ()) - set(sample.article.paragraphs) for sample, got in found]


def _around(samples: Sequence[Sample], rules: PageRules, extras: Sequence[set[str]]) -> list[str]:
    """Name the elements inside the container that such paragraphs stand in, the commonest first."""
    named: Counter[str] = Counter()
    for sample, texts in zip(samples, extras, strict=True):
        roots = next((found for selector in rules.body if (found := sample.whole.css(selector))), [])
        blocks = [block for root in roots for block in layout_of(root).blocks if block.text in texts]
        named.update(
            {
                name
                for block in blocks
                for e in list(block.element.chain())[:-1]
                for name in (*(f".{word}" for word in stable(e.name.split())), *modules(e.name.split()))
            }
        )
    return [selector for selector, _ in named.most_common(10)]


def _drops(samples: Sequence[Sample], outlet: Outlet, as_of: datetime) -> list[str]:
    """Give patterns of the paragraphs that several articles still share."""
    read = [article for sample in samples if (article := read_by_rules(sample, outlet, as_of))]
    alike = [rf"^{re.escape(paragraph[:60]).replace(chr(92) + ' ', ' ')}" for paragraph in sorted(_repeated(read))]
    return alike + labels(read)


def _without_repeats(samples: Sequence[Sample]) -> list[Sample]:
    """Take out what the generic reader found on several pages alike."""
    furniture = _repeated([sample.article for sample in samples])
    kept = [tuple(text for text in sample.article.paragraphs if text not in furniture) for sample in samples]
    return [
        Sample(sample.page, replace(sample.article, paragraphs=own or sample.article.paragraphs))
        for sample, own in zip(samples, kept, strict=True)
    ]


def _repeated(articles: Sequence[Article]) -> set[str]:
    """Give the paragraphs that half of the articles share: no two articles say the same."""
    counted = Counter(paragraph for article in articles for paragraph in set(article.paragraphs))
    return {paragraph for paragraph, count in counted.items() if count > 1 and count >= len(articles) / 2}


def check_samples(samples: Sequence[Sample]) -> None:
    """Raise PantauError where there are too few articles to propose anything from."""
    if len(samples) < LEAST:
        raise PantauError(
            f"Only {len(samples)} of the pages fetched could be read as articles, and rules need {LEAST}: "
            "give the address of a desk of the outlet (such as its world news) instead of its front page."
        )
