"""An edition without an article that was taken down: what other outlets told of its stories stays."""

from __future__ import annotations

from dataclasses import dataclass, replace

from processing.digest.plain import safe_link
from processing.model import Card, Condition, Edition, Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """An article that was taken down, by all that an edition may know it by."""

    article: int
    url: str
    outlet: str
    """As people call it."""
    titles: frozenset[str]
    """Every headline that stood over it, as editions print headlines."""

    def stands_in(self, reference: Reference) -> bool:
        """Tell whether a reference leads to it; one without a link is known by its outlet and headline."""
        if reference.url is not None:
            return reference.url in {self.url, safe_link(self.url)}
        return reference.outlet == self.outlet and reference.title in self.titles


def without(edition: Edition, gone: TakenDown) -> Edition:
    """Take an article's headline, sentences and link out of an edition; its counts stay as they were that day.

    A story whose headline it gave is told by the first of the other outlets; one that nobody else carried goes.
    A day of which nothing is left is told as a quiet one.
    """
    left = replace(
        edition,
        new=_cards(edition.new, gone),
        developing=_cards(edition.developing, gone),
        also_seen=tuple(mention for mention in edition.also_seen if not gone.stands_in(mention.headline)),
        corrections=tuple(
            correction
            for correction in edition.corrections
            if not gone.stands_in(correction.headline)
            and not (correction.headline.outlet == gone.outlet and correction.before in gone.titles)
        ),
        shown={
            story: tuple(article for article in articles if article != gone.article)
            for story, articles in edition.shown.items()
        },
    )
    told = left.cards or left.also_seen or left.condition is not Condition.NORMAL
    return left if told else replace(left, condition=Condition.QUIET)


def _cards(cards: tuple[Card, ...], gone: TakenDown) -> tuple[Card, ...]:
    return tuple(left for card in cards if (left := _card(card, gone)))


def _card(card: Card, gone: TakenDown) -> Card | None:
    carriers = tuple(carrier for carrier in card.carriers if not gone.stands_in(carrier))
    headline = card.headline
    if gone.stands_in(headline):
        if not carriers:
            return None
        headline = carriers[0]
    summary = tuple(extract for extract in card.summary if not gone.stands_in(extract.source))
    return replace(card, headline=headline, carriers=carriers, summary=summary)
