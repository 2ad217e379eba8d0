"""DKIM: what is signed verifies, is the same on every try, and is what one-click unsubscribing rests on."""

import email
import re
from datetime import timedelta
from email import policy
from types import SimpleNamespace

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from digest_samples import CUTOFF, EDITIONS, SENDER, WEB
from relay import Relay
from test_delivery import transport_to
from test_outbox import queued
from test_snapshots import message

from processing.digest.delivery import BACK_OFF, send_waiting
from processing.digest.letterhead import Letterhead
from processing.digest.signing import SIGNED, Signer, new_key, pem, read_key, record
from processing.errors import SettingError

SELECTOR = "pantau"
DOMAIN = "pantau.example"


@pytest.fixture(scope="module", params=["rsa", "ed25519"])
def signer(request):
    """Give a signer of each algorithm."""
    return Signer(domain=DOMAIN, selector=SELECTOR, key=new_key(request.param))


@pytest.fixture(autouse=True)
def ed25519(monkeypatch):
    """Let dkimpy verify Ed25519 by `cryptography`: by itself it asks for PyNaCl, which we do not need."""

    class BadSignatureError(Exception):
        """What PyNaCl raises."""

    class VerifyKey:
        def __init__(self, key, encoder):
            self.key = Ed25519PublicKey.from_public_bytes(encoder(key))

        def verify(self, digest, signature):
            try:
                self.key.verify(signature, digest)
            except InvalidSignature as error:
                raise BadSignatureError from error

    import base64  # noqa: PLC0415

    nacl = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=VerifyKey),
        encoding=SimpleNamespace(Base64Encoder=base64.b64decode),
        exceptions=SimpleNamespace(BadSignatureError=BadSignatureError, ValueError=ValueError),
    )
    monkeypatch.setattr(dkim, "nacl", nacl, raising=False)


def verified(content, signer):
    """Verify a message as its receiver would, with the record that DNS has."""
    asked = []

    def dns(name, timeout=5):
        asked.append(name)
        return record(signer.key).encode()

    good = dkim.verify(content, dnsfunc=dns)
    assert asked == [f"{SELECTOR}._domainkey.{DOMAIN}.".encode()]
    return good


@pytest.mark.parametrize("name", EDITIONS)
def test_a_receiver_verifies_the_signature(signer, name):
    """Of every edition, also after a relay has folded its headers anew and added its own."""
    content = signer.sign(message(name).as_bytes(), at=CUTOFF)
    assert verified(content, signer)
    head, _, body = content.partition(b"\r\n\r\n")
    unfolded = re.sub(rb"\r\n[ \t]+", b" ", head)
    assert verified(b"Received: from a by b\r\n" + unfolded + b"\r\n\r\n" + body + b"\r\n\r\n", signer)


