"""The key words of a story say three different things, the most telling first."""

import pytest

from processing.digest.keywords import keywords
from processing.model import Match


def shown(*matches: tuple[str, str, float]) -> tuple[str, ...]:
    """Choose among (term, place, weight)."""
    return keywords(Match(term=term, place=place, weight=weight) for term, place, weight in matches)


@pytest.mark.parametrize(
    ("matches", "terms"),
    [
        (
            [("penjaga pantai", "lead", 2.2), ("kapal penjaga pantai", "lead", 2.2), ("kapal China", "title", 4.8)],
            ("kapal China", "kapal penjaga pantai"),
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
        ([("kapal perang", "title", 3.0), ("perang", "lead", 2.0), ("rudal", "lead", 2.0)], ("kapal perang", "rudal")),
        ([], ()),
    ],
)
def test_terms_that_differ(matches, terms):
    """What is held by another, or shares half of its words, is left out; so are generic terms beside telling ones."""
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
