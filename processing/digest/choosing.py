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

READ = 600
"""Characters of another article that are read: where its news stands. With 1200 or 2000 the figures do not change."""

OPENING = 0.01
"""What speaks for the first sentence, a half of it for the second: with 0 to 0.025 the figures hardly change, above they fall."""

ANCHOR = 2
"""Words of the headline that a first sentence must have where it is not the article's own first: a reader should see what it is
about. It costs a fifth of the gain over the lead, a third in ECB+; without it some summaries began in mid-story."""

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


def leans(sentence: str) -> bool:
    """Tell whether a sentence leans on the one before it, so that alone it does not say of what it speaks."""
    return bool(_LEANS.match(sentence))


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

    One that only repeats the title is not chosen, nor one that leans on another without it, and the first says what it is
    about. Empty where none fits.
    """
    known = told_words(title)
    words = [told_words(sentence) for sentence in sentences[:LOOKED_AT]]
    telling = [(told - known) & weighed.keys() for told in words]

    def worth(chosen: tuple[int, ...]) -> float:
        said = frozenset[str]().union(*(telling[place] for place in chosen))
        return fsum(weighed[word] for word in said) + sum(OPENING / (1 + place) for place in chosen)

    fitting = (
        chosen
        for chosen in _choices(sentences, words, known, most)
        if sum(len(sentences[place]) + 1 for place in chosen) <= room + 1
    )
    best = max(fitting, key=worth, default=())
    return [sentences[place] for place in best]


def _choices(
    sentences: Sequence[str], words: Sequence[frozenset[str]], known: frozenset[str], most: int
) -> Iterator[tuple[int, ...]]:
    """Give what may be chosen, as places in the order of the text."""
    able = [place for place, told in enumerate(words) if not told <= known and len(sentences[place].split()) >= FEWEST]
    may_open = {place for place in able if place == able[0] or len(words[place] & known) >= ANCHOR}
    for number in range(1, most + 1):
        for chosen in combinations(able, number):
            leaning = [place for place in chosen if leans(sentences[place])]
            if chosen[0] in may_open and all(place == 0 or place - 1 in chosen for place in leaning):
                yield chosen
