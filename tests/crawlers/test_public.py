"""Which addresses are public, and that a resolver gives no others."""

from __future__ import annotations

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawlers.public import PublicResolver, is_public


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1"),
        *("255.255.255.255", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "192.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "fec0::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
        *("2002:7f00:1::", "2002:a00:1::1", "100::1", "not an address", ""),
    ],
)
def test_private_addresses_are_not_public(address):
    """Loopback, private, link-local, CGNAT, multicast, reserved: in IPv4, IPv6, and IPv4 carried in IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "103.10.20.30", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_public_addresses_are(address):
    """What lies beside those ranges is the public internet."""
    assert is_public(address)


class Rebinding:
    """A resolver whose answer changes each time it is asked."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def resolveHostName(self, receiver, name, port=0, *_):  # noqa: N802  Twisted's name
        """Give the next answer."""
        receiver.resolutionBegan(name)
        for address in self.answers.pop(0):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


class Connecting:
    """What Twisted connects to."""

    def __init__(self):
        self.addresses, self.complete = [], False

    def resolutionBegan(self, _):  # noqa: N802  Twisted's name
        """Begin."""

    def addressResolved(self, address):  # noqa: N802  Twisted's name
        """Take an address to connect to."""
        self.addresses.append(address.host)

    def resolutionComplete(self):  # noqa: N802  Twisted's name
        """End."""
        self.complete = True


def resolved(resolver, name="berita.example"):
    """Resolve a name as Twisted does before it connects."""
    receiver = Connecting()
    resolver.resolveHostName(receiver, name, 443)
    assert receiver.complete
    return receiver.addresses


def test_a_name_that_rebinds_is_refused_the_second_time():
    """Each connection has its own answer judged: a name that was public and becomes private gives nothing to connect to."""
    resolver = PublicResolver(Rebinding(["1.1.1.1"], ["10.0.0.1"]), ())
    assert resolved(resolver) == ["1.1.1.1"]
    assert resolved(resolver) == []
    assert resolver.refused == {"berita.example": "10.0.0.1"}


def test_of_mixed_answers_the_public_ones_count():
    """A private address among public ones is left out."""
    assert resolved(PublicResolver(Rebinding(["::1", "1.1.1.1", "127.0.0.1"]), ())) == ["1.1.1.1"]


def test_an_allowed_host_may_be_private():
    """An intranet's host that the desk names is connected to; another at the same address is not."""
    resolver = PublicResolver(Rebinding(["10.0.0.1"], ["10.0.0.1"]), {"berita.kantor.example"})
    assert resolved(resolver, "berita.kantor.example") == ["10.0.0.1"]
    assert resolved(resolver, "lain.kantor.example") == []
