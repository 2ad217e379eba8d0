"""What became of a request that brought no answer: its fate, and the reason in words for a person."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawlers.replay import NotArchived
from processing.model import Fate

REASONS: dict[type[Exception], str] = {
    DownloadTimeoutError: "no answer in time",
    CannotResolveHostError: "its host name is unknown",
    DownloadConnectionRefusedError: "the host refused the connection",
    ResponseDataLossError: "the answer broke off",
}


def fate_of(error: BaseException) -> tuple[Fate, str]:
    """Give the fate and the reason that an exception of Scrapy's downloader stands for."""
    if isinstance(error, NotArchived):
        return Fate.FAILED, str(error)
    if isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
        return Fate.DISALLOWED, "robots.txt forbids it"
    if isinstance(error, IgnoreRequest):
        return Fate.REJECTED, str(error)
    if isinstance(error, DownloadCancelledError):
        return Fate.REJECTED, "it is larger than the bound"
    reason = next((words for kind, words in REASONS.items() if isinstance(error, kind)), None)
    return Fate.FAILED, reason or f"{type(error).__name__}: {error}"
