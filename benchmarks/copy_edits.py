"""What is done to a text to make a copy of it: each edit takes the text and a source of chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Edit = Callable[[str, random.Random], str]

KEPT, MOST_KEPT = 0.85, 0.95
"""Share of a text that an edit leaves."""

SENTENCE_END = re.compile(r"(?<=[.!?\"]) ")
NUMBER = re.compile(r"\b\d+\b")


def one_piece(text: str, chance: random.Random) -> str:
    """Drop words from both ends of a text."""
    said = text.split()
    cut = len(said) - round(KEPT * len(said))
    start = chance.randint(0, cut)
    return " ".join(said[start : start + len(said) - cut])


def fewer_sentences(text: str, chance: random.Random) -> str:
    """Drop sentences all over a text."""
    sentences = SENTENCE_END.split(text)
    spare = (1 - KEPT) * len(text.split())
    for at in chance.sample(range(len(sentences)), len(sentences)):
        length = len(sentences[at].split())
        if length <= spare:
            spare -= length
            sentences[at] = ""
    return " ".join(sentences)


def fewer_words(text: str, chance: random.Random) -> str:
    """Drop single words all over a text."""
    return " ".join(word for word in text.split() if chance.random() < KEPT)


def other_order(text: str, chance: random.Random) -> str:
    """Put paragraphs of three sentences in another order, and drop what is last then."""
    sentences = SENTENCE_END.split(text)
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    said = " ".join(chance.sample(paragraphs, len(paragraphs))).split()
    return " ".join(said[: round(KEPT * len(said))])


def framed(text: str, chance: random.Random) -> str:
    """Put words of no sense around a piece of a text, as many as were dropped."""
    room = round((1 - KEPT) * len(text.split()) / 2)
    frame = [_word(chance) for _ in range(2 * room)]
    return " ".join([*frame[:room], one_piece(text, chance), *frame[room:]])


def some_words_replaced(text: str, chance: random.Random) -> str:
    """Write another word for one in twenty."""
    return _replaced(text, chance, MOST_KEPT)


def words_replaced(text: str, chance: random.Random) -> str:
    """Write another word for three in twenty."""
    return _replaced(text, chance, KEPT)


def corrected(text: str, chance: random.Random) -> str:
    """Write another number for one of a text's, wherever it stands."""
    numbers = sorted(set(NUMBER.findall(text)))
    other = str(chance.randrange(500, 1000))
    return re.sub(rf"\b{chance.choice(numbers)}\b", other, text) if numbers else text


def _word(chance: random.Random) -> str:
    return f"w{chance.randrange(10_000)}"


def _replaced(text: str, chance: random.Random, kept: float) -> str:
    return " ".join(word if chance.random() < kept else _word(chance) for word in text.split())


EDITS: tuple[Edit, ...] = (
    one_piece,
    fewer_sentences,
    fewer_words,
    other_order,
    framed,
    some_words_replaced,
    words_replaced,
    corrected,
)
