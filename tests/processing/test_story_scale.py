"""Stories at scale: what one article looks at hardly grows with the window, and what is over is let go."""

import sys
import tracemalloc
from datetime import UTC, datetime, timedelta
from itertools import islice
from math import sqrt

import pytest

from benchmarks.story_speed import synthetic
from processing import duplicates
from processing.duplicates import Copies
from processing.model import Arrival
from processing.stories import Grouper, candidates, clock, features, grouper
from processing.stories.candidates import Candidates
from processing.stories.clock import Clock
from processing.stories.features import Vocabulary
from processing.stories.told import Telling
from processing.stories.vectors import LONG, Packed, Sum, cosine, dot, packed

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
TEXT = "Kapal penjaga pantai asing memasuki zona ekonomi eksklusif di Laut Natuna Utara dan dibayangi KN Tanjung Datu"


def days(count: float) -> datetime:
    """Give an instant so many days after NOON."""
    return NOON + timedelta(days=count)


@pytest.fixture
def small_blocks(monkeypatch):
    """Let the clock look at fifty articles, so that a test needs few."""
    monkeypatch.setattr(clock, "BLOCK", 50)


@pytest.mark.heavy
def test_work_grows_slower_than_the_window(monkeypatch):
    """In a window ten times as large an article looks at fewer than six times as many entries, and scores no more stories."""
    scored = []
    figures = Telling.figures
    monkeypatch.setattr(Telling, "figures", lambda *given: scored.append(1) or figures(*given))
    coming, joining, entries, scores = synthetic(), Grouper(), [], []
    for so_far, until in ((0, 300), (500, 3000)):
        for arrival in islice(coming, until - so_far):
            joining.add(arrival)
        before = joining.visited
        scored.clear()
        for arrival in islice(coming, 200):
            joining.add(arrival)
        entries.append((joining.visited - before) / 200)
        scores.append(len(scored) / 200)
    assert 1 < entries[1] / entries[0] < 6
    assert max(scores) <= grouper.LOOKED_AT


def test_look_up_is_bounded_where_all_stories_share_their_features():
    """However many stories have a feature, those told last are looked at."""
    known = Candidates()
    vector = {f"kata{number}": 1.0 for number in range(candidates.ASKED)}
    for story in range(10 * candidates.REMEMBERED):
        known.tell(str(story), vector)
    known.near(vector, 6)
    assert known.visited == candidates.ASKED * candidates.REMEMBERED
    known.tell("200", vector)
    assert set(known.near(vector, candidates.REMEMBERED)) == {
        "200",
        *map(str, range(9 * candidates.REMEMBERED + 1, 10 * candidates.REMEMBERED)),
    }


def test_forgotten_stories_are_found_no_more():
    """Those with a feature of their own and those that share one; what stays is found as before."""
    known = Candidates()
    known.tell("1", {"natuna": 0.9, "kapal": 0.1})
    known.tell("2", {"anggaran": 0.9, "kapal": 0.2})
    known.tell("3", {"radar": 0.9, "kapal": 0.3})
    assert len(known) == 6
    known.forget({"1", "3"})
    assert len(known) == 2
    assert known.near({"natuna": 1.0, "radar": 1.0}, 6) == []
    assert known.near({"kapal": 1.0}, 6) == ["2"]
    known.tell("4", {"kapal": 0.1})
    assert known.near({"kapal": 1.0}, 6) == ["2", "4"]


@pytest.mark.heavy
def test_memory_is_flat_at_a_constant_rate(small_blocks):
    """After a month as much is held as after three weeks, and a sixth of all that came at most is missing from neither."""
    a_day, joining = 40, Grouper()
    coming, held = synthetic(a_day=a_day), []
    for _ in range(2):
        for arrival in islice(coming, 21 * a_day):
            joining.add(arrival)
        held.append(joining.held())
    kept = (grouper.KEPT_FOR.days + 3) * a_day
    for what in ("stories", "texts"):
        assert held[1][what] <= kept
        assert 0.8 < held[1][what] / held[0][what] < 1.2
    assert held[1]["entries"] < 1.2 * held[0]["entries"]


@pytest.mark.heavy
def test_letting_go_changes_no_story(small_blocks, monkeypatch):
    """In order of arrival the same stories come of it as if nothing were ever forgotten."""
    coming = list(islice(synthetic(a_day=40), 1000))
    letting_go = Grouper()
    found = [letting_go.add(arrival) for arrival in coming]
    assert len(letting_go._told) < len({given.story for given in found})
    monkeypatch.setattr(Clock, "tick", lambda *_: False)
    keeping = Grouper()
    assert [keeping.add(arrival) for arrival in coming] == found


@pytest.mark.heavy
def test_memory_of_an_article():
    """From 2,000 to 4,000 open articles each takes 13 kB, of which new features and their tables are most (17.5 as dicts)."""
    coming, joining, count = synthetic(), Grouper(), 2000
    for arrival in islice(coming, count):
        joining.add(arrival)
    tracemalloc.start()
    try:
        for arrival in islice(coming, count):
            joining.add(arrival)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken / count < 15_000


