"""Which addresses are articles of an outlet, as its declaration says. Free of Scrapy: a backfill asks too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from processing.model import Outlet


def is_article(url: str, outlet: Outlet) -> bool:
    """Tell whether an address is that of an article which we read of this outlet."""
    return (
        urlsplit(url).hostname in outlet.hosts
        and re.match(outlet.article, url) is not None
        and not any(re.search(pattern, url) for pattern in outlet.exclude)
    )
