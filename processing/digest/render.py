"""Render an edition: the subject, the text part and the HTML part, each from a template of its own."""

from __future__ import annotations

import quopri
import re
import textwrap
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from processing.digest import telling
from processing.digest.cards import CardWords
from processing.digest.links import Links
from processing.digest.words import TEMPLATES, Words
from processing.model import Edition, Rendered, TrendLine

WIDTH = 72
"""Columns of the text part."""

LARGEST = 80_000
"""Bytes of the HTML part as it travels: Gmail cuts a mail near 102 KB, and the other parts want room too."""


TOKENS = 400
"""Bytes that readers' tokens may add: three links whose tokens are that much longer than what stands for them."""


def render(edition: Edition, links: Links) -> Rendered:
    """Render an edition; what would make it too large for a mailbox is left out, from the end."""
    shorter = list(_shorter_and_shorter(edition))
    whole = _render(shorter[0], links)
    if _fits(whole) or len(shorter) == 1:
        return whole
    first = bisect_left(shorter[1:-1], True, key=lambda candidate: _fits(_render(candidate, links)))
    return _render(shorter[1 + first], links)


def _fits(rendered: Rendered) -> bool:
    return encoded_size(rendered.html) <= LARGEST - TOKENS


def encoded_size(part: str) -> int:
    """Give the bytes of a part in quoted-printable, as it travels."""
    return len(quopri.encodestring(part.encode()))


def _shorter_and_shorter(edition: Edition) -> Iterator[Edition]:
    """Give the edition, then editions that leave out one more story, the last first; one story stays."""
    yield edition
    for part in ("also_seen", "developing", "new"):
        while stories := getattr(edition, part):
            if part == "new" and len(stories) == 1:
                return
            edition = _without(edition, stories[-1].story, **{part: stories[:-1]})
            yield edition


def _without(edition: Edition, story: int, **parts: Any) -> Edition:
    """Leave a story out, so that its readers do not count as having been told of it."""
    shown = {id_: articles for id_, articles in edition.shown.items() if id_ != story}
    return replace(edition, shown=shown, left_out=edition.left_out + 1, **parts)


def _render(edition: Edition, links: Links) -> Rendered:
    told = _told(edition, links)
    html = templates_in(TEMPLATES).get_template("body.html").render(told)
    return Rendered(
        subject=templates_in(TEMPLATES).get_template("subject.txt").render(told).strip(),
        text=_tidy(templates_in(TEMPLATES).get_template("body.txt").render(told)),
        html=inliner(TEMPLATES).inline(_dense(html)) + "\n",
        edition=edition,
    )


def _told(edition: Edition, links: Links) -> dict[str, Any]:
    """Give what the templates speak of."""
    words = Words(edition.series)
    lede = telling.lede(edition, words)
    return {
        "edition": edition,
        "links": links,
        "say": words.say,
        "number": words.number,
        "cards": CardWords(edition, words),
        "subject": telling.subject(edition, words),
        "preheader": telling.preheader(edition, words),
        "lede": lede,
        "counts": telling.counts(edition, words),
        "date": words.date(edition.cutoff),
        "time": words.time(edition.cutoff),
        "health": telling.health(edition, words),
        "problems": telling.problems(edition, words),
        "left_out": words.say("sources.left_out", count=edition.left_out) if edition.left_out else "",
        "caption": telling.caption(edition, words),
        "own_words": telling.own_words(edition, words),
        "why_received": telling.why_received(edition, words),
        "bars": _bars(edition.trend),
        "trend_caption": telling.trend_caption(edition, words),
        "against": [_against(line, words) for line in edition.trend],
        "width": WIDTH,
        "screens": Markup(style_sheet(TEMPLATES, "screens.css")),  # noqa: S704 - our own file
    }


def _bars(trend: tuple[TrendLine, ...]) -> list[int]:
    """Give each bar's length in percent of the longest."""
    longest = max((line.articles for line in trend), default=1)
    return [max(2, round(100 * line.articles / longest)) for line in trend]


def _against(line: TrendLine, words: Words) -> str:
    return "" if line.usual is None else words.signed(line.articles - line.usual)


@cache
def templates_in(folder: Path) -> Environment:
    """Give the templates of a kind of mail, with the filters of its text part."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=lambda name: bool(name and name.endswith(".html")),  # noqa: S701 - on for the HTML templates, by their names
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrap"] = _wrap
    environment.filters["column"] = _column
    return environment


@cache
def inliner(folder: Path) -> CSSInliner:
    """Give what writes the style sheet of a kind of mail into its elements."""
    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=True, extra_css=style_sheet(folder, "style.css"))


@cache
def style_sheet(folder: Path, name: str) -> str:
    """Give one of our style sheets without its comments and indentation."""
    sheet = (folder / name).read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)).strip()


def _wrap(text: str, indent: int = 0, hanging: int | None = None) -> str:
    """Break a text into lines of the bulletin's width, indented; later lines by `hanging` columns."""
    if indent + len(text) <= WIDTH and "\n" not in text:
        return " " * indent + text
    further = " " * (indent if hanging is None else hanging)
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _column(text: str, width: int, side: str = "<") -> str:
    """Set a text into a column, cut to its width."""
    return format(textwrap.shorten(text, width, placeholder="…"), f"{side}{width}")


def _dense(html: str) -> str:
    """Take out the templates' indentation and empty lines."""
    return re.sub(r"\s*\n\s*", "\n", html)


def _tidy(text: str) -> str:
    """Take out spaces at ends of lines, and blank lines beyond two."""
    return re.sub(r"\n{4,}", "\n\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n"
