"""Mails that came back, read from files, mboxes, Maildirs and a real IMAP server: each handled once, and filed."""

import io
import mailbox
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from certificates import certificate
from digest_samples import CUTOFF
from imap_server import PASSWORD, USER
from imap_tools import MailBoxUnencrypted
from returned_samples import complaint, delivery_status, plain_mail
from test_bounces import reader, sent
from typer.testing import CliRunner

from desk import cli, steps
from desk.home import CHECKOUT
from desk.mail_sources import MailboxUnreachable, mailbox_address
from processing.errors import PantauError

LEFT = "it is neither a bounce, nor a complaint, nor does it unsubscribe"


@pytest.fixture
def desk(database_url, connection, monkeypatch, tmp_path):
    """Give the Message-IDs of a digest that was sent to four readers, with the desk's settings set."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    return sent(connection, "a@b.example", "c@d.example", "e@f.example", "g@h.example")


@pytest.fixture
def came(connection, desk):
    """Give five mails that came back: a hard bounce, a complaint, one that unsubscribes, a letter from a person, and a notice."""
    return [
        delivery_status(desk["a@b.example"]),
        complaint(desk["c@d.example"]),
        plain_mail(f"unsubscribe+{reader(connection, 'e@f.example').token}@pantau.example"),
        plain_mail("digest@pantau.example", "Terima kasih"),
        delivery_status(desk["g@h.example"], action="delayed", status="4.4.1"),
    ]


COUNTS = {"hard bounces": 1, "complaints": 1, "unsubscribed": 1, "left": 1, "notices": 1}


def states(connection):
    """Give the readers' states, in the order of their addresses."""
    return [
        reader(connection, address).state for address in ("a@b.example", "c@d.example", "e@f.example", "g@h.example")
    ]


AFTER = ["bounced", "complained", "unsubscribed", "active"]


def test_an_mbox_keeps_what_is_not_understood(connection, came, tmp_path):
    """What was handled goes to the file beside it; a second reading finds the one that was left."""
    path = tmp_path / "returned"
    box = mailbox.mbox(path)
    for mail in came:
        box.add(mail)
    box.close()
    done = steps.read_mail(as_of=CUTOFF, source=str(path))
    assert done.counts == COUNTS
    assert done.left == (f"returned, mail 4: {LEFT}",)
    assert states(connection) == AFTER
    assert [mail["Subject"] for mail in mailbox.mbox(path)] == ["Terima kasih"]
    assert len(mailbox.mbox(tmp_path / "returned.handled")) == 4
    assert steps.read_mail(as_of=CUTOFF, source=str(path)).counts == {"left": 1}


def test_a_maildir_keeps_what_is_not_understood(connection, came, tmp_path):
    """What was handled goes to its folder Handled."""
    box = mailbox.Maildir(tmp_path / "returned")
    for mail in came:
        box.add(mail)
    assert steps.read_mail(as_of=CUTOFF, source=str(tmp_path / "returned")).counts == COUNTS
    assert states(connection) == AFTER
    box = mailbox.Maildir(tmp_path / "returned", create=False)
    assert [mail["Subject"] for mail in box] == ["Terima kasih"]
    assert len(box.get_folder("Handled")) == 4


def test_a_file_of_one_mail_stays_where_it_is(connection, came, tmp_path):
    """Read twice, it counts once."""
    path = tmp_path / "bounce.eml"
    path.write_bytes(came[0].as_bytes())
    assert steps.read_mail(as_of=CUTOFF, source=str(path)).counts == {"hard bounces": 1}
    assert steps.read_mail(as_of=CUTOFF, source=str(path)).counts == {"known already": 1}
    assert path.exists()
    assert states(connection)[0] == "bounced"


