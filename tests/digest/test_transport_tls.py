"""The way to a mail server over a network is private: STARTTLS or TLS, with a certificate that somebody vouches for."""

import ssl

import pytest
from certificates import certificate
from digest_samples import CUTOFF, SENDER, WEB
from relay import Relay
from test_outbox import queued

from processing.digest.delivery import send_waiting
from processing.digest.letterhead import Letterhead
from processing.digest.transport import RelayUnreachable, Transport
from processing.store import deliveries

LETTERHEAD = Letterhead(sender=SENDER, web_url=WEB)


@pytest.fixture(params=["starttls", "implicit"])
def tls(request):
    """Give both ways."""
    return request.param


def relay_with(file, tls):
    """Give a relay that has this certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return Relay(tls_context=context, implicit=tls == "implicit")


def send(connection, relay, tls, **how):
    """Send what waits over TLS."""
    transport = Transport(host="127.0.0.1", port=relay.port, tls=tls, timeout=5, **how)
    return send_waiting(connection, transport, as_of=CUTOFF, letterhead=LETTERHEAD)


def test_a_trusted_server_gets_the_mail(connection, tmp_path, monkeypatch, tls):
    """Its certificate is of its address, and known."""
    queued(connection, "a@b.example")
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with relay_with(file, tls) as relay:
        assert send(connection, relay, tls) == {"sent": 1}


@pytest.mark.parametrize("known", [False, True])
def test_a_server_that_nobody_vouches_for_gets_nothing(connection, tmp_path, monkeypatch, tls, known):
    """Neither mail nor password: its certificate is not known, or it is another's."""
    queued(connection, "a@b.example")
    file = certificate(tmp_path, address="127.0.0.2" if known else "127.0.0.1")
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with relay_with(file, tls) as relay:
        with pytest.raises(RelayUnreachable, match="CERTIFICATE_VERIFY_FAILED"):
            send(connection, relay, tls, user="meja", password="geheim")
        assert not relay.seen
    assert deliveries.states(connection) == {"queued": 1}
