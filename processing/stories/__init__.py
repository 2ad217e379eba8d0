"""Stories: one event once, however many outlets tell it."""

from processing.stories.grouper import GROUPER, Grouper, grouped
from processing.stories.redirects import Redirects
from processing.stories.weights import OPEN_FOR

__all__ = ["GROUPER", "OPEN_FOR", "Grouper", "Redirects", "grouped"]
