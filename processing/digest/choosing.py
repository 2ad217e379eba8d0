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
"""Sentences of an article that are weighed; with 5 a tenth of the gain over the lead goes."""

READ = 1200
"""Characters of another article that are read: about eight sentences, where the news stands."""

HEADLINES = 1 / 3
"""What all words of the other headlines add to what all words of their texts weigh: as a linear regression had it (.18 to .57)."""

OPENING = 0.025
"""What speaks for the first sentence, a half of it for the second, a third for the third: from the same regression."""

FEWEST = 5
"""Words of a sentence worth quoting: a shorter one is a credit line or a heading."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d(?:[\d.,]*\d)?")
_LEANS = re.compile(
    r"""["“'‘«(]*(?:Adapun|Akibatnya|Bahkan|Begitu|Beliau|Dengan\ demikian|Dia|Hal\ (?:ini|itu|tersebut)|Ia|Ini|Itu|Karena\ itu
    |Kemudian|Lalu|Menurut(?:nya|\ dia)|Mereka|Meski|Namun|Oleh\ (?:karena|sebab)|Padahal|Saat\ itu|Sebab|Sedangkan|Selain\ itu
    |Selanjutnya|Sementara|Tapi|Tetapi|Also|And|As\ a\ result|But|He|Her|His|However|In\ addition|Instead|It|Its|Meanwhile|She|So
    |Still|That|Their|Then|There|These|They|This|Those|Yet)\b | ["“‘«]""",
    re.VERBOSE,
)
"""How a sentence opens that leans on the one before it: a pronoun, a connective, or speech whose speaker may be named before."""


def told_words(text: str) -> frozenset[str]:
    """Give the words and numbers of a text that tell something, in lower case."""
    return frozenset(map(str.lower, _WORD.findall(text))) - STOP_WORDS


def weights(others: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Weigh words by how many of the story's other articles, each its title and text, tell them; of one sum for all stories."""
    told: Counter[str] = Counter()
    headlines: Counter[str] = Counter()
    for title, text in others:
        told.update(told_words(f"{title} {text[:READ]}"))
        headlines.update(told_words(title))
    whole, of_headlines = told.total() or 1, headlines.total() or 1
    return {word: count / whole + HEADLINES * headlines[word] / of_headlines for word, count in told.items()}


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
