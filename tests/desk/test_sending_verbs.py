"""The verbs of sending: the outbox sent and looked at, what is uncertain settled, and a key for DKIM."""

import stat
from contextlib import closing
from datetime import UTC, datetime

import pytest
from relay import Relay
from typer.testing import CliRunner

from desk import cli, steps
from desk.settings import Settings
from desk.steps.delivering import letterhead
from desk.steps.digesting import DESK, desk_series
from desk.steps.opened import load_settings, opened
from processing.digest.signing import read_key, record
from processing.errors import PantauError, SettingError
from processing.store import connect, deliveries, readers
from processing.store.series import save_series

AS_OF = datetime(2026, 11, 21, 23, tzinfo=UTC)
ADDRESSES = ("a@example.org", "b@example.org", "c@example.org")


@pytest.fixture
def desk(database_url, monkeypatch, tmp_path):
    """Give a connection to a desk whose digest waits for three readers."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    settings = load_settings()
    with opened(settings) as connection:
        save_series(connection, desk_series(settings))
        for address in ADDRESSES:
            readers.add_reader(connection, address, DESK, consent_source="test", as_of=AS_OF)
    steps.build_editions(as_of=AS_OF, mail=True)
    with closing(connect(database_url)) as connection:
        yield connection


def run(*words):
    """Run the command and give what it prints; a fault that a person can mend is raised."""
    result = CliRunner().invoke(cli._verbs(), list(words), env={"COLUMNS": "240"})
    if isinstance(result.exception, PantauError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def sent_to(monkeypatch, relay):
    """Let the desk send to this relay."""
    monkeypatch.setenv("PANTAU_SMTP_URL", f"smtp://127.0.0.1:{relay.port}")


def message_ids(connection):
    """Give the Message-ID of each reader's delivery, by address."""
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT address, message_id FROM delivery JOIN reader ON reader.id = reader_id")
        return dict(cursor.fetchall())


def test_what_is_uncertain_is_settled_by_the_operators_word(desk, monkeypatch):
    """Named by Message-ID and never by address; `--sent` ends it, `--again` sends it once more, under the same Message-ID."""
    ids = message_ids(desk)
    with Relay(after_data={"a@example.org": "drop", "b@example.org": "drop"}) as relay:
        sent_to(monkeypatch, relay)
        told = run("deliver", "--workers", "2", "--as-of", AS_OF.isoformat())
        assert "1 sent, 2 uncertain" in told
        listed = run("deliveries", "list", "--state", "uncertain")
        assert ids["a@example.org"] in listed
        assert ids["b@example.org"] in listed
        assert ids["c@example.org"] not in listed
        assert not any(address in told + listed for address in ADDRESSES)
        assert "counts as sent" in run(
            "deliveries", "settle", ids["a@example.org"], "--sent", "--reason", "queue id 4F2"
        )
        assert "sent again" in run("deliveries", "settle", ids["b@example.org"].strip("<>"), "--again")
        relay.after_data.clear()
        assert run("deliver", "--as-of", AS_OF.isoformat()).strip() == "1 sent"
        assert sorted(relay.recipients) == ["a@example.org", "b@example.org", "b@example.org", "c@example.org"]
        assert run("deliver", "--as-of", AS_OF.isoformat()).strip() == "Nothing is due."
    assert deliveries.states(desk) == {"sent": 3}
    assert "queue id 4F2" in run("deliveries", "list", "--state", "sent")


def test_only_what_is_uncertain_is_settled(desk):
    """Anything else is one sentence; so is a word too few or too many."""
    ids = message_ids(desk)
    with pytest.raises(PantauError, match="is queued, so there is nothing to settle"):
        run("deliveries", "settle", ids["a@example.org"], "--sent")
    with pytest.raises(PantauError, match="There is no delivery <0@x>"):
        run("deliveries", "settle", "<0@x>", "--again")
    for flags in ([], ["--sent", "--again"]):
        with pytest.raises(PantauError, match="Say --sent if the relay's log has the Message-ID"):
            run("deliveries", "settle", ids["a@example.org"], *flags)
    with pytest.raises(PantauError, match="There is no state 'lost'"):
        run("deliveries", "list", "--state", "lost")
    assert "No delivery is in that state." in run("deliveries", "list", "--state", "uncertain")
    assert deliveries.states(desk) == {"queued": 3}


