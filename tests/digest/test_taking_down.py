"""An edition without an article that was taken down: no word or link of it is left, and what others told stays."""

from dataclasses import replace

from digest_samples import CORRECTIONS, ordinary, web_links

from processing.digest.render import render
from processing.digest.taking_down import TakenDown, without
from processing.model import Condition, Reference
from processing.model.codec import to_json


def taken(reference: Reference, article: int = 0) -> TakenDown:
    """Make the article that a reference leads to one that was taken down."""
    return TakenDown(
        article=article, url=reference.url or "", outlet=reference.outlet, titles=frozenset({reference.title})
    )


def test_nothing_of_it_is_left_and_another_outlet_tells_the_story():
    """Headline, sentences and link go from content and parts; the story stays under another's headline."""
    edition = ordinary()
    card = next(card for card in edition.new if len(card.carriers) > 2)
    left = without(edition, taken(card.headline))
    told = next(one for one in left.new if one.story == card.story)
    assert told.headline in card.carriers
    assert told.headline.outlet != card.headline.outlet
    assert (told.newsrooms, told.weight, told.reasons) == (card.newsrooms, card.weight, card.reasons)
    parts = render(left, web_links(left))
    for text in (to_json(left), parts.subject, parts.text, parts.html):
        assert card.headline.url not in text
        assert card.headline.title not in text
    assert [one for one in left.cards if one.story != card.story] == [
        one for one in edition.cards if one.story != card.story
    ]


def test_a_story_that_nobody_else_carried_goes():
    """Its card is gone, and so is what stood there as a title alone."""
    edition = ordinary()
    alone = next(card for card in edition.cards if len(card.carriers) == 1)
    assert alone.story not in {card.story for card in without(edition, taken(alone.headline)).cards}
    mention = edition.also_seen[0]
    assert mention not in without(edition, taken(mention.headline)).also_seen


def test_a_correction_of_it_goes():
    """By its link, or, of one that its outlet withdrew, by outlet and headline; the article is known of no more."""
    edition = replace(ordinary(), corrections=CORRECTIONS)
    for correction, other in (CORRECTIONS, reversed(CORRECTIONS)):
        assert without(edition, taken(correction.headline)).corrections == (other,)
    story, articles = next(iter(edition.shown.items()))
    left = without(edition, taken(CORRECTIONS[0].headline, articles[0]))
    assert left.shown[story] == articles[1:]


def test_a_day_of_which_nothing_is_left_is_a_quiet_one():
    """An edition of one story that goes is told, and rendered, as a quiet day's."""
    edition = ordinary()
    card = next(card for card in edition.new if len(card.carriers) == 1)
    left = without(replace(edition, new=(card,), developing=(), also_seen=()), taken(card.headline))
    assert (left.cards, left.condition) == ((), Condition.QUIET)
    assert card.headline.title not in render(left, web_links(left)).text


def test_others_are_left_alone():
    """Of an article that an edition does not have, not a byte changes."""
    edition = ordinary()
    other = Reference(title="Lain", url="https://lain.example/1", outlet="Lain", language="id")
    assert without(edition, taken(other)) == edition