@pytest.mark.parametrize("envelope", [b"", b"From MAILER-DAEMON Sun Nov 22 06:00:00 2026\n"])
def test_a_mail_on_standard_input_is_read(connection, came, monkeypatch, envelope):
    """As a mail server's alias pipes it, with the line of an mbox before it or without."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(envelope + came[0].as_bytes())))
    assert steps.read_mail(as_of=CUTOFF, source="-").counts == {"hard bounces": 1}


def test_what_is_not_there_is_one_sentence(desk, tmp_path):
    """Neither a file nor a Maildir; and without a mailbox in the settings there is nothing to read."""
    with pytest.raises(PantauError, match="There is no mail to read at"):
        steps.read_mail(as_of=CUTOFF, source=str(tmp_path / "nothing"))
    assert steps.read_mail(as_of=CUTOFF).counts == {}


@contextmanager
def imap_server(folder, *arguments):
    """Run the IMAP server on the mails of a folder, and give its port."""
    command = [sys.executable, str(CHECKOUT / "tests" / "imap_server.py"), str(folder), *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def put(came, folder):
    """Write mails as the server takes them in."""
    folder.mkdir()
    for number, mail in enumerate(came):
        (folder / f"{number}.eml").write_bytes(mail.as_bytes().replace(b"\n", b"\r\n"))
    return folder


def url(port, scheme="imap", password=PASSWORD):
    """Give the address of the mailbox."""
    return f"{scheme}://{USER}:{quote(password)}@127.0.0.1:{port}/INBOX"


def test_an_imap_mailbox_is_read_and_filed(connection, came, tmp_path, monkeypatch):
    """A real server: handled mails move to Handled, what is left is flagged, not marked as seen, and not read again."""
    with imap_server(put(came, tmp_path / "mails")) as port:
        monkeypatch.setenv("PANTAU_MAILBOX_URL", url(port))
        done = steps.read_mail(as_of=CUTOFF)
        assert done.counts == COUNTS
        assert done.left == (f"UID 4: {LEFT}",)
        assert states(connection) == AFTER
        assert steps.read_mail(as_of=CUTOFF).counts == {}
        with MailBoxUnencrypted("127.0.0.1", port).login(USER, PASSWORD) as box:
            (left,) = box.fetch(mark_seen=False)
            assert (left.subject, left.flags) == ("Terima kasih", ("PantauLeft",))
            box.folder.set("Handled")
            assert len(box.uids()) == 4


def test_a_mail_that_could_not_be_filed_is_handled_again_without_harm(connection, came, tmp_path, monkeypatch):
    """The mailbox goes away between the handling and the filing: the next reading counts nothing twice."""
    with imap_server(put(came[:2], tmp_path / "mails")) as port:
        monkeypatch.setenv("PANTAU_MAILBOX_URL", url(port))
        with monkeypatch.context() as patch:
            patch.setattr("imap_tools.BaseMailBox.move", lambda *_: (_ for _ in ()).throw(OSError("gone")))
            with pytest.raises(MailboxUnreachable, match=f"INBOX at 127.0.0.1:{port} cannot be read"):
                steps.read_mail(as_of=CUTOFF)
        assert states(connection)[0] == "bounced"
        assert steps.read_mail(as_of=CUTOFF).counts == {"complaints": 1, "known already": 1}


def test_imap_over_tls_is_for_servers_that_are_trusted(connection, came, tmp_path, monkeypatch):
    """Its certificate is verified: one that nobody vouches for gets no password."""
    file = certificate(tmp_path)
    with imap_server(put(came, tmp_path / "mails"), file) as port:
        monkeypatch.setenv("PANTAU_MAILBOX_URL", url(port, "imaps"))
        with pytest.raises(MailboxUnreachable, match="SSLCertVerificationError"):
            steps.read_mail(as_of=CUTOFF)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert steps.read_mail(as_of=CUTOFF).counts == COUNTS
    assert states(connection) == AFTER


def test_a_wrong_password_is_told_without_it(desk, tmp_path, monkeypatch):
    """The sentence names the server, not what we know of it."""
    with imap_server(put([], tmp_path / "mails")) as port:
        monkeypatch.setenv("PANTAU_MAILBOX_URL", url(port, password="falsch"))
        with pytest.raises(MailboxUnreachable) as caught:
            steps.read_mail(as_of=CUTOFF)
    assert "falsch" not in str(caught.value)
    assert "MailboxLoginError" in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["imap://user:x@mail.example/INBOX", "imaps://mail.example", "pop3://u:x@mail.example", "imaps://u:x@", "INBOX"],
)
def test_what_is_no_mailbox_is_refused(address):
    """Plain IMAP stays on this machine, as plain SMTP does."""
    with pytest.raises(ValueError):  # noqa: PT011 - the setting says what is expected
        mailbox_address(address)
    read = mailbox_address("imaps://u%40x.example:p%3Aw@mail.example/Bounces%20in")
    assert (read.user, read.password, read.port, read.folder) == ("u@x.example", "p:w", 993, "Bounces in")
    assert "p:w" not in repr(read)


def test_the_command_names_nobody(connection, came, tmp_path):
    """Counts, and where a mail lies that was left: no address, no token, no Message-ID."""
    path = tmp_path / "returned"
    box = mailbox.mbox(path)
    for mail in came:
        box.add(mail)
    box.close()
    result = CliRunner().invoke(cli._verbs(), ["mail", "read", str(path)])
    assert result.exit_code == 0, result.output
    assert "1 hard bounces" in result.output
    assert f"Left: returned, mail 4: {LEFT}" in result.output
    for secret in ("@", reader(connection, "e@f.example").token):
        assert secret not in result.output
    assert Path(f"{path}.handled").exists()
