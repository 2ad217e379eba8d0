"""Certificates: an outlet is read only where its certificate is good, by the store of the machine."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from crawling import Crawl
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from newsroom import article, declare, feed, newsroom

from processing.model import Fate

pytestmark = pytest.mark.heavy

NOW = datetime.now(UTC)


def certificate(folder: Path, *, host: str = "127.0.0.1", until: datetime = NOW + timedelta(days=1)) -> Path:
    """Sign a certificate with its own key, and write both to a file."""
    folder.mkdir(parents=True, exist_ok=True)
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Kabar")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW - timedelta(days=9)).not_valid_after(until)
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    )
    return path


def crawl(folder: Path, shown: Path, trusted: Path) -> Crawl:
    """Crawl a newsroom that shows one certificate, trusting another, or the same."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown)
    with newsroom(tls=context) as room:
        room.answers = {"/rss": feed(room.home, "satu"), "/berita/satu": article("Satu")}
        declare(folder / "outlets", room.home, ("feed", "/rss"))
        environment = {"SSL_CERT_FILE": str(trusted), "SSL_CERT_DIR": str(folder)}
        return Crawl(folder / "run", folder / "outlets", environment=environment).run()


def test_trusted_certificate_is_taken(tmp_path):
    """What the machine's store vouches for is read as ever."""
    good = certificate(tmp_path / "good")
    run = crawl(tmp_path, good, good)
    assert run.result.problems == ()
    assert run.fetch("/berita/satu").status == 200


UNTRUSTED = {
    "stranger": ({}, "cannot be trusted: it is out of date, or signed by nobody whom this machine knows"),
    "other-host": ({"host": "127.0.0.9"}, "is that of another host"),
    "expired": ({"until": NOW - timedelta(days=1)}, "cannot be trusted"),
}


@pytest.mark.parametrize("fault", UNTRUSTED)
def test_bad_certificate_is_refused(tmp_path, fault):
    """Nobody knows its signer, it is another host's, or it is out of date: nothing is read, and the run says why, once."""
    facts, why = UNTRUSTED[fault]
    shown = certificate(tmp_path / "shown", **facts)
    run = crawl(tmp_path, shown, certificate(tmp_path / "known") if fault == "stranger" else shown)
    robots, listing = run.result.fetches
    assert (robots.fate, listing.fate, listing.status) == (Fate.FAILED, Fate.DISALLOWED, None)
    assert f"the certificate of 127.0.0.1 {why}" in robots.reason
    (problem,) = run.result.problems
    assert robots.reason in problem
    assert run.responses == []
    assert "retry/count" not in run.log
