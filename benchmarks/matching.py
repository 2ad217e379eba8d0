"""Show that finding names takes time by the text, not by the gazetteer: from 1,000 to 50,000 terms on the same text.

    PYTHONPATH=. python benchmarks/matching.py

Terms and text are made up from syllables, with a seed: no data is needed. The same share of the text's words belongs to
terms at every size, so that the same number of hits is worked off. Beside `processing.phrases` stands one alternation in
`re`, and pyahocorasick where it is installed (both only look for the folded terms, and check no case).
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable
from typing import Final

from processing.phrases import Phrases, fold

SIZES: Final = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
SYLLABLES: Final = [
    first + vowel + last for first in "bdgjklmnprst" for vowel in "aiueo" for last in ("", "n", "r", "s")
]
LARGEST_ALTERNATION: Final = 5_000
"""Terms from which `re` takes minutes for the text."""
EVERY: Final = 12
"""One word in so many of the text begins a term."""


def word(chance: random.Random) -> str:
    """Return a word of two to four syllables."""
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def terms_of(size: int, chance: random.Random) -> list[str]:
    """Return so many different names of one to three capitalised words."""
    terms: set[str] = set()
    while len(terms) < size:
        terms.add(" ".join(word(chance).title() for _ in range(chance.randint(1, 3))))
    return sorted(terms)


def text_of(length: int, terms: list[str], chance: random.Random) -> str:
    """Return a text of about so many characters, sown with terms."""
    parts: list[str] = []
    while length > 0:
        parts.append(chance.choice(terms) if chance.randrange(EVERY) == 0 else word(chance))
        length -= len(parts[-1]) + 1
    return " ".join(parts)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Return the CPU seconds of the quickest of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def with_re(terms: list[str], text: str) -> float | None:
    """Return the seconds of one alternation, the longest term first; None where there are too many terms for it."""
    if len(terms) > LARGEST_ALTERNATION:
        return None
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(map(fold, terms), key=len, reverse=True))) + r")\b")
    return seconds(lambda: pattern.findall(fold(text)), times=1)


def with_pyahocorasick(terms: list[str], text: str) -> float | None:
    """Return the seconds of pyahocorasick, word boundaries checked; None where it is not installed."""
    try:
        import ahocorasick  # noqa: PLC0415
    except ModuleNotFoundError:
        return None
    automaton = ahocorasick.Automaton()
    for index, term in enumerate(terms):
        automaton.add_word(f" {fold(term)} ", index)
    automaton.make_automaton()
    return seconds(lambda: list(automaton.iter(f" {fold(text)} ")))


def main() -> None:
    """Print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--characters", type=int, default=1_000_000, help="of the text that is searched")
    length = options.parse_args().characters
    print(
        "| terms | build s | hits | MB a CPU second | x of 1,000 | pyahocorasick MB/s | re MB/s |\n|---|---|---|---|---|---|---|"
    )
    first = 0.0
    for size in SIZES:
        chance = random.Random(0)
        terms = terms_of(size, chance)
        text = text_of(length, terms, chance)
        megabytes = len(text.encode()) / 1e6
        build = seconds(lambda terms=terms: Phrases(terms), times=1)
        phrases = Phrases(terms)
        taken = seconds(lambda phrases=phrases, text=text: phrases.find(text))
        first = first or taken
        peers = [
            "" if peer is None else f"{megabytes / peer:.3g}"
            for peer in (with_pyahocorasick(terms, text), with_re(terms, text[: length // 10]))
        ]
        peers[1] = "" if not peers[1] else f"{float(peers[1]) / 10:.3g}"
        print(
            f"| {size:,} | {build:.2f} | {len(phrases.find(text)):,} | {megabytes / taken:.2f} | {taken / first:.2f} |"
            f" {peers[0]} | {peers[1]} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
