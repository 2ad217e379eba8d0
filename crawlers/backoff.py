"""Backing off: what answers of trouble (429, 5xx) and of refusal (403) mean for the next request to their host."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware

from crawlers.answers import REFUSALS, challenge
from crawlers.fates import fate_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawlers.hosts import Host


class Backoff(RetryMiddleware):
    """Scrapy's second tries, made no sooner than the host wants, and none once it is left alone."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Scrapy's hook for an answer."""
        if not (host := self._host(request)):
            return response
        if response.status in self.retry_http_codes:
            host.trouble(f"HTTP {response.status}", retry_after(response))
            return response if host.shut else super().process_response(request, response)
        guard = challenge(response)
        if guard or response.status in REFUSALS:
            host.refusal(f"HTTP {response.status}{guard and f', a challenge page ({guard})'}")
        else:
            host.well()
        return response

    def process_exception(  # type: ignore[override]  # Scrapy's spider argument is on its way out
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        """Scrapy's hook for a request that got no answer."""
        host = self._host(request)
        if not host or not isinstance(exception, self.exceptions_to_retry):
            return None
        host.trouble(fate_of(exception)[1], None)
        return None if host.shut else super().process_exception(request, exception)

    def _host(self, request: Request) -> Host | None:
        """Give the host; None in a shell, where who asks sees what comes."""
        hosts = getattr(self.crawler.spider, "hosts", None)
        return hosts.of(request.url) if hosts else None


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
