"""Backing off: what answers of trouble (429, 5xx) and of refusal (403) mean for the next request to their host."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawlers.answers import REFUSALS, challenge
from crawlers.fates import fate_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawlers.hosts import Host

TROUBLES = {408, 429, 500, 502, 503, 504, 522, 524}
"""Answers that say: not now. Scrapy tries the same ones again."""

NO_ANSWER = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)


def answered(host: Host, response: Response) -> None:
    """Tell a host's manners what it answered, before anything else is asked of it."""
    guard = challenge(response)
    if guard or response.status in REFUSALS:
        host.refusal(f"HTTP {response.status}{guard and f', a challenge page ({guard})'}")
    elif response.status in TROUBLES:
        host.trouble(f"HTTP {response.status}", retry_after(response))
    else:
        host.well()


def unanswered(host: Host, error: Exception) -> None:
    """Tell a host's manners that it gave no answer, if that is what the error says."""
    if isinstance(error, NO_ANSWER):
        host.trouble(fate_of(error)[1], None)


class Backoff(RetryMiddleware):
    """Scrapy's second tries, but for a host that is left alone; its turn comes when crawlers/hosts.py says."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Scrapy's hook for an answer."""
        return response if self._shut(request) else super().process_response(request, response)

    def process_exception(  # type: ignore[override]  # Scrapy's spider argument is on its way out
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Scrapy's hook for a request that got no answer."""
        return None if self._shut(request) else super().process_exception(request, exception)

    def _shut(self, request: Request) -> bool:
        """Tell whether no more is asked of a host; in a shell, who asks sees what comes."""
        hosts = getattr(self.crawler.spider, "hosts", None)
        return hosts is None or bool(hosts.of(request.url).shut)


def retry_after(response: Response) -> float | None:
    """Give the seconds that an answer's Retry-After asks for (RFC 9110, 10.2.3); its date counts from the answer's own."""
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        now = parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1"))
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):
        return None
