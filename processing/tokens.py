"""Signed texts for links: what a link may do and for whom, and until when. Nobody can make one without the desk's key."""

from __future__ import annotations

from datetime import datetime, timedelta

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from itsdangerous.timed import TimestampSigner

from processing.errors import PantauError


class TokenRefused(PantauError):
    """A link that was not signed here, or not for this, or that is too old."""


def sign(key: str, purpose: str, subject: str, as_of: datetime) -> str:
    """Sign a subject (a reader's token, say) for one purpose; the same arguments give the same text, fit for an address."""
    return _serializer(key, purpose, as_of).dumps(subject)


def read(key: str, purpose: str, signed: str, *, as_of: datetime, valid_for: timedelta) -> str:
    """Give the subject of a signed text; raises TokenRefused where it is forged, for another purpose, or too old."""
    try:
        subject = _serializer(key, purpose, as_of).loads(signed, max_age=int(valid_for.total_seconds()))
    except SignatureExpired as error:
        raise TokenRefused("This link has expired; ask for a new one.") from error
    except BadSignature as error:
        raise TokenRefused("This link is not complete; copy the whole of it from the mail.") from error
    return str(subject)


def _serializer(key: str, purpose: str, as_of: datetime) -> URLSafeTimedSerializer:
    """Give a serializer whose clock stands at `as_of`."""

    class Signer(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(as_of.timestamp())

    return URLSafeTimedSerializer(key, salt=f"pantau {purpose}", signer=Signer)
