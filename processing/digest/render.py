"""Render an edition: the subject, the text part and the HTML part, each from a template of its own."""

from __future__ import annotations

import quopri
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from processing.digest import telling
from processing.digest.cards import CardWords
from processing.digest.links import Links
from processing.digest.mail_parts import html_part, text_part
from processing.digest.words import Words
from processing.model import Edition, Rendered, TrendLine

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
    return Rendered(
        subject=text_part("digest", told, "subject.txt").strip(),
        text=text_part("digest", told),
        html=html_part("digest", told),
        edition=edition,
    )


def _told(edition: Edition, links: Links) -> dict[str, Any]:
    """Give what the templates speak of."""
    words = Words(edition.series)
    lede = telling.lede(edition, words)
    return {
        "edition": edition,
        "language": words.language,
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
    }


def _bars(trend: tuple[TrendLine, ...]) -> list[int]:
    """Give each bar's length in percent of the longest."""
    longest = max((line.articles for line in trend), default=1)
    return [max(2, round(100 * line.articles / longest)) for line in trend]


def _against(line: TrendLine, words: Words) -> str:
    return "" if line.usual is None else words.signed(line.articles - line.usual)
