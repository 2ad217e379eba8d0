"""Reading: from the bytes of a page, or a feed, to an Article."""

from processing.extraction.feeds import read_entries
from processing.extraction.lines import as_line
from processing.extraction.reader import READER, read_pages

__all__ = ["READER", "as_line", "read_entries", "read_pages"]
