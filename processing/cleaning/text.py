"""Characters: what may stand in a stored text, and how its white space runs."""

from __future__ import annotations

import re
import unicodedata

UNWANTED = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, NUL among them (Postgres refuses it)
    "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"  # soft hyphen, zero width, direction
    "\ud800-\udfff\ufffe\uffff"  # no characters at all
    "]"
)
"""Joiners (U+200C, U+200D) stay: Persian, Hindi and emoji need them."""


def tidy(text: str) -> str:
    """Give `text` on one line: NFC, without control and zero-width characters, white space folded to single spaces.

    U+2028, U+0085 and the no-break space are white space here: an e-mail's header refuses the first two.
    """
    line = " ".join(text.split())
    if not line.isprintable():
        line = " ".join(UNWANTED.sub("", line).split())
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def words(text: str) -> frozenset[str]:
    """Give the set of `text`'s words in lower case."""
    return frozenset(re.findall(r"\w+", text.lower()))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share (0 to 1) of the smaller set of words that the larger has too."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
