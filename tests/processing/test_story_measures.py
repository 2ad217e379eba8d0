"""The measures of stories, reckoned by hand, and what the benchmarks do to the order of articles."""

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.story_measures import b_cubed, by_story, mean_score, pairs_of, pairwise, same_pairs, scores
from benchmarks.story_orders import by_blocks, by_date
from benchmarks.story_sets import Labelled, arrivals
from processing.model import Arrival

GOLD = {"a": "x", "b": "x", "c": "x", "d": "y"}
FOUND = {"a": "1", "b": "1", "c": "2", "d": "2"}
DAY = datetime(2019, 9, 10, tzinfo=UTC)


def article(id_: str, *, language: str = "id", at: datetime | None = None) -> Arrival:
    """Give an article of which nothing but this matters."""
    return Arrival(id=id_, title="", text="", at=at, language=language)


def test_scores_of_articles_and_of_pairs():
    """Three articles of one story, of which the third lies with a stranger."""
    precision, recall = (1 + 1 + 0.5 + 0.5) / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4
    assert b_cubed(GOLD, FOUND, list(GOLD)) == pytest.approx((precision, recall, 2 / (1 / precision + 1 / recall)))
    assert pairwise(GOLD, FOUND, list(GOLD)) == pytest.approx((1 / 2, 1 / 3, 2 / 5))
    assert scores(GOLD, FOUND)["of several, pairwise"] == pytest.approx((1, 1 / 3, 1 / 2))


def test_mean_of_scores_is_column_by_column():
    """The mean F1 is no F1 of means."""
    assert mean_score([(1.0, 0.0, 0.0), (0.5, 0.5, 0.5)]) == (0.75, 0.25, 0.25)


def test_pairs_across_languages_leave_borderline_ones_out():
    """Each `same` pair joined or missed, each other one joined, counts; the mean by story gives each story one voice."""
    pairs = [
        {"id_a": "a", "id_b": "b", "label": "same", "border": False},
        {"id_a": "a", "id_b": "c", "label": "same", "border": False},
        {"id_a": "c", "id_b": "d", "label": "related", "border": False},
        {"id_a": "b", "id_b": "c", "label": "same", "border": True},
    ]
    assert same_pairs(pairs, FOUND) == pytest.approx((1 / 2, 1 / 2, 1 / 2))
    assert by_story(pairs, FOUND, GOLD) == 1 / 2


def test_pairs_of_an_affair_are_of_two_languages():
    """Those of one happening are `same`, those of two are `related`; other affairs and the own language make none."""
    gold = {"a": "ship/seen", "b": "ship/seen", "c": "ship/lost", "d": "quake/felt", "e": "ship/seen"}
    coming = [article(id_, language="en" if id_ in "bcd" else "id") for id_ in gold]
    made = {(pair["id_a"], pair["id_b"]): pair["label"] for pair in pairs_of(Labelled("", coming, gold))}
    assert made == {("a", "b"): "same", ("e", "b"): "same", ("a", "c"): "related", ("e", "c"): "related"}


def test_a_part_holds_its_stories_in_order():
    """Articles of the other stories are gone from both the order and the gold."""
    part = Labelled("", [article(id_) for id_ in GOLD], GOLD).part({"x"}, "part")
    assert ([one.id for one in part.coming], part.gold) == (["a", "b", "c"], {"a": "x", "b": "x", "c": "x"})


@pytest.mark.parametrize("seed", [0, 1])
def test_orders_hold_every_article_once(seed):
    """Blocks keep their own order; by date days rise, and an article without a date stays with the day before it."""
    coming = [article(str(n), at=None if n % 7 == 1 else DAY + timedelta(days=n // 10 * -1)) for n in range(40)]
    blocks, dated = by_blocks(coming, seed), by_date(coming, seed)
    assert {one.id for one in blocks} == {one.id for one in dated} == {one.id for one in coming}
    assert [[int(one.id) % 10 for one in blocks[at : at + 10]] for at in range(0, 40, 10)] == [list(range(10))] * 4
    assert [int(one.id) // 10 for one in dated] == [3] * 10 + [2] * 10 + [1] * 10 + [0] * 10
    assert dated != by_date(coming, seed + 2)


def test_dates_of_a_set_are_read_as_pantau_group_reads_them():
    """A date that is no date tells nothing; none is given where they are not asked for."""
    rows = [
        {"id": "1", "title": "Kapal", "text": "Kapal itu tiba.", "date": "2019-09-10 00:00:00"},
        {"id": "2", "title": "Kapal", "text": "Kapal itu tiba.", "date": "26 Oktober 2019"},
    ]
    assert [one.at for one in arrivals(rows, "id", dated=True)] == [DAY, None]
    assert [one.at for one in arrivals(rows, "id")] == [None, None]
