"""An alert: one story mailed at once to one reader, with what it is there for, rendered by hand-written templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from processing.digest.cards import CardWords
from processing.digest.letters import Parts
from processing.digest.links import Links
from processing.digest.mail_parts import html_part, text_part
from processing.digest.plain import plain, shorten, shorten_headline
from processing.digest.telling import PREHEADER, SUBJECT
from processing.digest.words import Words
from processing.model import Card, Condition, Coverage, Edition, Series
from processing.templating import labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a reader is told at once, and why."""

    card: Card
    series: Series
    """The reader's language, zone, topics and watched entities."""
    at: datetime
    searches: tuple[str, ...]
    """The reader's saved searches that found it; empty where only its weight did."""
    threshold: int | None
    a_day: int
    quiet: bool
    """Whether the reader has quiet hours."""


def render_alert(alert: Alert, links: Links) -> Parts:
    """Render an alert's subject, text and HTML; the same alert and links give the same bytes."""
    told = _told(alert, links)
    return Parts(
        subject=text_part("alert", told, "subject.txt").strip(),
        text=text_part("alert", told),
        html=html_part("alert", told, looks="digest"),
    )


def _told(alert: Alert, links: Links) -> dict[str, Any]:
    """Give what the templates speak of."""
    words, card = Words(alert.series), alert.card
    cards = CardWords(_around(alert), words)
    say = _Say(alert.series.language)
    return {
        "language": alert.series.language,
        "subject": shorten_headline(card.headline.title, SUBJECT),
        "preheader": shorten(
            " ".join(extract.text for extract in card.summary) or _why(alert, cards, say), PREHEADER[1]
        ),
        "card": card,
        "cards": cards,
        "kicker": f"{cards.kicker(card)} · {cards.outlet(card.headline)}",
        "why": _why(alert, cards, say),
        "status": cards.status(card),
        "carried": f"{say('alert.carriers')}: {', '.join(map(cards.outlet, cards.carriers(card)))}"
        + (f"; {cards.further(card)}." if cards.further(card) else "."),
        "because": _because(alert, say),
        "date": words.date(alert.at),
        "time": words.time(alert.at),
        "story_page": links.story(card.story),
        "links": links,
        "say": say,
    }


class _Say:
    """Says a label with its places filled."""

    def __init__(self, language: str) -> None:
        self._labels = labels("alert", language)

    def __call__(self, name: str, /, **values: str | int) -> str:
        section, key = name.split(".")
        return str(self._labels[section][key]).format_map(values)


def _why(alert: Alert, cards: CardWords, say: _Say) -> str:
    """Say which saved words found the story, then what its weight is made of."""
    told = f"{cards.why(alert.card)} {cards.weight(alert.card)}"
    if not alert.searches:
        return told
    found = say("alert.matched", searches=", ".join(f"“{plain(words)}”" for words in alert.searches))
    return f"{found}; {told}"


def _because(alert: Alert, say: _Say) -> str:
    first = say("alert.because_search") if alert.searches else say("alert.because_weight", weight=alert.threshold or 1)
    return f"{first} {say('alert.limit' if alert.quiet else 'alert.limit_always', count=alert.a_day)}"


def _around(alert: Alert) -> Edition:
    """Give the edition of one story that an alert is, for what says its words."""
    return Edition(
        series=alert.series,
        cutoff=alert.at,
        previous_cutoff=None,
        condition=Condition.NORMAL,
        new=(alert.card,),
        developing=(),
        also_seen=(),
        new_count=1,
        developing_count=0,
        coverage=Coverage(articles=0, outlets=0, healthy=0),
        trend=(),
        carriers=(),
        topics=(),
        shown={},
    )
