"""The network: Scrapy's handler, but connecting to public addresses alone, and with a bound on an answer's head.

Certificates are verified (DOWNLOAD_VERIFY_CERTIFICATES) by the machine's store, or that of SSL_CERT_FILE or SSL_CERT_DIR.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import certifi
from OpenSSL.SSL import Error as TlsError
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from service_identity import CertificateError, VerificationError
from twisted.web._newclient import HEADER, STATUS

from crawlers.fates import BadCertificate
from crawlers.public import PrivateAddress, PublicResolver

if TYPE_CHECKING:
    from collections.abc import Collection

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MOST_HEAD = 256 * 1024
"""Bytes of status line and headers (with what of the body comes along); Twisted bounds each line, but not their number."""


STORES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
"""Variables that name OpenSSL's certificates."""


class NetworkHandler(HTTP11DownloadHandler):
    """Scrapy's handler of http and https, for a crawl that may reach these private hosts."""

    def __init__(self, crawler: Crawler, private_hosts: Collection[str]) -> None:
        if sys.platform != "linux" and not any(map(os.environ.get, STORES)):
            os.environ["SSL_CERT_FILE"] = certifi.where()  # OpenSSL as Python packages it finds a store on Linux alone
        super().__init__(crawler)
        from twisted.internet import reactor  # noqa: PLC0415  Scrapy chooses the reactor, which an import would do first

        self._pool._factory = _Factory  # noqa: SLF001  Scrapy sets its own in the same way
        self.resolver = PublicResolver(reactor.nameResolver, private_hosts)
        reactor.installNameResolver(self.resolver)

    async def download_request(self, request: Request) -> Response:
        """Fetch; a host that has private addresses alone is refused before anything is connected to."""
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            host = urlsplit(request.url).hostname or ""
            if address := self.resolver.refused.get(host):
                raise PrivateAddress(f"{host} is at {address}, which is not a public address") from error
            raise
        except DownloadFailedError as error:
            if why := _distrust(error):
                raise BadCertificate(f"the certificate of {urlsplit(request.url).hostname} {why}") from error
            raise


def _distrust(error: DownloadFailedError) -> str:
    """Say why a certificate was refused, if that is what broke the connection."""
    for failure in getattr(error.__cause__, "reasons", ()):
        if isinstance(failure.value, VerificationError | CertificateError):
            return "is that of another host"
        if isinstance(failure.value, TlsError) and "certificate verify failed" in str(failure.value):
            return "cannot be trusted: it is out of date, or signed by nobody whom this machine knows"
    return ""


class _Protocol(_LenientHTTP11ClientProtocol):
    """Gives up an answer whose head does not end."""

    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  Twisted's name
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > MOST_HEAD and self.transport:
                self.transport.abortConnection()
                return
        super().dataReceived(data)


class _Factory(_LenientHTTP11ClientFactory):
    """Makes such protocols."""

    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: ARG002, N802  Twisted's
        return _Protocol(self._quiescentCallback)
