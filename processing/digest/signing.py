"""DKIM (RFC 6376): the signature that says a mail is ours, and that one click may unsubscribe (RFC 8058)."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias

import dkim
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from dkim.canonicalization import CanonicalizationPolicy, Relaxed

from processing.errors import SettingError

Key: TypeAlias = rsa.RSAPrivateKey | Ed25519PrivateKey

BITS = 2048
"""Of a new RSA key: what fits a TXT record in two strings, and all receivers verify (RFC 8301)."""

SIGNED = (
    *("from", "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "auto-submitted"),
    *("list-id", "list-unsubscribe", "list-unsubscribe-post"),
)
"""Headers that a signature covers: From twice, so that none is added; those of RFC 8058 also where they are absent."""

RELAXED = CanonicalizationPolicy(Relaxed, Relaxed)
"""Relays fold headers anew and strip blanks: that must not break a signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs for a domain with the key whose public half is published under `selector`."""

    domain: str
    selector: str
    key: Key = field(repr=False)

    def sign(self, content: bytes, *, at: datetime) -> bytes:
        """Put a signature of an instant before a message; with an RSA or Ed25519 key the same arguments give the same bytes.

        dkimpy writes it and `cryptography` signs: by itself dkimpy takes the clock's time, and 8 ms for RSA. Under the name
        of Ed25519 it hands the digest to the key that it is given, whatever that signs with.
        """
        writer = dkim.DKIM(content, signature_algorithm=b"ed25519-sha256")
        writer.hasher = hashlib.sha256
        covered = [name.encode() for name in SIGNED]
        value = writer.gen_header(
            self._fields(writer.body, at), covered, RELAXED, b"DKIM-Signature", _DigestKey(self.key)
        )
        return b"DKIM-Signature: " + bytes(value) + content

    def _fields(self, body: bytes, at: datetime) -> list[tuple[bytes, bytes]]:
        """Give the signature's fields, in dkimpy's order."""
        digest = hashlib.sha256(RELAXED.canonicalize_body(body)).digest()
        rsa_key = isinstance(self.key, rsa.RSAPrivateKey)
        return [
            (b"v", b"1"),
            (b"a", b"rsa-sha256" if rsa_key else b"ed25519-sha256"),
            (b"c", RELAXED.to_c_value()),
            (b"d", self.domain.encode()),
            (b"i", b"@" + self.domain.encode()),
            (b"q", b"dns/txt"),
            (b"s", self.selector.encode()),
            (b"t", str(int(at.timestamp())).encode()),
            (b"h", " : ".join(SIGNED).encode()),
            (b"bh", base64.b64encode(digest)),
            (b"b", b"0" * 60),  # as dkimpy does: a line of its own
        ]


@dataclass(frozen=True, slots=True)
class _DigestKey:
    """A key as dkimpy calls it: it signs a digest."""

    key: Key

    def sign(self, digest: bytes) -> Any:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return SimpleNamespace(signature=self.key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256())))
        return SimpleNamespace(signature=self.key.sign(digest))


def read_key(path: Path) -> Key:
    """Read a private key in PEM, RSA of 1024 bits or more or Ed25519; raises SettingError, also where others may read it."""
    if path.stat().st_mode & 0o077:
        raise SettingError(f"PANTAU_DKIM_KEY: others may read {path}; `chmod 600` it.")
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise SettingError(f"PANTAU_DKIM_KEY: {path} is no private key in PEM; `pantau dkim new` makes one.") from error
    if isinstance(key, Ed25519PrivateKey) or (isinstance(key, rsa.RSAPrivateKey) and key.key_size >= 1024):  # noqa: PLR2004 - RFC 8301
        return key
    raise SettingError(f"PANTAU_DKIM_KEY: {path} is neither an RSA key of 1024 bits or more nor an Ed25519 key.")


def new_key(algorithm: str) -> Key:
    """Make a key: `rsa` or `ed25519`."""
    return Ed25519PrivateKey.generate() if algorithm == "ed25519" else rsa.generate_private_key(65537, BITS)


def pem(key: Key) -> bytes:
    """Give a key as its file holds it (PKCS 8)."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def record(key: Key) -> str:
    """Give the TXT record that publishes a key's public half, in one piece."""
    public = key.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        raw = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={base64.b64encode(raw).decode()}"
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return f"v=DKIM1; k=ed25519; p={base64.b64encode(raw).decode()}"
