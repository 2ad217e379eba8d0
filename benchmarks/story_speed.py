"""How fast an article joins windows of growing size, beside a naive pass over all centroids in the same run.

    python benchmarks/story_speed.py --windows 1000 10000 100000

Articles are synthetic: words of a Zipf vocabulary, names of their own event, a third of them retelling an open event.
Prints articles a CPU second for the next articles joined into the window, and the growth of memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from benchmarks.story_baselines import OnlineTfidf
from processing.model import Arrival
from processing.stories import Grouper

WORDS, EVENT_WORDS, LENGTH = 40_000, 14, 230
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
NAIVE_UP_TO, SAID_FROM = 10_000, 100_000


def synthetic(seed: int = 1) -> Iterator[Arrival]:
    """Give articles without end: each of a new event, or of one told before."""
    chance = random.Random(seed)
    weights = [1 / (rank + 10) for rank in range(WORDS)]
    vocabulary = [f"k{rank:x}a" for rank in range(WORDS)]
    pool = chance.choices(vocabulary, weights, k=2_000_000)
    events: list[list[str]] = []
    number = 0
    while True:
        if not events or chance.random() < 2 / 3:
            events.append([f"N{chance.randrange(60_000):x}o" for _ in range(EVENT_WORDS)])
            event = events[-1]
        else:
            event = chance.choice(events[-5000:])
        start = chance.randrange(len(pool) - LENGTH)
        said = pool[start : start + LENGTH - 2 * EVENT_WORDS] + chance.choices(event, k=2 * EVENT_WORDS)
        chance.shuffle(said)
        number += 1
        title = " ".join(said[:4] + event[:4])
        at = NOON + timedelta(seconds=number // 4)
        yield Arrival(id=str(number), title=title, text=" ".join(said), at=at, language="id", entities=tuple(event[:2]))


def rate(add: Callable[[Arrival], object], window: int, count: int) -> float:
    """Fill a window, then give articles a CPU second for the next ones; a step of progress every tenth."""
    coming = synthetic()
    for number, arrival in enumerate(islice(coming, window)):
        add(arrival)
        if window >= SAID_FROM and number % (window // 10) == 0:
            sys.stderr.write(f"{number} of {window}\n")
    ready = list(islice(coming, count))
    began = time.process_time()
    for arrival in ready:
        add(arrival)
    return count / (time.process_time() - began)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--windows", type=int, nargs="+", default=[1000, 10_000])
    for window in sorted(parser.parse_args().windows):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        grouper = Grouper()
        ours = rate(grouper.add, window, 1000)
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        sys.stdout.write(f"window {window}: {ours:.0f} articles a CPU second, {memory:.0f} MiB more")
        if window <= NAIVE_UP_TO:
            del grouper
            naive = rate(OnlineTfidf().add, window, 200)
            sys.stdout.write(f"; a naive pass {naive:.0f}; ratio {ours / naive:.1f}")
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
