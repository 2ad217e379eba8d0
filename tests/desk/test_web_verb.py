"""`pantau web` as a program: it says where it is, keeps serving when the database goes, and ends when it is told to."""

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from rich.console import Console
from typer.testing import CliRunner

from desk import demo, pages, up
from desk.airflow_settings import take_port
from desk.home import CHECKOUT, Home
from desk.postgres import Postgres
from desk.processes import Processes
from desk.setting_values import host, networks, port
from desk.settings import Settings
from processing.errors import PantauError

PATIENCE = 60.0


@contextmanager
def served(tmp_path, **environ):
    """Start `pantau web` on a free port, and give its address and its log; it is ended at the end."""
    log = tmp_path / "web.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "desk.cli", "web", "--port", "0"]
        program = subprocess.Popen(
            command, cwd=CHECKOUT, env={**os.environ, "COLUMNS": "200", **environ}, stdout=output, stderr=output
        )
    try:
        until = time.monotonic() + PATIENCE
        while not (found := re.search(r"http://\S+", log.read_text())):
            assert program.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.05)
        yield found[0], log, program
    finally:
        program.kill()
        program.wait()


@pytest.mark.heavy
def test_it_serves_loses_its_database_and_finds_it_again(tmp_path):
    """200, then 503 while the database is away, then 200 again, all by one process; SIGTERM ends it in peace."""
    with tempfile.TemporaryDirectory(prefix="pantau-test-web-") as folder, ExitStack() as until_end:
        Path(folder).chmod(0o755)  # root's database runs as another account
        server = until_end.enter_context(Postgres(Home(Path(folder))))
        address = server.ensure_database("pantau")
        with served(tmp_path, PANTAU_DATABASE_URL=address) as (url, log, program):
            assert httpx.get(url).status_code == 200
            server.stop()
            assert httpx.get(url).status_code == 503
            assert httpx.get(f"{url}/health").status_code == 503
            assert httpx.get(f"{url}/privacy").status_code == 200
            server.start()
            assert httpx.get(url).status_code == 200
            assert httpx.get(f"{url}/health").text == "ok\n"
            assert "server" not in httpx.get(url).headers
            program.send_signal(signal.SIGTERM)
            program.wait(PATIENCE)
            assert "Traceback" not in log.read_text()


@pytest.mark.heavy
def test_what_a_proxy_says_is_believed_only_where_it_is_named(tmp_path, database_url):
    """The scheme and the visitor's address come from X-Forwarded-* of a named proxy alone."""
    forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "Host": "pantau.example"}
    feed = "feeds/maritime.json"
    with served(tmp_path, PANTAU_DATABASE_URL=database_url) as (url, _, _):
        assert httpx.get(f"{url}/{feed}", headers=forwarded).json()["home_page_url"] == "http://pantau.example/"
    with served(tmp_path, PANTAU_DATABASE_URL=database_url, PANTAU_WEB_PROXIES="127.0.0.1") as (url, _, _):
        assert httpx.get(f"{url}/{feed}", headers=forwarded).json()["home_page_url"] == "https://pantau.example/"


def answered(url: str, seconds: float = PATIENCE) -> httpx.Response:
    """Ask until something answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            return httpx.get(url)
        except httpx.TransportError:
            assert time.monotonic() < until, f"nothing answers at {url}"
            time.sleep(0.1)


@pytest.fixture
def beside(tmp_path, database_url, monkeypatch):
    """Give a desk's processes, and the settings of pages beside them on a port that is free."""
    number, held = take_port(0)
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    monkeypatch.setenv("PANTAU_WEB_PORT", str(number))
    monkeypatch.setenv("PANTAU_WEB_URL", f"http://127.0.0.1:{number}")
    with held, Processes(tmp_path / "logs") as processes:
        yield processes, number


