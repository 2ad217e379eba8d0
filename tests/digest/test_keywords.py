"""The key words of a story say three different things, the most telling first."""

import pytest
from digest_samples import article

from processing.digest.keywords import keywords
from processing.digest.ranking import key_terms
from processing.entities import find_entities
from processing.model import Match, TopicTag


def shown(*matches: tuple[str, str, float]) -> tuple[str, ...]:
    """Choose among (term, place, weight)."""
    return keywords(Match(term=term, place=place, weight=weight) for term, place, weight in matches)


@pytest.mark.parametrize(
    ("matches", "terms"),
    [
        (
            [("penjaga pantai", "lead", 2.2), ("kapal penjaga pantai", "lead", 2.2), ("kapal China", "title", 4.8)],
            ("kapal China", "penjaga pantai"),
        ),
        ([("kudeta", "title", 5.2), ("upaya kudeta", "lead", 1.8), ("junta", "lead", 1.8)], ("kudeta", "junta")),
        (
            [("Kementerian Luar Negeri", "lead", 2.2), ("menteri luar negeri", "lead", 1.8)],
            ("Kementerian Luar Negeri",),
        ),
        ([("coast guard", "title", 3.0), ("Coast Guard", "lead", 1.8)], ("coast guard",)),
        ([("Natuna", "title", 3.0), ("ship", "title", 0.88), ("shoal", "lead", 0.9)], ("Natuna", "shoal")),
        ([("ship", "title", 0.88), ("sea", "body", 0.07)], ("ship",)),
        ([("jatuhkan sanksi", "title", 3.0), ("menjatuhkan sanksi", "lead", 2.0)], ("jatuhkan sanksi",)),
        ([("coup attempt", "title", 3.0), ("attempted coup", "lead", 2.0)], ("coup attempt",)),
        ([("kapal perang", "title", 3.0), ("perang", "lead", 2.0), ("rudal", "lead", 2.0)], ("kapal perang", "rudal")),
        ([], ()),
    ],
)
def test_terms_that_differ(matches, terms):
    """What shares half of its words with another, is left out; so are generic terms beside telling ones."""
    assert shown(*matches) == terms
    assert shown(*reversed(matches)) == terms


def test_at_most_three_a_headlines_first():
    """A term of the headline leads one of the lead that weighs more; of equals the longer, then the alphabet."""
    terms = shown(("a", "lead", 4.0), ("b", "title", 1.5), ("c d", "lead", 3.0), ("e", "lead", 3.0), ("f", "lead", 2.0))
    assert terms == ("b", "a", "c d")


def test_what_readers_see_named_beside_them_is_left_out():
    """Whole names alone: a key word may hold one."""
    told = [Match(term=term, place="lead", weight=2.0) for term in ("Bakamla", "Korut", "kapal Bakamla")]
    assert keywords(told, frozenset({"bakamla", "korut"})) == ("kapal Bakamla",)


def test_a_part_of_a_body_that_is_named_says_no_more():
    """Densus beside Densus 88; a kind of ship does, though a ship's name has it, and so does what holds a name."""
    told = find_entities("", "Densus 88 dan Arrowhead 140.", "id").entities
    evidence = tuple(
        Match(term=term, place="lead", weight=weight)
        for term, weight in (("Densus", 3.0), ("markas Densus 88", 2.0), ("fregat", 1.0))
    )
    one = article("kompas", "Judul", topics=(TopicTag(topic="maritime", parent=None, score=1.0, evidence=evidence),))
    assert key_terms([one], "id", told) == ("markas Densus 88", "fregat")
    assert key_terms([one], "id", ()) == ("Densus", "fregat")
