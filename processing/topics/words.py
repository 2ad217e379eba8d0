"""The words of an article, for a linear model over words."""

from __future__ import annotations

import re
from typing import Final

READ: Final = 4000
"""Characters of the text whose words count: with 1,000 or 2,000 the Brier score of English is a tenth worse (docs/topics.md)."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def words_in(title: str, text: str) -> frozenset[str]:
    """Return the words of a title and a text, in lower case, each once: letters alone, two or more."""
    return frozenset(_WORD.findall(f"{title}\n{text[:READ]}".lower()))