@pytest.mark.parametrize(
    "change",
    [
        (b"Berhenti", b"Berhent1"),
        (b"Subject: ", b"Subject: x"),
        (b"List-Unsubscribe: <https://", b"List-Unsubscribe: <https://evil."),
        (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click", b"List-Unsubscribe-Post: no"),
        (b"From: Meja", b"From: x@y.example\r\nFrom: Meja"),
    ],
)
def test_what_is_changed_does_not_verify(signer, change):
    """Neither the text, nor a header of the list, nor a second From."""
    content = signer.sign(message("quiet").as_bytes(), at=CUTOFF)
    assert change[0] in content
    assert not verified(content.replace(*change, 1), signer)


def test_a_header_of_one_click_cannot_be_added_later(signer):
    """They are covered also where they are absent: whoever adds them breaks the signature."""
    written = message("quiet")
    del written["List-Unsubscribe-Post"]
    content = signer.sign(written.as_bytes(), at=CUTOFF)
    assert verified(content, signer)
    assert not verified(content.replace(b"To: ", b"List-Unsubscribe-Post: x\r\nTo: ", 1), signer)


def test_the_signature_covers_what_it_should_and_tells_its_time(signer):
    """The headers of RFC 8058 and those a reader sees, From twice; the time is the edition's."""
    content = signer.sign(message("quiet").as_bytes(), at=CUTOFF)
    signature = re.sub(r"\s", "", email.message_from_bytes(content)["DKIM-Signature"])
    fields = dict(field.split("=", 1) for field in signature.split(";"))
    covered = fields["h"].split(":")
    assert covered.count("from") == 2
    assert set(covered) == set(SIGNED)
    assert {"to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post", "list-id", "mime-version",
            "content-type"} <= set(covered)  # fmt: skip
    assert fields["t"] == str(int(CUTOFF.timestamp()))
    assert fields["d"] == DOMAIN


def test_a_retry_is_signed_with_the_same_bytes(connection, signer):
    """Hours later, by another worker."""
    queued(connection, "a@b.example")
    letterhead = Letterhead(sender=SENDER, web_url=WEB, signer=signer)
    with Relay(after_data={"a@b.example": "450 busy"}) as relay:
        for as_of in (CUTOFF, CUTOFF + BACK_OFF[0] + timedelta(minutes=1)):
            send_waiting(connection, transport_to(relay.port), as_of=as_of, letterhead=letterhead)
            relay.after_data.clear()
        first, second = (envelope.original_content for envelope in relay.seen)
    assert first == second
    assert verified(first, signer)


def sent_with(connection, **letterhead):
    """Send a digest with this letterhead and give its message."""
    queued(connection, "a@b.example")
    with Relay() as relay:
        send_waiting(
            connection, transport_to(relay.port), as_of=CUTOFF, letterhead=Letterhead(sender=SENDER, **letterhead)
        )
        (envelope,) = relay.accepted
    return email.message_from_bytes(envelope.original_content, policy=policy.default)


LOCAL = "http://127.0.0.1:8098"


@pytest.mark.parametrize(
    ("letterhead", "promised"),
    [
        ({"web_url": WEB, "signer": Signer(domain=DOMAIN, selector=SELECTOR, key=new_key("ed25519"))}, WEB),
        ({"web_url": WEB, "signed_at_relay": True}, WEB),
        ({"web_url": LOCAL, "at_home": True}, LOCAL),
        ({"web_url": WEB}, None),
        ({"web_url": None, "signed_at_relay": True}, None),
        ({"web_url": LOCAL, "signed_at_relay": True}, None),
        ({"web_url": None, "at_home": True}, None),
    ],
)
def test_one_click_is_promised_where_it_holds_alone(connection, letterhead, promised):
    """An https page and a signature over the promise, or all of it at home; else there is the mail address alone."""
    received = sent_with(connection, **letterhead)
    ways = received["List-Unsubscribe"].split(", ")
    assert ways[-1].startswith("<mailto:unsubscribe+")
    if promised:
        assert ways[0].startswith(f"<{promised}/unsubscribe/")
        assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    else:
        assert len(ways) == 1
        assert "List-Unsubscribe-Post" not in received


def test_a_key_that_others_may_read_is_refused(tmp_path, signer):
    """In one sentence that says what to do; as it is refused, so is what is no key."""
    file = tmp_path / "key.pem"
    file.write_bytes(pem(signer.key))
    file.chmod(0o640)
    with pytest.raises(SettingError, match="chmod 600"):
        read_key(file)
    file.chmod(0o600)
    assert record(read_key(file)) == record(signer.key)
    file.write_text("no key")
    with pytest.raises(SettingError, match="no private key"):
        read_key(file)


def test_a_key_too_short_to_be_trusted_is_refused(tmp_path):
    """Receivers do not verify RSA of less than 1024 bits (RFC 8301)."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    file = tmp_path / "key.pem"
    file.touch(0o600)
    file.write_bytes(pem(ec.generate_private_key(ec.SECP256R1())))
    with pytest.raises(SettingError, match="neither an RSA key"):
        read_key(file)
