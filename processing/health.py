"""When an outlet has stopped: a silence that its own history makes all but impossible.

An outlet's rate is what it publishes on such a weekday at such an hour. A silence over which it should have published
`owed` articles happens by chance with probability exp(-owed) (a Poisson process), and every article begins a new silence;
so an outlet of n articles a day would be called stopped, by mistake, n exp(-owed) times a day. We call it stopped from the
point at which that is FALSE_ALARMS. News comes in bursts, so `owed` is divided by how much more the outlet's days vary than
chance would have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, log
from zoneinfo import ZoneInfo

FALSE_ALARMS = 0.0003
"""An outlet and day, before what a changing rate adds; held under 0.001 by a simulation in the tests."""

HISTORY = timedelta(days=28)
"""Four of each weekday: fewer say too little of weekends, more forget how an outlet has changed."""

ENOUGH = timedelta(days=14)
"""History below which nothing is said."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Silence:
    """An outlet that has stopped: since when, and how many articles it would usually have published by now."""

    since: datetime
    owed: float


@dataclass(frozen=True, slots=True)
class Rate:
    """What an outlet usually publishes: articles on each weekday (Monday first), and each hour's share of a day."""

    weekdays: tuple[float, ...]
    hours: tuple[float, ...]
    burst: float
    """How many times the variance of its days exceeds their mean; 1 at least."""

    @property
    def a_day(self) -> float:
        """Give the mean of articles a day."""
        return sum(self.weekdays) / len(self.weekdays)

    def owed(self, since: datetime, until: datetime, zone: ZoneInfo) -> float:
        """Give the articles expected between two instants, by the outlet's own clock."""
        expected, at = 0.0, since
        while at < until:
            step = min(HOUR, until - at)
            local = at.astimezone(zone)
            expected += self.weekdays[local.weekday()] * self.hours[local.hour] * (step / HOUR)
            at += step
        return expected


def stopped(published: Sequence[datetime], as_of: datetime, timezone: str) -> Silence | None:
    """Tell whether an outlet has stopped, from the instants of its articles up to `as_of`; None where it has not.

    None, too, where there is no history of ENOUGH to tell from.
    """
    past = sorted(at for at in published if as_of - HISTORY < at <= as_of)
    if not past or past[-1] - past[0] < ENOUGH:
        return None
    zone = ZoneInfo(timezone)
    rate = usual(past, zone)
    owed = rate.owed(past[-1], as_of, zone)
    if owed / rate.burst < log(max(rate.a_day, 1) / FALSE_ALARMS):
        return None
    return Silence(since=past[-1], owed=owed)


def usual(past: Sequence[datetime], zone: ZoneInfo) -> Rate:
    """Learn an outlet's rate from the instants of its articles, in order; its last day is whole as far as it goes."""
    local = [at.astimezone(zone) for at in past]
    days = Counter(at.date() for at in local)
    weekdays = _weekdays(days, local[0].date(), local[-1].date())
    hours = Counter(at.hour for at in local)
    smoothed = tuple((hours[hour] + 0.5) / (len(local) + 12) for hour in range(24))
    return Rate(weekdays, smoothed, _burst(days, weekdays, local[0].date(), local[-1].date()))


def _weekdays(days: Counter[date], first: date, last: date) -> tuple[float, ...]:
    """Mean articles of each weekday, drawn towards the mean of all by one day's weight."""
    whole = _dates(first, last)
    mean = sum(days[day] for day in whole) / max(1, len(whole))
    counts = [[days[day] for day in whole if day.weekday() == weekday] for weekday in range(7)]
    return tuple((sum(of_weekday) + mean) / (len(of_weekday) + 1) for of_weekday in counts)


def _burst(days: Counter[date], weekdays: tuple[float, ...], first: date, last: date) -> float:
    """Compare how the days vary about their weekday's mean with what chance alone would do."""
    whole = _dates(first, last)
    chance = [(days[day] - weekdays[day.weekday()]) ** 2 / max(weekdays[day.weekday()], 0.5) for day in whole]
    return max(1.0, sum(chance) / max(1, len(chance) - 7))


def _dates(first: date, last: date) -> list[date]:
    """Give the whole days between the first article's and the last one's, both of which may have been cut short."""
    return [first + DAY * number for number in range(1, ceil((last - first) / DAY))]
