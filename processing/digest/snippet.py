"""What a search result quotes of an article: the sentences that hold the words looked for, within our limit."""

from __future__ import annotations

from processing.digest.plain import plain, shorten
from processing.digest.sentences import sentences
from processing.digest.summary import CHARACTERS, SENTENCES

OPEN, CLOSE = "«", "»"
"""Stand around a word that was found."""


def snippet(marked: str) -> str:
    """Quote at most two sentences and 300 characters, marks not counted, of a text (a line a paragraph) with marked words.

    A text that holds no mark is quoted from its beginning.
    """
    told = [text for line in marked.split("\n") for text in sentences(plain(line))]
    chosen = [text for text in told if OPEN in text] or told
    quoted: list[str] = []
    room = CHARACTERS
    for text in chosen[:SENTENCES]:
        length = _length(text)
        if quoted and length + 1 > room:
            break
        quoted.append(text if length <= room else _cut(text, room))
        room -= length + 1
    return " ".join(quoted)


def _length(text: str) -> int:
    return len(text) - text.count(OPEN) - text.count(CLOSE)


def _cut(text: str, room: int) -> str:
    """Cut a long sentence around the first word that was found."""
    begin = max(0, text.find(OPEN) - room // 2)
    begin = text.find(" ", begin) + 1 if begin else 0
    part = ("…" if begin else "") + text[begin : begin + room - 1]
    if begin + room - 1 < len(text):
        part = shorten(part, len(part) - 1)
    return part + (CLOSE if part.count(OPEN) > part.count(CLOSE) else "")
