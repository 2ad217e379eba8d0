"""The settings of the mail: where it goes, whom it is from, who signs it, and what comes back."""

from __future__ import annotations

from desk import setting_values as values
from desk.addresses import relay, relay_of_connection
from desk.mail_sources import mailbox_address
from desk.setting_row import Setting

MAIL = (
    Setting(
        name="PANTAU_SMTP_URL",
        attribute="relay",
        meaning="The mail server that takes the digests. `smtp` means STARTTLS, but on this machine itself plain SMTP "
        "unless `?starttls=yes`; `smtps` means TLS from the start.",
        expected="smtp://user:password@host:port (with STARTTLS, unless the host is this machine) or smtps://user:password@host:port",
        read=relay,
        otherwise="none; the demo and `pantau up` use the local mailbox",
        connection="pantau_smtp",
        read_connection=relay_of_connection,
    ),
    Setting(
        name="PANTAU_SENDER",
        attribute="sender",
        meaning="Whom a digest is from.",
        expected="one mail address, such as Pantau <pantau@example.org>",
        read=values.mail_address,
        default="Pantau <pantau@localhost>",
    ),
    Setting(
        name="PANTAU_MAIL_WORKERS",
        attribute="mail_workers",
        meaning="How many mails are handed to the relay at once, each over a session of its own.",
        expected="a number from 1 to 32",
        read=lambda text: values.whole_number(text, 32),
        default="4",
    ),
    Setting(
        name="PANTAU_MAIL_RATE",
        attribute="mail_rate",
        meaning="The mails a second that the relay allows, over all workers and processes.",
        expected="a number, such as 10 or 0.5",
        read=values.rate,
        otherwise="none: as fast as the relay takes them",
    ),
    Setting(
        name="PANTAU_DKIM_KEY",
        attribute="dkim_key",
        meaning="The private key that mails are signed with; `pantau dkim new` makes one and prints the DNS record.",
        expected="a file that exists",
        read=values.existing_file,
        otherwise="none: mails are not signed here",
    ),
    Setting(
        name="PANTAU_DKIM_DOMAIN",
        attribute="dkim_domain",
        meaning="The domain that signs: the sender's, or one above it.",
        expected="a domain, such as example.org",
        read=values.host_name,
        otherwise="the domain of `PANTAU_SENDER`",
    ),
    Setting(
        name="PANTAU_DKIM_SELECTOR",
        attribute="dkim_selector",
        meaning="The name that the key is published under in DNS: SELECTOR._domainkey.DOMAIN.",
        expected="a label of a host name, such as pantau",
        read=values.selector,
        default="pantau",
    ),
    Setting(
        name="PANTAU_DKIM_AT_RELAY",
        attribute="dkim_at_relay",
        meaning="`yes` declares that the relay signs our mails with DKIM, List-Unsubscribe and List-Unsubscribe-Post included.",
        expected="yes or no",
        read=values.yes_or_no,
        default="no",
    ),
    Setting(
        name="PANTAU_MAILBOX_URL",
        attribute="mailbox",
        meaning="The mailbox that bounces, complaints and unsubscribing mails come to (`bounce+…@` and `unsubscribe+…@` the "
        "sender's domain); `upkeep` reads it every night.",
        expected="imaps://user:password@host:port/INBOX (or imap:// on this machine)",
        read=mailbox_address,
        connection="pantau_mailbox",
        read_connection=mailbox_address,
    ),
)
