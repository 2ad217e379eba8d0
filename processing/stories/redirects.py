"""Where the ids of stories lead that were found to be one with another."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet


class Redirects:
    """Leads from each id to the story that it is part of now."""

    def __init__(self) -> None:
        self._to: dict[str, str] = {}
        self._from: dict[str, list[str]] = {}

    def __getitem__(self, story: str) -> str:
        """Give the story that an id leads to: mostly itself."""
        return self._to.get(story, story)

    def lead(self, others: Iterable[str], story: str) -> None:
        """Note that others are one with a story from now on; what led to them leads there too."""
        for other in others:
            followers = [*self._from.pop(other, ()), other]
            self._to.update(dict.fromkeys(followers, story))
            self._from.setdefault(story, []).extend(followers)

    def parted(self, pairs: Iterable[AbstractSet[str]], one: str, other: str) -> bool:
        """Tell whether the two ids of a pair lead to these two stories."""
        return any({self[id_] for id_ in pair} == {one, other} for pair in pairs)

    def moved(self, stories: AbstractSet[str]) -> AbstractSet[str]:
        """Give those of some ids that lead elsewhere."""
        return self._to.keys() & stories

    def forget(self, closed: Iterable[str]) -> set[str]:
        """Let go of stories, and give the ids that led to them."""
        gone = {other for story in closed for other in self._from.pop(story, ())}
        for other in gone:
            del self._to[other]
        return gone
