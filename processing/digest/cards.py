"""The sentences of one story's card, the same in the text and in the HTML part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from processing.digest.plain import plain, shorten
from processing.digest.summary import CHARACTERS, HEADLINE
from processing.digest.words import Words
from processing.model import Card, Correction, Edition, Extract, Reference, Standing, Wording

CARRIERS = 4
"""Outlets named; the rest are counted."""

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class CardWords:
    """Says what a card holds, in the words of its edition."""

    edition: Edition
    words: Words

    def kicker(self, card: Card) -> str:
        """Say what stands over the headline: new or developing, on what, and whether outside the reader's topics."""
        new = card.standing is Standing.NEW
        parts = [
            self.words.say("card.new") if new else self.words.say("card.developing", day=card.day),
            *card.topics[:1],
        ]
        return " · ".join([*parts, *([self.words.say("card.outside")] if card.outside else [])])

    def status(self, card: Card) -> str:
        """Say when a new story was first seen, or how much came in on a developing one."""
        if card.standing is Standing.NEW:
            moment = self.words.moment(card.first_seen_at, self.edition.cutoff)
            return _sentence(self.words.say("card.first_seen", moment=moment, outlet=card.first_outlet))
        return _sentence(self.words.say("card.added", count=card.added))

    def why(self, card: Card) -> str:
        """Say all that the weight is made of, the weightiest first."""
        return "; ".join(self.words.say(f"reason.{reason.key}", **reason.values) for reason in card.reasons) + "."

    def mentioned(self, card: Card) -> str:
        """Say whom a story names and which words told its topic, empty where neither is known."""
        parts = [("names", card.entities), ("keywords", card.keywords)]
        return " ".join(_sentence(self.words.say(f"card.{key}", terms=", ".join(told))) for key, told in parts if told)

    def reworded(self, card: Card) -> str:
        """Say what a language model did to the card's sentences, empty where they are the article's own."""
        done = {extract.wording for extract in card.summary} - {Wording.OWN}
        return " ".join(self.words.say(f"card.{wording}") for wording in sorted(done))

    def weight(self, card: Card) -> str:
        """Say the weight, the word first: Important (weight 3/5)."""
        word = self.words.say(f"weight.{card.weight}")
        return _sentence(f"{word} ({self.words.say('card.weight', weight=card.weight)})")

    def corrected(self, one: Correction) -> Iterator[str]:
        """Say what readers were told of an article that its outlet has corrected or withdrawn."""
        before = shorten(plain(one.before), HEADLINE)
        if before not in ("", one.headline.title):
            yield self.words.say("correction.before", headline=before)
        if one.kind == "withdrawn":
            yield self.words.say("correction.gone")

    def note(self, one: Correction) -> str:
        """Say what changed, in the article's own words; empty where it does not say."""
        return shorten(plain(one.note), CHARACTERS)

    def carriers(self, card: Card) -> tuple[Reference, ...]:
        """Give the articles that are named as carrying the story."""
        return card.carriers[:CARRIERS]

    def further(self, card: Card) -> str:
        """Say what follows the carriers' names: how many more there are, and which of them count as one newsroom."""
        more = len(card.carriers) - CARRIERS
        parts = [self.words.say("card.more", count=more)] if more > 0 else []
        if card.origin:
            parts.append(self.words.say("card.origin", source=card.origin))
        elif card.folded:
            parts.append(self.words.say("card.folded", source=card.folded.source, count=card.folded.outlets))
        return "; ".join(parts)

    def outlet(self, reference: Reference) -> str:
        """Name an outlet, with its language where it is not the reader's, and a mark where a state owns it."""
        marks = [] if self.at_home(reference) else [self.language(reference)]
        marks += [self.words.say("card.state_media")] if reference.state_media else []
        return f"{reference.outlet} ({', '.join(marks)})" if marks else reference.outlet

    def language(self, reference: Reference) -> str:
        """Say what language an article is in."""
        return self.words.say("card.language", language=self.words.language_name(reference.language))

    def at_home(self, reference: Reference) -> bool:
        """Tell whether an article is in the reader's language, or in none that we know."""
        return self.words.at_home(reference.language)

    def attributes(self, reference: Reference) -> dict[str, str]:
        """Give the HTML attributes of a text of this article: its language, and its direction where that is unusual."""
        if self.at_home(reference):
            return {}
        direction = {"dir": "rtl"} if reference.language in RIGHT_TO_LEFT else {}
        return {"lang": reference.language, **direction}

    def attributes_of(self, extract: Extract) -> dict[str, str]:
        """Give the HTML attributes of a card's sentences: those of their article, unless they were translated."""
        return {} if extract.wording is Wording.TRANSLATED else self.attributes(extract.source)

    def elsewhere(self, card: Card) -> bool:
        """Tell whether a card quotes an article other than the one its headline leads to."""
        return any(extract.source.url != card.headline.url for extract in card.summary)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
