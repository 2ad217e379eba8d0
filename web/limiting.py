"""How much one client may ask for; counted in memory that cannot grow, and never written down."""

from __future__ import annotations

import hashlib
import secrets
from ipaddress import IPv6Address, ip_address

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

SEARCHES = RateLimitItemPerMinute(30, namespace="search")
"""A search reads the texts of what it finds: the dearest public page."""
FORMS = RateLimitItemPerMinute(20, namespace="form")
LETTERS = RateLimitItemPerHour(10, namespace="letter")
"""Forms that make us write to an address that anybody may type."""
ONE_CLICKS = RateLimitItemPerMinute(600, namespace="one click")
"""A mailbox provider unsubscribes all of its users from a few addresses of its own."""
FAILED_TOKENS = RateLimitItemPerHour(60, namespace="token")

CLIENTS = 1 << 16
"""Clients are told apart by 16 bits of a keyed hash: that many counters a limit at most, however many clients there are."""

NETWORK = 64
"""Bits of an IPv6 address that one client has to itself."""


class TooMany(Exception):
    """A client has asked for too much; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Limits:
    """The counters of one application."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(16)
        self._storage = MemoryStorage()
        self._limiter = FixedWindowRateLimiter(self._storage)

    def count(self, request: Request, limit: RateLimitItem) -> None:
        """Count one; raises TooMany past the limit."""
        if not self._limiter.hit(limit, self.client(request)):
            raise TooMany(int(limit.get_expiry()))

    def check(self, request: Request, limit: RateLimitItem) -> None:
        """Raise TooMany where the limit is reached, and count nothing."""
        if not self._limiter.test(limit, self.client(request)):
            raise TooMany(int(limit.get_expiry()))

    def client(self, request: Request) -> str:
        """Name a client by the bucket of its address; IPv6 clients by their network's."""
        host = request.client.host if request.client else ""
        digest = hashlib.blake2b(_network(host).encode(), key=self._key, digest_size=8).digest()
        return str(int.from_bytes(digest) % CLIENTS)

    @property
    def counters(self) -> int:
        """How many counters there are."""
        return len(self._storage.storage)


def limits_of(request: Request) -> Limits:
    """Give the counters of the application that a request came to."""
    found: Limits = request.app.state.limits
    return found


def _network(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    return str(address.ipv4_mapped or int(address) >> (128 - NETWORK))
