"""Delivering: what waits in the outbox goes to the relay, signed, each mail exactly once."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from desk.addresses import is_loopback
from desk.settings import Settings
from desk.steps.opened import load_settings
from processing.digest.letterhead import Letterhead
from processing.digest.links import domain_of
from processing.digest.signing import Signer, read_key
from processing.digest.transport import Transport
from processing.digest.workers import send_all
from processing.errors import PantauError, SettingError
from processing.store import connect, deliveries


class MailWaits(PantauError):
    """Mails that the relay has put off; they stay in the outbox."""


def deliver(*, as_of: datetime, workers: int | None = None) -> dict[str, int]:
    """Send what is due in the outbox; gives the deliveries counted by what became of them.

    `workers` at once, by default as many as the settings say. Raises MailWaits, after sending what could be sent, while
    the relay puts mails off.
    """
    settings = load_settings()
    if settings.relay is None:
        raise SettingError("PANTAU_SMTP_URL is not set, so no mail can be sent: name the relay that takes our mail.")
    sent = send_all(
        settings.database_url,
        settings.relay,
        as_of=as_of,
        letterhead=letterhead(settings, settings.relay),
        workers=workers or settings.mail_workers,
        rate=settings.mail_rate,
    )
    with closing(connect(settings.database_url)) as connection:
        waiting = deliveries.states(connection).get("queued", 0)
    if waiting:
        raise MailWaits(f"The relay has put off {waiting} mails; they wait in the outbox, so deliver again in a while.")
    return sent


def letterhead(settings: Settings, relay: Transport) -> Letterhead:
    """Give what the settings say of every mail; raises SettingError where they contradict each other."""
    local_pages = bool(settings.web_url and settings.web_url.startswith("http:"))
    if local_pages and not (is_loopback(relay.host) and relay.tls == "none"):
        raise SettingError(
            f"PANTAU_WEB_URL leads to this machine alone, where no reader of {relay.host} can follow: give its https address."
        )
    return Letterhead(
        sender=settings.sender,
        web_url=settings.web_url,
        signer=_signer(settings),
        signed_at_relay=settings.dkim_at_relay,
        at_home=local_pages,
    )


def _signer(settings: Settings) -> Signer | None:
    if settings.dkim_key is None:
        return None
    own = domain_of(settings.sender)
    domain = settings.dkim_domain or own
    if own != domain and not own.endswith(f".{domain}"):
        raise SettingError(
            f"PANTAU_DKIM_DOMAIN is {domain}, but mails are from {own}: receivers trust a signature of the sender's domain alone."
        )
    return Signer(domain=domain, selector=settings.dkim_selector, key=read_key(settings.dkim_key))
