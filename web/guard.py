"""What stands before every page: strict headers, bounded bodies, forms from elsewhere refused, and a log without tokens."""

from __future__ import annotations

import logging
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 16 * 1024
"""Bytes of a body: the largest form, with every topic and 200 watched names, has 6,000."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
STRICT_TRANSPORT = "max-age=31536000"

ANYWHERE = "/unsubscribe/"
"""RFC 8058: a mailbox provider posts here from its own servers, or from its own pages."""

log = logging.getLogger("pantau.web")


class TooLarge(HTTPException):
    """A body that is longer than any form of ours."""

    def __init__(self) -> None:
        super().__init__(413)


class Guard:
    """ASGI middleware around the whole application, its answers to its own faults included."""

    def __init__(self, app: ASGIApp, *, https: bool, origin: str | None) -> None:
        """Take whether the pages are published over https, and their origin where it is known."""
        self.app = app
        self.headers = HEADERS | ({"Strict-Transport-Security": STRICT_TRANSPORT} if https else {})
        self.origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.monotonic()
        status = 500

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._answer(scope, receive, guarded)
        finally:
            log.info("%s %s %d %.0f ms", scope["method"], shown_path(scope), status, 1000 * (time.monotonic() - begun))

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        refused = None
        if scope["method"] not in ("GET", "HEAD", "POST"):
            refused = PlainTextResponse("This method is not used here.\n", 405, {"Allow": "GET, HEAD, POST"})
        elif "\0" in scope["path"]:
            refused = PlainTextResponse("No address of ours holds that.\n", 400)
        elif _declared_length(headers) > LARGEST:
            refused = PlainTextResponse("This is too large for a form of ours.\n", 413)
        elif (
            scope["method"] == "POST"
            and not scope["path"].startswith(ANYWHERE)
            and self._from_elsewhere(scope, headers)
        ):
            refused = PlainTextResponse(
                "This form was sent from another site; open the page here and send it again.\n", 403
            )
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self.app(scope, _bounded(receive), send)

    def _from_elsewhere(self, scope: Scope, headers: Headers) -> bool:
        """Tell whether a browser says that another site's page sent this.

        Under our own Referrer-Policy a browser's Origin is `null`: then, and where a browser says nothing, the address
        itself must hold the secret, as it does on every page that is not public.
        """
        if site := headers.get("sec-fetch-site"):
            return site not in ("same-origin", "none")
        origin = headers.get("origin", "null")
        return origin != "null" and origin not in (self.origin, f"{scope['scheme']}://{headers.get('host', '')}")


def origin_of(address: str | None) -> str | None:
    """Give the origin of an address of ours, as a browser writes it."""
    if not address:
        return None
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


def shown_path(scope: Scope) -> str:
    """Give what the log may show of an address: the pattern of its page, without tokens, words searched for and queries."""
    route = scope.get("route")
    return str(getattr(route, "path", "(no page)"))


def _declared_length(headers: Headers) -> int:
    declared = headers.get("content-length", "0")
    return int(declared) if declared.isascii() and declared.isdigit() and len(declared) < 16 else LARGEST + 1  # noqa: PLR2004


def _bounded(receive: Receive) -> Receive:
    """Hand on a body up to LARGEST bytes, whatever its length was said to be."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise TooLarge
        return message

    return bounded
