"""How fast an article joins windows of growing size, beside a naive pass over all centroids in the same run.

    python benchmarks/story_speed.py --windows 1000 10000 100000 1000000 --naive-up-to 10000
    python benchmarks/story_speed.py --days 60 --a-day 1000

Articles are synthetic: words of a Zipf vocabulary, names of their own event, a third of them retelling an open event.
One window is filled with articles whose stories are given, and measured at each size: articles a CPU second for those that
come next (a thousand, or a twentieth of the window up to ten thousand), what one of them looked at, and memory.
With --days a stream goes on at a constant rate, and what is held is printed: it stays the same once stories close.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

import psutil

from benchmarks.story_baselines import OnlineTfidf
from processing.model import Arrival
from processing.stories import Grouper

WORDS, EVENT_WORDS, LENGTH = 40_000, 14, 230
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
A_DAY = 345_600
"""Articles a day, so that a million come in within three days: none of their stories closes."""

RETOLD = 5000
"""Events that an article may tell again, the last ones."""

MEASURED, MEASURED_MOST, MEASURED_NAIVE = 1000, 10_000, 200
SAID_EACH = 50_000
DAYS_SAID = 5


def synthetic(seed: int = 1, a_day: int = A_DAY) -> Iterator[Arrival]:
    """Give articles without end: each of a new event, or of one told before."""
    chance = random.Random(seed)
    weights = [1 / (rank + 10) for rank in range(WORDS)]
    vocabulary = [f"k{rank:x}a" for rank in range(WORDS)]
    pool = chance.choices(vocabulary, weights, k=2_000_000)
    events: deque[list[str]] = deque(maxlen=RETOLD)
    number = 0
    while True:
        if not events or chance.random() < 2 / 3:
            events.append([f"N{chance.randrange(60_000):x}o" for _ in range(EVENT_WORDS)])
            event = events[-1]
        else:
            event = chance.choice(events)
        start = chance.randrange(len(pool) - LENGTH)
        said = pool[start : start + LENGTH - 2 * EVENT_WORDS] + chance.choices(event, k=2 * EVENT_WORDS)
        chance.shuffle(said)
        number += 1
        title = " ".join(said[:4] + event[:4])
        at = NOON + number * timedelta(days=1) / a_day
        yield Arrival(id=str(number), title=title, text=" ".join(said), at=at, language="id", entities=tuple(event[:2]))


def rate(add: Callable[[Arrival], object], coming: Iterable[Arrival]) -> float:
    """Give articles a CPU second, the time that it takes to make them left out."""
    ready = list(coming)
    began = time.process_time()
    for arrival in ready:
        add(arrival)
    return len(ready) / (time.process_time() - began)


def filled(add: Callable[[Arrival], object], coming: Iterator[Arrival], have: int, until: int) -> None:
    """Take in articles until there are so many, and say how far it is."""
    for number, arrival in enumerate(islice(coming, until - have), have + 1):
        add(arrival)
        if number % SAID_EACH == 0:
            sys.stderr.write(f"{number} of {until}: {time.process_time():.0f} CPU s, {mebibytes():.0f} MiB\n")


def restored(grouper: Grouper) -> Callable[[Arrival], object]:
    """Give what takes an article in as part of the story that it tells, which takes no search."""
    story_of: dict[tuple[str, ...], str] = {}

    def restore(arrival: Arrival) -> None:
        story = story_of.setdefault(arrival.entities, arrival.id)
        if len(story_of) > RETOLD:
            del story_of[next(iter(story_of))]
        grouper.restore(arrival, story)

    return restore


def mebibytes() -> float:
    """Give the memory that this process has."""
    return float(psutil.Process().memory_info().rss) / 2**20


def windows(sizes: list[int], naive_up_to: int) -> Iterator[str]:
    """Let one window grow, and measure at each size."""
    coming, grouper, have = synthetic(), Grouper(), 0
    next(coming)
    before = mebibytes()
    for size in sorted(sizes):
        filled(restored(grouper), coming, have, size)
        held, looked_at = mebibytes() - before, grouper.visited
        measured = min(max(MEASURED, size // 20), MEASURED_MOST)
        ours = rate(grouper.add, islice(coming, measured))
        have = size + measured
        line = f"window {size}: {ours:.0f} articles a CPU second, {(grouper.visited - looked_at) / measured:.0f} entries looked at each"
        yield f"{line}, {held:.0f} MiB"
        if size <= naive_up_to:
            slow = naive(size)
            yield f"    a naive pass {slow:.0f}; ratio {ours / slow:.1f}"


def naive(size: int) -> float:
    """Give the articles a CPU second of a pass over all centroids, in a window of its own."""
    coming, joining = synthetic(), OnlineTfidf()
    filled(joining.add, coming, 0, size)
    return rate(joining.add, islice(coming, MEASURED_NAIVE))


def days(count: int, a_day: int) -> Iterator[str]:
    """Let a stream go on at a constant rate, and tell what is held."""
    coming, grouper = synthetic(a_day=a_day), Grouper()
    for day in range(DAYS_SAID, count + 1, DAYS_SAID):
        speed = rate(grouper.add, islice(coming, a_day * DAYS_SAID))
        held = ", ".join(f"{number} {what}" for what, number in grouper.held().items())
        yield f"day {day}: {held}; {mebibytes():.0f} MiB; {speed:.0f} articles a CPU second"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--windows", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument(
        "--naive-up-to", type=int, default=1000, help="The largest window of the naive pass; 10000 takes minutes."
    )
    parser.add_argument("--days", type=int, help="Let a stream go on for so many days instead.")
    parser.add_argument("--a-day", type=int, default=1000, help="Its articles a day.")
    options = parser.parse_args()
    for line in days(options.days, options.a_day) if options.days else windows(options.windows, options.naive_up_to):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
