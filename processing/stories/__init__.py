"""Stories: one event once, however many outlets tell it."""

from processing.stories.grouper import GROUPER, OPEN_FOR, Grouper

__all__ = ["GROUPER", "OPEN_FOR", "Grouper"]
