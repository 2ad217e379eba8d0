"""Which sentences of an article tell a story best: those whose words most of the story's other newsrooms tell too.

Measured in `benchmarks/summaries.py`, beside the lead (docs/summaries.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import fsum

from processing.stories.features import STOP_WORDS

LOOKED_AT = 8
"""Sentences of an article that are weighed; with 5 a quarter of the gain over the lead goes."""

READ = 1200
"""Characters of another article that are read: about eight sentences; with 600 a tenth of the gain goes, 2000 adds nothing."""

OPENING = 0.01
"""What speaks for the first sentence, a half of it for the second: with 0 to 0.025 the figures hardly change, above they fall."""

FEWEST = 5
"""Words of a sentence worth quoting: a shorter one is a credit line or a heading."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d(?:[\d.,]*\d)?")
_LEANS = re.compile(
    r"""["“'‘«(]*(?:Adapun|Akibatnya|Bahkan|Begitu|Beliau|Dengan\ demikian|Di\ antaranya|Dia|Ia|Ini|Itu|Karena\ itu|Ke[a-z]+nya|Kemudian
    |Lainnya|Lalu|Menurut(?:nya|\ dia)|Mereka|Meski|Namun|Oleh\ (?:karena|sebab)|Padahal|Salah\ satu(?:nya)?|Sebab|Sedangkan
    |Selain\ itu|Selanjutnya|Sementara|Tapi|Tetapi|Yang\ lain|(?:\w+\ ){1,3}(?:itu|ini|tersebut)
    |Also|And|Another|As\ a\ result|Both|But|He|Her|His|However|In\ addition|Instead|It|Its|Meanwhile|One|Others?|She|So|Some|Still
    |Such|That|The\ (?:others?|two|three|former|latter)|Their|Then|There|These|They|This|Those|Yet)\b | ["“‘«]""",
    re.VERBOSE,
)
"""How a sentence opens that leans on the one before it: a pronoun, a connective, speech whose speaker may be named before."""


def told_words(text: str) -> frozenset[str]:
    """Give the words and numbers of a text that tell something, in lower case."""
    return frozenset(map(str.lower, _WORD.findall(text))) - STOP_WORDS


def weights(others: Iterable[str]) -> dict[str, float]:
    """Weigh words by how many of the story's other articles, each its title and text, tell them; the sum is 1.

    What stands in their headlines weighs no more: that was tried, and changed nothing for the better.
    """
    told = Counter(word for text in others for word in told_words(text[:READ]))
    whole = told.total()
    return {word: count / whole for word, count in told.items()}


def choose(title: str, sentences: Sequence[str], weighed: Mapping[str, float], *, room: int, most: int) -> list[str]:
    """Choose at most `most` sentences, in their order and together within `room` characters, that tell most beside the title.

    One that only repeats the title is not chosen, nor one that leans on another without it. Empty where none fits.
    """
    known = told_words(title)
    fresh = [told_words(sentence) - known for sentence in sentences[:LOOKED_AT]]
    telling = [words & weighed.keys() for words in fresh]

    def worth(chosen: tuple[int, ...]) -> float:
        said = frozenset[str]().union(*(telling[place] for place in chosen))
        return fsum(weighed[word] for word in said) + sum(OPENING / (1 + place) for place in chosen)

    fitting = (
        chosen
        for chosen in _choices(sentences, fresh, most)
        if sum(len(sentences[place]) + 1 for place in chosen) <= room + 1
    )
    best = max(fitting, key=worth, default=())
    return [sentences[place] for place in best]


def _choices(sentences: Sequence[str], fresh: Sequence[frozenset[str]], most: int) -> Iterator[tuple[int, ...]]:
    """Give what may be chosen, as places in the order of the text."""
    worth_telling = [place for place, words in enumerate(fresh) if words and len(sentences[place].split()) >= FEWEST]
    for number in range(1, most + 1):
        for chosen in combinations(worth_telling, number):
            if all(place == 0 or place - 1 in chosen for place in chosen if _LEANS.match(sentences[place])):
                yield chosen
