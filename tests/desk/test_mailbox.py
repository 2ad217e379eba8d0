"""The local mailbox, over real SMTP."""

from __future__ import annotations

import smtplib
import socket
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from desk.addresses import relay
from desk.mailbox import Mailbox, file_name


def digest(*, message_id: str | None = "<edition-7.reader-3@pantau.example>", html: bool = True) -> EmailMessage:
    """Write a small mail with both parts."""
    message = EmailMessage()
    message["Subject"] = "Pantau: Korut – Rusia"
    message["From"] = "Pantau <pantau@example.org>"
    message["To"] = "reader@example.org"
    if message_id:
        message["Message-ID"] = message_id
    message.set_content("Ringkasan – pagi\n", cte="quoted-printable")
    if html:
        message.add_alternative("<p>Ringkasan – pagi</p>\n", subtype="html")
    return message


def send(mailbox: Mailbox, message: EmailMessage, to: tuple[str, ...] = ("reader@example.org",)) -> None:
    """Send as the desk would, by the mailbox's own address."""
    way = relay(mailbox.url)
    with smtplib.SMTP(way.host, way.port, timeout=10) as smtp:
        smtp.send_message(message, from_addr="bounce@example.org", to_addrs=list(to))


def test_a_message_lies_there_as_files_that_one_can_open(mailbox):
    """The mail and its two parts are named after its Message-ID; parts are UTF-8 text."""
    send(mailbox, digest())
    (received,) = mailbox.messages()
    assert received.eml.name == "edition-7.reader-3@pantau.example.eml"
    assert received.html.read_text("utf-8") == "<p>Ringkasan – pagi</p>\n"
    assert received.text.read_text("utf-8") == "Ringkasan – pagi\n"
    assert received.message["Subject"] == "Pantau: Korut – Rusia"


def test_the_envelope_is_kept(mailbox):
    """Sender and recipients are those of SMTP, not of the headers."""
    send(mailbox, digest(), to=("one@example.org", "two@example.org"))
    (delivery,) = mailbox.messages()[0].deliveries
    assert delivery.sender == "bounce@example.org"
    assert delivery.recipients == ("one@example.org", "two@example.org")


def test_the_same_message_again_is_one_more_delivery(mailbox):
    """A second sending is seen: it makes no second file but is counted; order of first arrival stays."""
    send(mailbox, digest(message_id="<z@pantau.example>"))
    send(mailbox, digest(message_id="<a@pantau.example>", html=False))
    send(mailbox, digest(message_id="<z@pantau.example>"))
    assert [(each.number, len(each.deliveries)) for each in mailbox.messages()] == [(1, 2), (2, 1)]
    assert mailbox.messages()[1].html is None


def test_a_later_mailbox_in_the_same_folder_goes_on(mailbox):
    """A second demo adds to what the first one received."""
    send(mailbox, digest(message_id="<1@x>"))
    mailbox.stop()
    with Mailbox(mailbox.folder) as later:
        send(later, digest(message_id="<2@x>"))
        assert [each.message["Message-ID"] for each in later.messages()] == ["<1@x>", "<2@x>"]


def test_it_listens_on_loopback_alone_and_stops(mailbox):
    """Two mailboxes live side by side on ports of their own; after the stop nothing listens."""
    with Mailbox(mailbox.folder) as other:
        address = urlsplit(other.url)
        assert address.hostname == "127.0.0.1"
        assert other.url != mailbox.url
        socket.create_connection((address.hostname, address.port), timeout=5).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port), timeout=5)


def test_it_stops_while_a_client_is_still_there(mailbox):
    """A client that stays connected does not hold up the end."""
    way = relay(mailbox.url)
    with socket.create_connection((way.host, way.port), timeout=5) as client:
        client.recv(100)
        mailbox.stop()


@pytest.mark.parametrize("message_id", ["<../../etc/passwd@x>", "<.hidden@x>", f"<{'x' * 300}@x>", "<a b/c\0@x>", None])
def test_no_message_id_leads_out_of_the_folder(message_id):
    """Whatever a Message-ID holds, the name made from it is one plain file's; different ids have different names."""
    name = file_name(message_id, b"content")
    assert name.isprintable()
    assert not set("/\\ \0") & set(name)
    assert not name.startswith(".")
    assert len(name) < 200
    assert name != file_name(f"{message_id}.", b"other content")


def test_a_message_without_an_id_is_kept(mailbox):
    """It is named after its content."""
    send(mailbox, digest(message_id=None))
    assert len(mailbox.messages()) == 1
