"""What a search result quotes of an article: the sentences that hold the words looked for, within our limit."""

from __future__ import annotations

from processing.digest.plain import plain, shorten
from processing.digest.sentences import sentences
from processing.digest.summary import CHARACTERS, SENTENCES


def snippet(marked: str, opening: str, closing: str) -> str:
    """Quote at most two sentences and 300 characters of a text (a line a paragraph) whose found words stand between marks.

    The marks come back as « and », and are not counted. A text that holds no mark is quoted from its beginning.
    """
    told = [" ".join(text.split()) for line in marked.split("\n") for text in sentences(line)]
    chosen = [text for text in told if opening in text] or told
    quoted: list[str] = []
    room = CHARACTERS
    for text in chosen[:SENTENCES]:
        bare = text.replace(opening, "").replace(closing, "")
        if quoted and len(bare) + 1 > room:
            break
        quoted.append(text if len(bare) <= room else _cut(text, room, opening, closing))
        room -= len(bare) + 1
    return plain(" ".join(quoted).replace(opening, "«").replace(closing, "»"))


def _cut(text: str, room: int, opening: str, closing: str) -> str:
    """Cut a long sentence around the first word that was found."""
    begin = max(0, text.find(opening) - room // 2)
    begin = text.find(" ", begin) + 1 if begin else 0
    part, marks = ("…" if begin else ""), 0
    for character in text[begin:]:
        marks += character in (opening, closing)
        part += character
        if len(part) - marks >= room - 1:
            break
    return shorten(part, len(part) - 1) + (closing if part.count(opening) > part.count(closing) else "")
