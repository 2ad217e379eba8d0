"""The numbers of an Indonesian or English text as values, so that `1.000,5`, `1,000.5` and words for them can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|\S")

MARKS: Final = {"id": (".", ","), "en": (",", ".")}
"""What groups thousands and what opens decimals."""

_UNITS: Final = {
    "id": "nol _ dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas",
    "en": "zero _ two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
}
"""`one` and `satu` are left out: they are articles and pronouns more often than numbers; inside a number they count."""

_TENS: Final = {"id": "", "en": "twenty thirty forty fifty sixty seventy eighty ninety"}
_ORDINALS: Final = {
    "id": "kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh",
    "en": "second third fourth fifth sixth seventh eighth ninth tenth",
}
_OTHERS: Final = {"id": {"seratus": 100, "seribu": 1000, "satu": 1}, "en": {"hundred": 100, "one": 1}}
_SCALES: Final = {
    "id": {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12},
    "en": {"thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12},
}
_VAGUE: Final = {
    "id": {"kedua": "2", "dua-duanya": "2", "puluhan": "tens", "ratusan": "hundreds", "ribuan": "thousands", "jutaan": "millions",
           "setengah": "half", "separuh": "half"},
    "en": {"both": "2", "twice": "2", "dozens": "tens", "tens": "tens", "hundreds": "hundreds", "thousands": "thousands",
           "millions": "millions", "half": "half"},
}  # fmt: skip


def quantities(text: str, language: str) -> frozenset[str]:
    """Give the numbers of a text, in digits or words, each as one spelling: `1000.5`, `14`, `6:30`, `hundreds`."""
    return frozenset(_found(_TOKEN.findall(text), language))


def _found(tokens: Sequence[str], language: str) -> Iterator[str]:
    words = _words(language)
    vague = _VAGUE[language]
    place = 0
    while place < len(tokens):
        token = tokens[place].lower()
        place += 1
        if token[0].isdigit():
            value = _read(token, language)
            if isinstance(value, Decimal) and place < len(tokens) and tokens[place].lower() in _SCALES[language]:
                value *= _SCALES[language][tokens[place].lower()]
                place += 1
            yield value if isinstance(value, str) else spelled(value)
        elif token in vague:
            yield vague[token]
        elif token in words or token in _SCALES[language]:
            end = _end(tokens, place, words, language)
            value = _sum([one.lower() for one in tokens[place - 1 : end]], language)
            place = end
            if value != 1:
                yield spelled(value)


def spelled(value: Decimal) -> str:
    """Write a value without a group mark or needless noughts."""
    return format(value.normalize(), "f")


def _read(token: str, language: str) -> Decimal | str:
    """Read a number in digits; a time as hours and minutes; what is neither stays as it is written."""
    group, point = (re.escape(mark) for mark in MARKS[language])
    if re.fullmatch(r"\d{1,2}:\d\d", token) or (language == "id" and re.fullmatch(r"\d{1,2}\.\d\d", token)):
        hours, minutes = re.split(r"[.:]", token)
        return f"{int(hours)}:{minutes}"
    if re.fullmatch(rf"(?:\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{point}\d+)?", token):
        return Decimal(token.replace(MARKS[language][0], "").replace(MARKS[language][1], "."))
    return token


@cache
def _words(language: str) -> dict[str, int]:
    """Give the words that stand for a number of their own."""
    found = {word: number for number, word in enumerate(_UNITS[language].split()) if word != "_"}
    found |= {word: 20 + 10 * number for number, word in enumerate(_TENS[language].split())}
    found |= {word: number for number, word in enumerate(_ORDINALS[language].split(), 2)}
    return found | _OTHERS[language]


def _end(tokens: Sequence[str], place: int, words: dict[str, int], language: str) -> int:
    """Give where a number in words ends: at the first word that belongs to none."""
    within = {*words, *_SCALES[language], "belas", "puluh", "ratus", "hundred"}
    while place < len(tokens):
        token = tokens[place].lower()
        joint = token in {"-", "and"} and place + 1 < len(tokens) and tokens[place + 1].lower() in words
        if token not in within and not (language == "en" and joint):
            break
        place += 1
    return place


def _sum(run: Sequence[str], language: str) -> Decimal:
    """Add up a number in words."""
    words = _words(language)
    total = below = unit = 0
    for word in run:
        if scale := _SCALES[language].get(word):
            total += (below + unit or 1) * scale
            below = unit = 0
        elif word == "belas":
            unit += 10
        elif word == "puluh":
            below, unit = below + 10 * (unit or 1), 0
        elif word in {"ratus", "hundred"}:
            below, unit = below + 100 * (unit or 1), 0
        elif word == "seribu":
            total += 1000
        elif word in words:
            unit += words[word]
    return Decimal(total + below + unit)