@pytest.mark.heavy
def test_the_pages_stand_beside_the_demo(beside):
    """On the port that its mail's links name; where that was taken meanwhile, the demo goes on without them."""
    processes, number = beside
    demo.start_pages(processes, number)
    assert answered(f"http://127.0.0.1:{number}/").status_code == 200
    assert not processes.ended()
    processes.stop(pages.NAME)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", number))
        taken.listen()
        demo.start_pages(processes, number)
        processes.wait(pages.NAME)
        assert processes.ended() == {pages.NAME: 2}
        assert "Address already in use" in processes.log(pages.NAME).read_text()


@pytest.mark.heavy
def test_pages_that_die_beside_the_desk_are_found_and_started_again(beside):
    """As `pantau up` looks after its other processes."""
    processes, number = beside
    web = up.Pages(Settings.load(), processes, Console(file=io.StringIO()))
    assert answered(f"http://127.0.0.1:{number}/health").status_code == 200
    assert web.died() is None
    os.kill(json.loads((processes.folder / f"{pages.NAME}.pid").read_text())["pid"], signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while web.died() is None and time.monotonic() < until:
        time.sleep(0.05)
    assert web.died() == -signal.SIGKILL
    web.restart()
    assert answered(f"http://127.0.0.1:{number}/health").status_code == 200


def test_the_desk_does_not_come_up_where_the_pages_port_is_taken(monkeypatch, tmp_path):
    """It says so before anything is started."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for name, value in (
            ("PANTAU_CONTACT", "desk@example.org"),
            ("PANTAU_WEB_URL", "https://pantau.example"),
            ("PANTAU_WEB_PORT", str(taken.getsockname()[1])),
            ("PANTAU_HOME", str(tmp_path)),
        ):
            monkeypatch.setenv(name, value)
        with pytest.raises(PantauError, match="cannot be served at"):
            up.run()
    assert not list(tmp_path.iterdir())


def test_a_taken_port_is_one_sentence():
    """It says where, why, and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(PantauError, match=rf"cannot be served at 127\.0\.0\.1:{number} \(Address already in use\)"):
            pages.listen("127.0.0.1", number)


def test_an_address_that_is_not_here_is_one_sentence():
    """As is a name that nobody knows."""
    for name in ("203.0.113.1", "tidak.ada.invalid"):
        with pytest.raises(PantauError, match="cannot be served at"):
            pages.listen(name, 0)


def test_a_database_that_is_away_is_one_sentence(monkeypatch):
    """At the start there is nothing to serve."""
    monkeypatch.setenv("PANTAU_DATABASE_URL", "postgresql://postgres@127.0.0.1:1/nowhere")
    from desk.verbs import web  # noqa: PLC0415

    outcome = CliRunner().invoke(web.app, [])
    assert "cannot be reached" in str(outcome.exception)
    assert isinstance(outcome.exception, PantauError)


def test_settings_of_the_pages():
    """What is no host, port or network is no setting."""
    assert (host("127.0.0.1"), host("::1"), port("0"), port("65535")) == ("127.0.0.1", "::1", 0, 65535)
    assert networks("127.0.0.1, 10.0.0.0/8,::1") == ("127.0.0.1/32", "10.0.0.0/8", "::1/128")
    for read, wrong in (
        (host, "a b"),
        (port, "65536"),
        (port, "-1"),
        (port, "x"),
        (networks, "*"),
        (networks, "10.0.0.1/8"),
    ):
        with pytest.raises(ValueError, match=r".*"):
            read(wrong)


def test_the_pages_know_the_desk(monkeypatch):
    """Name, language, zone and whether anybody may subscribe, as the settings have them."""
    given = {
        "PANTAU_HOME": str(Path("/nowhere")),
        "PANTAU_DESK_NAME": "Meja Uji",
        "PANTAU_LANGUAGE": "en",
        "PANTAU_WEB_URL": "https://pantau.example/",
        "PANTAU_SELF_SUBSCRIPTION": "on",
    }
    site = pages.site(Settings.load(given), lambda: None)
    assert (site.desk.title, site.desk.language, site.web_url) == ("Meja Uji", "en", "https://pantau.example")
    assert site.https
    assert site.subscription