def test_the_task_sends_with_the_workers_and_the_rate_of_the_settings(desk, monkeypatch):
    """What PANTAU_MAIL_WORKERS and PANTAU_MAIL_RATE say reaches the round."""
    asked = []
    monkeypatch.setattr("desk.steps.delivering.send_all", lambda *_, **how: asked.append(how) or {})
    monkeypatch.setenv("PANTAU_MAIL_WORKERS", "7")
    monkeypatch.setenv("PANTAU_MAIL_RATE", "0.5")
    monkeypatch.setenv("PANTAU_SMTP_URL", "smtp://127.0.0.1:1")
    with pytest.raises(steps.MailWaits):
        steps.deliver(as_of=AS_OF)
    assert (asked[0]["workers"], asked[0]["rate"]) == (7, 0.5)
    with pytest.raises(steps.MailWaits):
        steps.deliver(as_of=AS_OF, workers=2)
    assert asked[1]["workers"] == 2


@pytest.mark.parametrize("algorithm", ["rsa", "ed25519"])
def test_a_new_key_is_its_owners_alone(tmp_path, monkeypatch, algorithm):
    """The file has mode 0600 and is never overwritten; the record says where it goes, in strings that DNS takes."""
    monkeypatch.setenv("PANTAU_SENDER", "Meja <digest@berita.contoh.example>")
    monkeypatch.setenv("PANTAU_DKIM_DOMAIN", "contoh.example")
    file = tmp_path / "key.pem"
    told = run("dkim", "new", str(file), "--algorithm", algorithm)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "pantau._domainkey.contoh.example. IN TXT" in told
    strings = told.partition("( ")[2].partition(" )")[0].split('" "')
    assert "".join(strings).strip('"') == record(read_key(file))
    assert all(len(string) <= 255 for string in strings)
    assert run("dkim", "record", str(file)).splitlines()[1] in told
    with pytest.raises(PantauError, match="File exists"):
        run("dkim", "new", str(file))


def given(monkeypatch, tmp_path, **values):
    """Give the letterhead of these settings."""
    values.setdefault("PANTAU_SMTP_URL", "smtp://127.0.0.1:25")
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    settings = Settings.load()
    return letterhead(settings, settings.relay)


def test_the_letterhead_is_what_the_settings_say(monkeypatch, tmp_path):
    """A key signs for the sender's domain; a page on this machine is for mail that stays here."""
    file = tmp_path / "key.pem"
    run("dkim", "new", str(file), "--algorithm", "ed25519")
    ours = given(
        monkeypatch,
        tmp_path,
        PANTAU_SENDER="Meja <digest@contoh.example>",
        PANTAU_DKIM_KEY=str(file),
        PANTAU_WEB_URL="https://contoh.example/",
    )
    assert (ours.signer.domain, ours.signer.selector, ours.one_click) == ("contoh.example", "pantau", True)
    monkeypatch.setenv("PANTAU_DKIM_DOMAIN", "lain.example")
    with pytest.raises(SettingError, match=r"PANTAU_DKIM_DOMAIN is lain\.example, but mails are from contoh\.example"):
        given(monkeypatch, tmp_path)
    monkeypatch.delenv("PANTAU_DKIM_KEY")
    assert not given(monkeypatch, tmp_path).one_click
    assert given(monkeypatch, tmp_path, PANTAU_DKIM_AT_RELAY="yes").one_click
    assert given(monkeypatch, tmp_path, PANTAU_DKIM_AT_RELAY="no", PANTAU_WEB_URL="http://127.0.0.1:8098").one_click
    with pytest.raises(SettingError, match=r"leads to this machine alone, where no reader of mail\.contoh\.example"):
        given(monkeypatch, tmp_path, PANTAU_SMTP_URL="smtp://mail.contoh.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PANTAU_WEB_URL", "http://contoh.example"),
        ("PANTAU_WEB_URL", "http://127.0.0.1"),
        ("PANTAU_MAIL_WORKERS", "0"),
        ("PANTAU_MAIL_WORKERS", "33"),
        ("PANTAU_MAIL_RATE", "0"),
        ("PANTAU_MAIL_RATE", "-1"),
        ("PANTAU_DKIM_AT_RELAY", "maybe"),
        ("PANTAU_DKIM_DOMAIN", "x y"),
        ("PANTAU_DKIM_SELECTOR", "a_b"),
        ("PANTAU_DKIM_KEY", "/nowhere/key.pem"),
        ("PANTAU_MAILBOX_URL", "imap://u:geheim@mail.contoh.example"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch, tmp_path, name, value):
    """And a password in it is not shown."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=name) as caught:
        Settings.load()
    assert "geheim" not in str(caught.value)
