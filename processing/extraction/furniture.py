"""Which parts of a page are furniture (menus, teasers, captions, consent banners), told from tags, class names and how much prose they hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from processing.extraction.blocks import HEADINGS, Block, Element, Layout

TAGS = frozenset({"aside", "footer", "figcaption", "figure", "form", "menu"})

_ALWAYS = (
    r"comments?(?!ary)|disqus\w*|cookies?|consent|privacy|gdpr|onetrust|foot|footer|newsletters?|related|recommend\w*|"
    r"recirc\w*|most-?(?:read|popular|viewed)|popular|trending|taboola|outbrain|also-like"
)
_USUALLY = (
    r"captions?|promos?|promoted|promobox|sidebar|side-bar|subscri\w+|sign-?up|shar(?:e|es|ing|ebar)|social\w*|widget|"
    r"popup|pop-up|modal|tooltip|breadcrumbs?|bylines?|authors?|bio|disclaimer|copyright|advert\w*|ads?|sponsor\w*|"
    r"read-?more|read-?also|baca-?juga|more-on|more-from|more-stories|next-up|up-next|read-next|similar|teasers?|"
    r"tags|tag-?list|meta|metadata|credits?|attribution|legend|carousel\w*|slideshow|gallery-caption|lightbox|toolbar|"
    r"menu|nav|navbar|navigation|pagination|pager|login|donat\w+|support|offer\w*|upsell|gate|piano\w*|affiliate|shop|"
    r"store|deals?|product\w*|poll|survey|ratings?|faq|toc|infobox|factbox|fact-box|kicker|timestamp|dates?|published|"
    r"updated|imprint|correction|notification|app-?download|mailing\w*|bookmark\w*|outro|terms|inject\w*|player|"
    r"video-?\w*|twitter-tweet|tweet|instagram-media|tiktok-embed|fb-post|hidden|d-none|print|print-only|sr-only|"
    r"screen-reader\w*|visually-?hidden"
)
_CAMEL = r"[a-z](?:Related|Recommend|Newsletter|Comments?|Caption|Promo|Share|Footer|Sidebar|Byline)"

ALWAYS = re.compile(rf"(?:^|[\s_-])(?:{_ALWAYS})(?=$|[\s_-])", re.IGNORECASE)
"""Words in class and id of what is not the article however much text it holds."""
NAMES = re.compile(rf"(?:^|[\s_-])(?i:{_ALWAYS}|{_USUALLY})(?=$|[\s_-])|{_CAMEL}")
"""Words in class and id of what is not the article, unless it holds a good part of the page's prose."""

SENTENCE_END = re.compile(r"[.!?…:;\"”’'»)\]。！？」』]$")
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

NAMED_SHARE = 0.35
"""Share of the page's prose from which a name such as `sidebar` is no longer believed. On the five public sets
anything from .25 to .4 gives the same body F1 within .001."""
TAG_SHARE = 0.5
LONGEST_TEASER = 600
FEWEST_TEASERS = 3
SHORT_PAGE = 150
"""Characters of prose under which too much has been dropped, and the next, milder judgement is tried."""

Known = Callable[[Block], bool]
"""Whether the page's own structured data vouches for a block."""


def weigh(block: Block) -> float:
    """Give how much prose `block` is: its characters, less for links and list items, none for headings and labels."""
    length = float(len(block.text))
    if block.tag in HEADINGS or block.linked > 0.5:  # noqa: PLR2004 (more link than text)
        return 0.0
    if length < 80 and DENSE.search(block.text):  # noqa: PLR2004
        length *= 2.5  # Chinese, Japanese and Korean say as much in fewer characters
    if length < 40 or (length < 80 and not SENTENCE_END.search(block.text)):  # noqa: PLR2004
        return 0.0
    return float(length * (1 - block.linked) ** 2 * (0.5 if block.tag == "li" else 1))


def drop_furniture(layout: Layout, known: Known, leniency: int = 0) -> None:
    """Mark the layout's furniture, and leave prose weights on the rest.

    Where that leaves next to nothing, names are no longer believed (leniency 1), then tags neither (2).
    """
    _weigh_all(layout, known)
    page = layout.elements[0].total
    teasers = _teasers(layout)
    named: dict[str, float] = defaultdict(float)
    for element in layout.elements:
        named[element.name] += element.total
    for element in layout.elements:
        inherited = element.parent is not None and element.parent.dropped
        element.dropped = inherited or element in teasers or _is_furniture(element, page, named[element.name], leniency)
    for block in layout.blocks:
        if block.element.dropped:
            block.weight = 0.0
    _total(layout)
    left = layout.elements[0].total
    if leniency < 2 and left < max(SHORT_PAGE, (0.15, 0.02)[leniency] * page):  # noqa: PLR2004
        drop_furniture(layout, known, leniency + 1)


def _teasers(layout: Layout) -> set[Element]:
    """Give the boxes of a list of other articles: each holds a linked headline and a few words of prose."""
    boxes: dict[tuple[str, str], set[Element]] = defaultdict(set)
    for block in layout.blocks:
        if block.tag in HEADINGS and block.linked > 0.8:  # noqa: PLR2004 (all of it)
            box = next((element for element in block.element.chain() if element.total), None)
            if box is not None and box.total <= LONGEST_TEASER:
                boxes[box.kind].add(box)
    return {box for alike in boxes.values() if len(alike) >= FEWEST_TEASERS for box in alike}


def _weigh_all(layout: Layout, known: Known) -> None:
    """Weigh every block; what the page vouches for counts three times."""
    for block in layout.blocks:
        block.weight = weigh(block)
        if block.weight and known(block):
            block.weight *= 3
    _total(layout)


def _total(layout: Layout) -> None:
    """Sum the blocks' weights up the tree."""
    for element in layout.elements:
        element.weight = element.total = 0.0
    for block in layout.blocks:
        block.element.weight += block.weight
    for element in reversed(layout.elements):
        element.total += element.weight
        if element.parent is not None:
            element.parent.total += element.total


def _is_furniture(element: Element, page: float, named: float, leniency: int) -> bool:
    """Judge one element by tag, by name (`named`: prose under all elements of the same name) and by whether it shows."""
    if leniency < 2 and element.tag in TAGS and element.total < TAG_SHARE * page:  # noqa: PLR2004
        return True
    if element.hidden and element.total < TAG_SHARE * page:
        return True
    strength = _suspicion(element.name) if element.name else 0
    if strength == 1 and element.tag in HEADINGS:
        return False  # ids of headings are made of their words
    if strength == 2 and named < 0.9 * page:  # noqa: PLR2004
        return leniency < 2  # noqa: PLR2004
    return strength > 0 and leniency < 1 and named < NAMED_SHARE * page


@lru_cache(maxsize=8192)
def _suspicion(name: str) -> int:
    """Give how surely a class and id name furniture: 0 not, 1 usually, 2 always."""
    return 2 if ALWAYS.search(name) else 1 if NAMES.search(name) else 0
