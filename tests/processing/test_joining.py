"""What late articles do: they join as in-order ones would, show stories to be one, and become the first of their copies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks import late_arrival
from benchmarks.story_measures import b_cubed
from processing.digest.summary import opening
from processing.joining import LATE, plan
from processing.model import Arrival, Assignment, Placed

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)

SHIP = "Kapal penjaga pantai asing memasuki zona ekonomi eksklusif di Laut Natuna Utara dan dibayangi KN Tanjung Datu"
SUMMONS = (
    "Duta besar dipanggil ke kementerian dan menerima nota diplomatik berisi protes keras atas pelanggaran wilayah"
)


def at(place: int, text: str, story: int | None = None, original: str | None = None) -> Placed:
    """Place an article, its id the hour at which it was seen."""
    arrival = Arrival(
        id=str(place), title=text[:40], text=f"{text}.", at=NOON + timedelta(hours=place), outlet="a", language="id"
    )
    return Placed(arrival, story, original)


class Rule:
    """Stands for the grouper: articles of one of these sets of words are one story once a bridge was seen."""

    def __init__(self, **_):
        self.bridged, self.stories, self.copies = False, {}, {}

    def add(self, arrival):
        """Decide by the first word."""
        words = arrival.text.split(".")[0]
        if "jembatan" in words:
            self.bridged = True
        topic = "one" if self.bridged else words.split()[0]
        story = self.stories.setdefault(topic, arrival.id)
        copied = self.copies.setdefault(words, arrival.id)
        return Assignment(id=arrival.id, story=story, duplicate_of=None if copied == arrival.id else copied)

    def restore(self, arrival, story):
        """Know a story by its first word."""
        words = arrival.text.split(".")[0]
        self.stories.setdefault(words.split()[0], story)
        self.copies.setdefault(words, arrival.id)


def test_known_articles_keep_their_story_and_new_ones_join():
    """With the real grouper: a retelling joins the known story, another event begins its own, no known one moves."""
    decided = plan([at(0, SHIP, story=7), at(1, f"{SHIP} selama 14 jam kata petugas"), at(2, SUMMONS)])
    assert [(given.id, given.story) for given in decided.assignments] == [("1", "story 7"), ("2", "2")]
    assert (decided.merges, decided.folds) == ((), {})


def test_late_first_telling_becomes_the_original():
    """The copy that was seen later was taken for the first one; it is folded under the late article, as are its copies."""
    decided = plan([at(0, SHIP), at(1, SHIP, story=7), at(2, SHIP, story=7, original="1")])
    (given,) = decided.assignments
    assert (given.story, given.duplicate_of) == ("story 7", None)
    assert decided.folds == {"1": "0", "2": "0"}


def test_copies_that_come_in_order_change_no_fold():
    """A third copy is folded under the first, and what was decided stays."""
    decided = plan([at(0, SHIP, story=7), at(1, SHIP, story=7, original="0"), at(2, SHIP)])
    assert decided.assignments[0].duplicate_of == "0"
    assert decided.folds == {}


@pytest.mark.parametrize(("late", "merges"), [(True, ((1, 2, LATE),)), (False, ())])
def test_late_article_shows_two_stories_to_be_one(monkeypatch, late, merges):
    """Seen first it would have made them one; coming last in order, it may not: what was decided in order stays."""
    monkeypatch.setattr("processing.joining.Grouper", Rule)
    known = [at(1, "kapal", story=1), at(2, "duta", story=2)]
    bridge = at(0 if late else 3, "jembatan")
    assert plan(sorted([*known, bridge], key=lambda one: one.arrival.at)).merges == merges


def test_late_article_merges_no_parted_stories_by_way_of_a_third(monkeypatch):
    """What a person has parted stays apart, also where each of the two is one with another story."""
    monkeypatch.setattr("processing.joining.Grouper", Rule)
    placed = [at(0, "jembatan"), at(1, "kapal", story=1), at(2, "duta", story=2), at(3, "radar", story=3)]
    merges = {(story, other) for story, other, _ in plan(placed, apart=[(2, 3)]).merges}
    assert merges == {(1, 2)}
    assert {(1, 2), (1, 3)} == {(story, other) for story, other, _ in plan(placed).merges}


@pytest.mark.corpus
def test_late_arrival_changes_little(shared):
    """With three of ten articles a day late, stories are nearly those of arrival in order (measured: 0.996)."""
    given = late_arrival.arrivals(shared / "corpus" / "stories" / "indonesian.jsonl")
    found = late_arrival.with_late(given, 0.3)
    assert found.keys() == {one.id for one in given}
    assert b_cubed(late_arrival.in_order(given), found, list(found))[2] >= 0.98


def test_new_story_of_a_late_article_that_is_a_known_one_takes_its_name(monkeypatch):
    """No story is begun for it and merged at once."""
    monkeypatch.setattr("processing.joining.Grouper", Rule)
    decided = plan([at(0, "jembatan"), at(1, "kapal", story=1)])
    assert [given.story for given in decided.assignments] == ["story 1"]
    assert decided.merges == ()


def test_late_article_leaves_a_story_that_is_not_wholly_in_it(monkeypatch):
    """What replay would tear apart is not merged: a wrong join hurts the reader more than a missed one."""
    monkeypatch.setattr("processing.joining.Grouper", Rule)
    decided = plan([at(0, "kapal", story=1), at(1, "jembatan"), at(2, "kapal", story=1), at(3, "duta", story=2)])
    assert decided.merges == ()


def test_texts_that_were_let_go_show_no_stories_to_be_one(monkeypatch):
    """A late bridge merges two known stories by their texts; where one text was let go, by its lead alone nobody is merged."""
    monkeypatch.setattr("processing.joining.Grouper", Rule)
    placed = [at(0, "jembatan"), at(1, "kapal", story=7), at(2, "duta", story=8)]
    assert plan(placed).merges == ((7, 8, LATE),)
    decided = plan([*placed[:2], replace(placed[2], whole=False)])
    assert decided.merges == ()
    assert len(decided.assignments) == 1


@pytest.mark.corpus
def test_leads_in_the_place_of_texts_merge_nothing(shared):
    """A tenth of a corpus comes late to stories whose texts were let go: 51 of 59 find theirs (whole texts: 58), none is merged, 8 would be."""
    given = late_arrival.arrivals(shared / "corpus" / "stories" / "indonesian.jsonl")
    story = late_arrival.in_order(given)
    late = {one.id for one in given[1::10]}
    begun = {story[one.id] for one in given if one.id not in late}

    def placed(one: Arrival, *, whole: bool) -> Placed:
        if one.id in late:
            return Placed(one)
        left = "\n".join(opening(one.title, one.text.split("\n")))
        return Placed(replace(one, text=left), int(story[one.id]), whole=whole)

    decided = plan([placed(one, whole=False) for one in given])
    assert decided.merges == ()
    right = [
        one
        for one in decided.assignments
        if one.story == (f"story {story[one.id]}" if story[one.id] in begun else one.id)
    ]
    assert (len(decided.assignments), len(right) >= 50) == (59, True)
    assert plan([placed(one, whole=True) for one in given]).merges, "or leads would do as well as texts"
