"""Stories that begin apart and prove to be one: what merges them, what keeps them apart, and where their ids lead."""

from datetime import UTC, datetime, timedelta

import pytest
from tellings import BOTH, FISHERS, SHIP

from processing.joining import TOGETHER, plan
from processing.model import Arrival, Placed
from processing.stories import Grouper, Redirects, clock, grouped
from processing.stories.candidates import Candidates
from processing.stories.weights import ODDS, likelihood

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)

BUDGET = (
    "DPR bahas anggaran alutsista tahun depan",
    (
        "Komisi I DPR membahas rencana anggaran pertahanan bersama Kementerian Pertahanan. Pembelian pesawat tempur dan"
        " radar menjadi pokok pembahasan, sementara pagu belanja modal masih diperdebatkan oleh fraksi."
    ),
)
SHIP_RETOLD = (
    "Bakamla bayangi kapal penjaga pantai asing",
    (
        "KN Tanjung Datu membayangi kapal penjaga pantai asing di Laut Natuna Utara selama empat belas jam. Panggilan radio"
        " tidak dijawab kapal yang memasuki zona ekonomi eksklusif itu, kata Bakamla."
    ),
)


def arrival(id_: str, told: tuple[str, str], hours: float = 0) -> Arrival:
    """Give an article as it arrives, some hours after noon."""
    return Arrival(id=id_, title=told[0], text=told[1], at=NOON + timedelta(hours=hours), language="id")


def three(grouper: Grouper, last: tuple[str, str] = BOTH) -> tuple[str, ...]:
    """Let two tellings begin apart, and give what a last article shows to be one with its story."""
    assert [grouper.add(arrival(str(n), told)).story for n, told in enumerate((SHIP, BUDGET, FISHERS))] == [
        "0",
        "1",
        "2",
    ]
    given = grouper.add(arrival("3", last, 1))
    assert given.story not in given.merged
    return (given.story, *given.merged)


def test_an_article_that_tells_both_makes_two_stories_one():
    """What the navy and what the fishermen told begins apart; the article that tells both joins them, and nothing else."""
    assert sorted(three(Grouper())) == ["0", "2"]
    assert three(Grouper(), BUDGET) == ("1",)


def test_a_merged_story_takes_what_comes_after_and_what_copies_it():
    """By the words of either part, under the one id; copies of what was merged in have it too."""
    grouper = Grouper()
    story, _ = three(grouper)
    assert grouper.add(arrival("4", SHIP_RETOLD, 2)).story == story
    for number, told in enumerate((SHIP, FISHERS), 5):
        copy = grouper.add(arrival(str(number), (told[0], f"Ranai. {told[1]}"), 3))
        assert (copy.story, copy.duplicate_of) == (story, "0" if told is SHIP else "2")
    assert grouper.held()["stories"] == 2


def test_what_a_person_parted_is_never_merged():
    """Neither at once nor by way of another story that took one of them in."""
    assert three(Grouper(apart=[{"0", "2"}])) == ("2",)
    grouper = Grouper(apart=[{"gone", "2"}])
    grouper._now.lead(("gone",), "0")
    assert three(grouper) == ("2",)


def test_all_articles_of_merged_stories_are_told_under_one_id():
    """Those that were answered before, too."""
    coming = [arrival(str(n), told, n) for n, told in enumerate((SHIP, BUDGET, FISHERS, BOTH))]
    found = grouped(coming, Grouper())
    assert found["0"] == found["2"] == found["3"] != found["1"]


def test_the_mean_article_of_a_story_of_one_is_that_article():
    """So a story of one meets another story as its article would, but for the lightest of its words."""
    grouper = Grouper()
    grouper.add(arrival("0", SHIP))
    weighed = grouper._scales.weigh(arrival("1", SHIP_RETOLD))
    other = Grouper()
    other.restore(arrival("1", SHIP_RETOLD), "1")
    as_story = ODDS.of_story(grouper._told["0"], other._told["1"])
    as_article = ODDS.of_article(grouper._told["0"], weighed.features, "id")
    assert as_story == pytest.approx(as_article, abs=0.5)
    assert likelihood(as_article) > 0.5


def test_merged_ids_are_forgotten_with_their_story(monkeypatch):
    """After weeks in which nobody told it, nothing of it is held, under neither id."""
    monkeypatch.setattr(clock, "BLOCK", 1)
    grouper = Grouper()
    gone = three(grouper)
    grouper.add(arrival("4", BUDGET, 24 * 40))
    assert grouper.held() == {"stories": 1, "texts": 1, "entries": len(grouper._by_words) + len(grouper._by_names)}
    assert grouper.add(arrival("5", BOTH, 24 * 40)).story == "5"
    assert all(grouper._now[id_] == id_ for id_ in gone)


def test_redirects_lead_through_each_other():
    """To the last story however the merges came, and forgetting it frees all that led there."""
    now = Redirects()
    now.lead(["b"], "a")
    now.lead(["d"], "c")
    now.lead(["a"], "c")
    assert [now[id_] for id_ in "abcde"] == ["c", "c", "c", "c", "e"]
    assert now.moved({"a", "e"}) == {"a"}
    assert now.forget({"c"}) == {"a", "b", "d"}
    assert now["a"] == "a"


def test_what_is_found_under_a_merged_story_leads_to_its_successor():
    """Their weights add up, and both are let go together."""
    known = Candidates()
    known.tell("1", {"natuna": 1.0})
    known.tell("2", {"ranai": 0.4})
    known.tell("3", {"ranai": 0.5})
    assert known.near({"natuna": 0.1, "ranai": 1.0}, 1) == ["3"]
    known.lead("2", "1")
    assert known.near({"natuna": 0.2, "ranai": 1.0}, 3) == ["1", "3"]
    known.forget({"1"})
    assert known.near({"natuna": 0.2, "ranai": 1.0}, 3) == ["3"]
    assert len(known) == 1


def placed(number: int, told: tuple[str, str], story: int | None = None) -> Placed:
    """Place an article, one an hour."""
    return Placed(arrival(str(number), told, number), story)


def test_known_stories_are_named_for_merging_and_new_ones_take_a_known_name():
    """With the reason; where a person has parted them, the article joins one and the other stays."""
    known = [placed(0, SHIP, 7), placed(1, FISHERS, 8)]
    decided = plan([*known, placed(2, BOTH)])
    (merge,) = decided.merges
    assert ({merge.story, merge.other}, merge.reason) == ({7, 8}, TOGETHER)
    assert plan([*known, placed(2, BOTH)], apart=[(8, 7)]).merges == ()
    decided = plan([placed(0, SHIP, 7), placed(1, FISHERS), placed(2, BOTH)])
    assert {given.story for given in decided.assignments} == {"story 7"}
    assert decided.merges == ()
