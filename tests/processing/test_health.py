"""When an outlet is called stopped: soon after it stops, and hardly ever while it has not."""

from datetime import timedelta

import pytest

from benchmarks.health import START, ZONE, articles, delay, false_alarms
from processing.health import ENOUGH, stopped

OUTLETS = 24


@pytest.mark.parametrize(("a_day", "days"), [(50, 1), (10, 2), (3, 4)])
def test_stopped_outlet_is_named_in_time(a_day, days):
    """Half of the outlets that fall silent are named within a day at 50 articles a day, two at 10, four at 3."""
    delays = sorted(delay(articles(a_day, 35, seed)) for seed in range(OUTLETS))
    assert delays[OUTLETS // 2] <= days


@pytest.mark.parametrize("bursts", [False, True])
@pytest.mark.parametrize("a_day", [50, 10, 3])
def test_living_outlet_is_hardly_ever_called_stopped(a_day, bursts):
    """Of 24 outlets in four weeks, one at most; benchmarks/health.py counts more of them."""
    assert sum(false_alarms(articles(a_day, 56, seed, bursts=bursts)) for seed in range(OUTLETS)) <= 1


def test_silence_says_since_when_and_what_is_owed():
    """The operator reads when the last article came, and how many should have."""
    published = articles(50, 35, 1)
    silence = stopped(published, START + timedelta(days=37), ZONE)
    assert silence.since == published[-1]
    assert 70 < silence.owed < 130


def test_young_outlet_is_left_alone():
    """Without two weeks of history nobody knows what is usual."""
    published = articles(50, 10, 1)
    assert published[-1] - published[0] < ENOUGH
    assert stopped(published, START + timedelta(days=13), ZONE) is None
    assert stopped([], START, ZONE) is None
