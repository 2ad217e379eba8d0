"""What the page's structured data says of its text, and which blocks it vouches for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from processing.cleaning.text import likeness, words
from processing.extraction.blocks import Block


@dataclass(frozen=True, slots=True)
class Claims:
    """What the page's structured data says that the body can be held against."""

    title: str = ""
    description: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()


class Witness:
    """Vouches for blocks that stand in the page's `articleBody` or make its description."""

    def __init__(self, claims: Claims) -> None:
        self.body = _squeezed(claims.body)
        self.description = words(claims.description)
        self.longest = 2 * len(claims.description)

    def knows(self, block: Block) -> bool:
        """Say whether `block` is the article's by the page's own account."""
        if len(block.text) <= 40:  # noqa: PLR2004 (too short to be told from chance)
            return False
        if self.body and _squeezed(block.text[:60])[2:32] in self.body:
            return True
        if len(self.description) <= 6 or len(block.text) >= self.longest:  # noqa: PLR2004
            return False
        return likeness(words(block.text), self.description) > 0.85  # noqa: PLR2004


def _squeezed(text: str) -> str:
    """Give the letters and digits of `text` alone, to compare across markup."""
    return re.sub(r"\W+", "", text)
