"""How soon a stopped outlet is named, and how often a living one is called stopped, on simulated newsrooms.

    python benchmarks/health.py --outlets 200

Each publishes at random (a Poisson process) with the hours and weekends of a newsroom; `bursts` doubles its rate on about
one day in seven. A living outlet is looked at at the end of each of its silences: had it ever been called stopped, then.
"""

from __future__ import annotations

import argparse
import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from processing.health import stopped

START = datetime(2026, 9, 28, tzinfo=UTC)
ZONE = "Asia/Jakarta"
LEARNT = 28
"""Days of history before an outlet is looked at."""
WATCHED = 28
HOURS = [0.2] * 5 + [1.0, 1.5] + [2.0] * 10 + [1.5] * 4 + [0.5] * 3
WEEK = [1.1, 1.1, 1.1, 1.1, 1.1, 0.8, 0.7]
MINUTE = timedelta(seconds=60)


def articles(a_day: float, days: int, seed: int, *, bursts: bool = False) -> list[datetime]:
    """Publish for some days; the same seed gives the same articles."""
    chance = random.Random(seed)
    published = []
    for day in range(days):
        lively = (2.0 if chance.random() < 1 / 7 else 0.85) if bursts else 1.0
        for hour in range(24):
            at = START + timedelta(days=day, hours=hour)
            rate = a_day * HOURS[hour] / sum(HOURS) * WEEK[at.weekday()] * lively
            clock = chance.expovariate(rate)
            while clock < 1:
                published.append(at + timedelta(hours=clock))
                clock += chance.expovariate(rate)
    return published


def false_alarms(published: list[datetime]) -> int:
    """Count the silences after the learnt days in which a living outlet would have been called stopped."""
    begin = START + timedelta(days=LEARNT)
    longest = sorted((later - at for at, later in pairwise(published)), reverse=True)
    doubtful = longest[min(len(longest) - 1, 40)]
    return sum(
        stopped([one for one in published if one <= at], later - MINUTE, ZONE) is not None
        for at, later in pairwise(published)
        if at >= begin and later - at >= doubtful
    )


def delay(published: list[datetime]) -> float:
    """Give the days from the last article until the outlet is called stopped, looked at every half hour."""
    at = published[-1]
    while stopped(published, at, ZONE) is None:
        at += timedelta(minutes=30)
    return (at - published[-1]) / timedelta(days=1)


def measure(a_day: float, outlets: int, *, bursts: bool) -> tuple[float, list[float]]:
    """Give the false alarms an outlet and day, and the sorted delays of the outlets that stop."""
    alarms, delays = 0, []
    for seed in range(outlets):
        published = articles(a_day, LEARNT + WATCHED, seed, bursts=bursts)
        alarms += false_alarms(published)
        if seed % 4 == 0:
            delays.append(delay(published))
    return alarms / (outlets * WATCHED), sorted(delays)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outlets", type=int, default=200)
    count = parser.parse_args().outlets
    print("articles a day  bursts  false alarms an outlet and day  days until named: median, 95%")
    for per_day in (50, 10, 3):
        for lumpy in (False, True):
            rate, waits = measure(per_day, count, bursts=lumpy)
            late = waits[int(0.95 * (len(waits) - 1))]
            print(
                f"{per_day:>14}  {'yes' if lumpy else 'no':>6}  {rate:>30.5f}"
                f"  {waits[len(waits) // 2]:>24.2f}, {late:.2f}"
            )
