"""What became of a request that brought no answer: its fate, and the reason in words for a person."""

from __future__ import annotations

import zlib
from gzip import BadGzipFile

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawlers.hosts import HostShut, Stopped
from crawlers.public import PrivateAddress
from crawlers.replay import NotArchived
from processing.model import FORBIDDEN, Fate

REASONS: dict[type[Exception], str] = {
    DownloadTimeoutError: "no answer in time",
    CannotResolveHostError: "its host name is unknown",
    DownloadConnectionRefusedError: "the host refused the connection",
    ResponseDataLossError: "the answer broke off",
    DownloadFailedError: "the answer broke off, or is not HTTP",
    BadGzipFile: "its compression cannot be undone",
    zlib.error: "its compression cannot be undone",
    EOFError: "its compression cannot be undone",
}


class AskedAlready(IgnoreRequest):
    """A redirect leads to a page that was asked for already, in this crawl or an earlier one."""


class BadCertificate(IgnoreRequest):
    """A host's certificate is another's, or nobody whom the machine trusts vouches for it."""


class RobotsUnread(IgnoreRequest):
    """A host's robots.txt could not be read, so all is taken to be forbidden."""


OWN_WORDS: dict[type[IgnoreRequest], Fate] = {
    AskedAlready: Fate.DUPLICATE,
    BadCertificate: Fate.FAILED,
    HostShut: Fate.FAILED,
    NotArchived: Fate.FAILED,
    PrivateAddress: Fate.FAILED,
    RobotsUnread: Fate.DISALLOWED,
    Stopped: Fate.FAILED,
}
"""Refusals of our own: their message is the reason."""

TOLD = {
    "Forbidden by robots.txt": (Fate.DISALLOWED, FORBIDDEN),
    "max redirections reached": (Fate.REJECTED, "it redirects too often"),
    "during decompression": (Fate.REJECTED, "it unpacks to more than the bound"),
}
"""Refusals that only their words tell apart."""


def fate_of(error: BaseException) -> tuple[Fate, str]:
    """Give the fate and the reason that an exception of Scrapy's downloader stands for."""
    for kind, fate in OWN_WORDS.items():
        if isinstance(error, kind):
            return fate, str(error)
    if isinstance(error, IgnoreRequest):
        return next((told for words, told in TOLD.items() if words in str(error)), (Fate.REJECTED, str(error)))
    if isinstance(error, DownloadCancelledError):
        return Fate.REJECTED, "it is larger than the bound"
    reason = next((words for kind, words in REASONS.items() if isinstance(error, kind)), None)
    return Fate.FAILED, reason or f"{type(error).__name__}: {error}"
