"""`pantau readers` as the operator types it."""

import stat

import pytest
from typer.testing import CliRunner

from desk.steps.opened import load_settings, opened
from desk.verbs.readers import app
from processing.errors import PantauError
from processing.store import alerts, deliveries, readers

ADDRESS = "budi@contoh.example"
LONG = "a.rather.long.name.of.a.newsroom.editor@desk.of-a-ministry.with-a-long-name.example.id"


@pytest.fixture
def pantau(database_url, monkeypatch, tmp_path):
    """Run a verb; gives its output. What a person can mend is raised."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words, code=0, typed=None):
        done = CliRunner().invoke(app, words, input=typed)
        if isinstance(done.exception, PantauError):
            raise done.exception
        assert done.exit_code == code, done.output
        return done.output

    return run


def kept(address=ADDRESS):
    """Give a reader and its choice."""
    with opened(load_settings()) as connection:
        reader = readers.by_address(connection, address)
        return reader, readers.choice_of(connection, reader.id) if reader else None


def test_add_gives_the_desks_digest_or_one_of_ones_own(pantau):
    """By default the desk's; topics, places, days or an hour make one of the reader's own, and it is shown."""
    assert "Gets: desk" in pantau("add", ADDRESS, "--consent", "by phone")
    told = pantau(
        *("add", ADDRESS, "--consent", "by phone", "--topics", "maritime,cyber", "--watch", "natuna"),
        *("--days", "mon-fri", "--at", "05:30", "--language", "en", "--timezone", "Asia/Makassar", "--name", "Budi"),
    )
    assert "When: mon-fri at 05:30 Asia/Makassar" in told
    assert "Maritime" in told
    reader, choice = kept()
    assert (reader.name, reader.consent_source, choice.topics, choice.desks) == (
        "Budi",
        "by phone",
        ("cyber", "maritime"),
        (),
    )


def test_add_again_changes_what_is_said_alone(pantau):
    """The rest of the choice stays, and the first consent."""
    pantau("add", ADDRESS, "--consent", "by phone", "--topics", "maritime", "--at", "05:30")
    pantau("add", ADDRESS, "--consent", "by mail", "--days", "mon-fri", "--desk", "desk")
    reader, choice = kept()
    assert (choice.topics, f"{choice.send_at:%H:%M}", choice.weekdays) == (("maritime",), "05:30", (1, 2, 3, 4, 5))
    assert (choice.desks, reader.consent_source) == (("desk",), "by phone")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "budi", "--consent", "x"), "is no mail address"),
        (("add", ADDRESS, "--consent", "x", "--name", "a\nBcc: c@d.example"), "--name is not one line"),
        (("add", ADDRESS), "Say with --consent"),
        (("add", ADDRESS, "--consent", "x", "--topics", "maritim"), "did you mean maritime"),
        (("add", ADDRESS, "--consent", "x", "--watch", "natuna-se"), "did you mean"),
        (("add", ADDRESS, "--consent", "x", "--timezone", "Jakarta"), "did you mean Asia/Jakarta|IANA name"),
        (("add", ADDRESS, "--consent", "x", "--desk", "laut"), "there are desk"),
        (("add", ADDRESS, "--confirm"), "PANTAU_WEB_URL is not set"),
        (("pause", ADDRESS), "is no reader"),
        (("list", "--state", "gone"), "no state 'gone'"),
        (("import", "/nowhere.csv"), "cannot be read"),
    ],
)
def test_mistakes_are_said_in_a_sentence(pantau, words, said):
    """And nothing is kept."""
    with pytest.raises(PantauError, match=said):
        pantau(*words)
    assert kept() == (None, None)


def test_the_list_fits_a_terminal(pantau):
    """Eighty columns, whatever the address and topics; filtered by state and desk."""
    pantau("add", LONG, "--consent", "x", "--topics", "maritime,cyber,diplomacy,armed_conflict", "--watch", "natuna")
    pantau("add", ADDRESS, "--consent", "x")
    pantau("pause", ADDRESS)
    told = pantau("list")
    assert max(map(len, told.splitlines())) <= 80
    assert "2 readers: 1 active, 1 paused" in told
    assert (
        "".join(line[:30].split("  ")[0].strip() for line in told.splitlines() if line.startswith(" ")).count("@") == 2
    )
    assert "1 readers: 1 paused" in pantau("list", "--state", "paused")
    assert ADDRESS in pantau("list", "--desk", "desk")
    assert "0 readers" in pantau("list", "--desk", "laut")


def test_pause_resume_and_remove(pantau):
    """Each says what follows of it; a removed reader comes back by `add`, not by a list."""
    pantau("add", ADDRESS, "--consent", "x")
    assert "sent nothing until 2099-01-01 00:00" in pantau("pause", ADDRESS, "--until", "2099-01-01")
    assert "is written to" in pantau("resume", ADDRESS)
    assert "gets no more mail" in pantau("remove", ADDRESS)
    told = pantau("show", ADDRESS)
    assert "State: unsubscribed" in told
    assert "on the suppression list: it was removed" in told
    pantau("add", ADDRESS, "--consent", "asked again")
    assert kept()[0].consent_source == "asked again"
    assert "was no reader" in pantau("remove", "nobody@contoh.example")


def test_what_a_reader_is_told_of_at_once_is_shown(pantau):
    """All that is kept of an address is said, its alerts and the words of its searches too."""
    pantau("add", ADDRESS, "--consent", "x")
    assert "At once" not in pantau("show", ADDRESS)
    with opened(load_settings()) as connection:
        reader = readers.by_address(connection, ADDRESS)
        alerts.set_threshold(connection, reader.id, 4)
        alerts.save_search(connection, reader.id, "kapal -wisata", as_of=reader.consented_at)
    told = pantau("show", ADDRESS)
    assert "At once: stories of weight 4 or more; what 'kapal -wisata' finds: 3 a day at most, none from 21:00" in told


def test_a_mended_mailbox_is_resumed(pantau):
    """A bounce is taken back by the operator; a complaint by nobody."""
    pantau("add", ADDRESS, "--consent", "x")
    with opened(load_settings()) as connection:
        reader = readers.by_address(connection, ADDRESS)
        readers.change_state(connection, reader.id, "bounced", reason="550", as_of=reader.consented_at)
    pantau("resume", ADDRESS)
    assert kept()[0].state == "active"
    with opened(load_settings()) as connection:
        readers.change_state(connection, reader.id, "complained", reason="x", as_of=reader.consented_at)
    with pytest.raises(readers.StateRefused):
        pantau("resume", ADDRESS)
    with pytest.raises(readers.NotWrittenTo, match="complained"):
        pantau("add", ADDRESS, "--consent", "x")


def test_erase_asks_first_and_says_what_went(pantau):
    """Nothing happens without a yes; then only a hash is left."""
    pantau("add", ADDRESS, "--consent", "x")
    pantau("erase", ADDRESS, typed="n\n", code=1)
    assert kept()[0]
    assert "Removed: 1 readers, 1 subscriptions." in pantau("erase", ADDRESS, typed="y\n")
    assert kept() == (None, None)
    assert "it was erased" in pantau("show", ADDRESS)
    assert "it was no reader" in pantau("erase", ADDRESS, "--yes")


def test_confirm_asks_by_letter(pantau, monkeypatch):
    """The operator's word is not needed; the address is pending until it answers."""
    monkeypatch.setenv("PANTAU_WEB_URL", "https://pantau.example")
    assert "A letter waits" in pantau("add", ADDRESS, "--confirm", "--topics", "cyber")
    assert kept()[0].state == "pending"
    with opened(load_settings()) as connection:
        assert deliveries.states(connection) == {"queued": 1}


def test_a_list_goes_out_and_comes_in(pantau, tmp_path):
    """To a file of the operator's alone that a spreadsheet reads; a wrong one is refused with the lines that are wrong."""
    pantau("add", ADDRESS, "--consent", "x", "--topics", "cyber")
    path = tmp_path / "readers.csv"
    assert f"1 readers written to {path}" in pantau("export", "--to", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"\xef\xbb\xbfaddress,")
    assert pantau("export") == path.read_text("utf-8-sig")
    assert "It would be: 1 unchanged" in pantau("import", str(path), "--dry-run")
    assert "Taken: 1 unchanged" in pantau("import", "-", typed=path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace("cyber", "cibyr"))
    told = pantau("import", str(path), code=1)
    assert "Line 2: There is no topic 'cibyr'" in told
    assert "Nothing was taken: 1 lines are wrong" in told
