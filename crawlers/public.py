"""Public addresses: names are resolved once, and what resolves to a private network is never connected to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import IgnoreRequest
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

if TYPE_CHECKING:
    from collections.abc import Collection

NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 within IPv6 by translation (RFC 6052); the last 32 bits are the address that is meant."""


class PrivateAddress(IgnoreRequest):
    """A host whose addresses are all in networks that are not public."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, looking through IPv4 that is carried in IPv6."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_global, _meant(found)))


def _global(address: IPv4Address | IPv6Address) -> bool:
    site_local = isinstance(address, IPv6Address) and address.is_site_local
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified or site_local
    )


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Give the addresses that one stands for: IPv4 that is mapped or translated, or that 6to4 or Teredo carry along."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in NAT64:
        return [IPv4Address(address.packed[-4:])]
    return [address, *filter(None, (address.sixtofour, *(address.teredo or ())))]


@implementer(IHostnameResolver)
class PublicResolver:
    """A resolver of Twisted's that gives public addresses alone, except for the hosts that are `allowed` to be private.

    Twisted connects to what the resolver gives and asks no second time, so a name that changes its mind gains nothing.
    """

    def __init__(self, resolver: Any, allowed: Collection[str]) -> None:
        self.resolver = resolver
        self.allowed = allowed
        self.refused: dict[str, str] = {}
        """Hosts of which an address was refused, and the address."""

    def resolveHostName(self, resolutionReceiver: Any, hostName: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N802, N803  Twisted's names
        """Twisted's hook: resolve a name, or take an address as it is."""
        receiver = resolutionReceiver if hostName in self.allowed else _Sieve(self, resolutionReceiver, hostName)
        return self.resolver.resolveHostName(receiver, hostName, *args, **kwargs)


@implementer(IResolutionReceiver)
class _Sieve:
    """Passes on to Twisted the addresses that are public."""

    def __init__(self, resolver: PublicResolver, receiver: Any, host: str) -> None:
        self.refused = resolver.refused
        self.host = host
        self.addressResolved = self.sifted
        self.resolutionBegan = receiver.resolutionBegan
        self.resolutionComplete = receiver.resolutionComplete
        self.pass_on = receiver.addressResolved

    def sifted(self, address: Any) -> None:
        """Take one address that the name has."""
        if is_public(address.host):
            self.pass_on(address)
        else:
            self.refused[self.host] = address.host