def test_packed_vector_is_small_and_compares_as_a_dict_does():
    """A full vector takes under a kilobyte; products with it are those of the dict, to six places."""
    vector = {f"kata{number}": 1 / (number + 3) for number in range(features.FEATURES)}
    kept = packed(vector)
    assert sys.getsizeof(kept) + sys.getsizeof(kept.keys()) + sys.getsizeof(kept.values()) < 1000
    article = {"kata1": 0.6, "kata63": 0.7, "lain": 0.4}
    assert dot(article, kept) == pytest.approx(dot(article, vector), rel=1e-6)
    assert cosine(article, kept) == pytest.approx(cosine(article, vector), rel=1e-6)


@pytest.mark.parametrize("count", [2, LONG + 1], ids=["short", "long"])
def test_sums_are_the_same_packed_or_not(count):
    """A sum adds weights by feature and knows its length, when it is packed and when it has grown too long for that."""
    total = Sum()
    vector = packed({f"kata{number}": 1.0 for number in range(count)})
    total.add(vector)
    assert total.weights is vector
    assert total.length == pytest.approx(sqrt(count))
    total.add(packed({"kata0": 2.0}))
    assert isinstance(total.weights, Packed) == (count <= LONG)
    assert total.length == pytest.approx(sqrt(count - 1 + 9))
    assert dot({"kata0": 1.0, "kata1": 1.0, "lain": 1.0}, total.weights) == pytest.approx(4)
    assert len(vector) == count
    assert dict(vector.items())["kata0"] == 1.0


def test_story_told_again_is_once_under_a_feature():
    """It moves to the end with the most that the feature weighed in it, so that it is not dropped as if it were old."""
    known = Candidates()
    for story, weight in (("1", 0.9), ("2", 0.5), ("1", 0.2)):
        known.tell(story, {"natuna": weight})
    assert len(known) == 2
    assert known.near({"natuna": 1.0}, 6) == ["1", "2"]
    for story in range(candidates.REMEMBERED - 1):
        known.tell(f"new {story}", {"natuna": 0.1})
    assert known.near({"natuna": 1.0}, 1) == ["1"]


def test_words_at_hand_are_bounded(monkeypatch):
    """When too many are known they are found out anew, and mean the same."""
    monkeypatch.setattr(features, "WORDS_KNOWN", 3)
    known = features.Known("en")
    found = [known[word] for word in ("missile", "one", "two", "three", "missile")]
    assert found[0] == found[-1] == ("meaning:missile",)
    assert len(known) <= 3


def test_restoring_lets_nothing_go(small_blocks):
    """Articles that waited may be earlier than those restored: their stories must still be there."""
    joining = Grouper()
    for number in range(200):
        joining.restore(Arrival(id=str(number), title="", text=f"{number} {TEXT}", at=days(number), language="id"), "s")
    assert len(joining.held()) == 3
    assert joining.held()["texts"] == 200


@pytest.mark.parametrize(
    ("dates", "now"),
    [
        ([0.0] * 49 + [400.0], 0.0),
        ([-400.0] + [30.0] * 99, 30.0),
        ([0.0] * 50 + [0.5] * 50, 0.0),
        ([0.0] * 49, None),
    ],
    ids=["one in the future", "one in the past", "half a day", "too few"],
)
def test_clock_goes_by_the_earliest_of_many(small_blocks, dates, now):
    """A wrong date moves nothing, or holds up one block; less than a day is no move."""
    told = Clock()
    for date in dates:
        told.tick(days(date))
    assert told.now == (None if now is None else days(now))


def test_clock_stands_still_without_dates(small_blocks):
    """Nothing is forgotten of a stream that tells no time."""
    assert not any(Clock().tick(None) for _ in range(200))


def test_old_texts_are_forgotten():
    """A copy is known for its time, and then is a text like any."""
    copies = Copies()
    copies.add("1", f"{TEXT} pagi tadi", days(0))
    copies.add("2", "DPR membahas rencana anggaran pertahanan tahun depan bersama kementerian di Jakarta", days(5))
    copies.forget(days(3))
    assert list(copies) == ["2"]
    assert copies.add("3", f"{TEXT} pagi tadi", days(6)) is None
    assert copies.add("4", f"{TEXT} pagi tadi", days(6)) == "3"


def test_texts_are_bounded(monkeypatch):
    """The oldest goes when there are too many, dated or not."""
    monkeypatch.setattr(duplicates, "REMEMBERED", 2)
    copies = Copies()
    for number in range(4):
        copies.add(str(number), f"{TEXT} {number}")
    assert list(copies) == ["2", "3"]


def test_vocabulary_is_bounded(monkeypatch):
    """When it has too many features, those seen least are as if new; the common ones stay common."""
    monkeypatch.setattr(features, "REMEMBERED", 10)
    vocabulary = Vocabulary()
    for number in range(40):
        vocabulary.learn({"kapal": 1, f"kata{number}": 1})
    assert len(vocabulary._seen) <= 10
    assert vocabulary.rarity("kapal") < 1 < vocabulary.rarity("kata0")
