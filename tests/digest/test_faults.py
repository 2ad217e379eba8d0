"""Whatever breaks at whatever step of a send: no reader gets two, none is lost, and what is uncertain is named."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from digest_samples import CUTOFF, SENDER, WEB
from rough_relay import FAULTS, STAGES, RoughRelay
from test_outbox import queued

from desk.home import CHECKOUT, Home
from desk.postgres import Postgres
from processing.digest.delivery import BACK_OFF
from processing.digest.letterhead import Letterhead
from processing.digest.transport import RelayUnreachable, Transport
from processing.digest.workers import send_all
from processing.errors import DatabaseError
from processing.store import connect, migrate

ADDRESSES = [f"r{number}@b.example" for number in range(4)]
LETTERHEAD = Letterhead(sender=SENDER, web_url=WEB)

pytestmark = pytest.mark.heavy


def send(url, relay, *, as_of=CUTOFF, workers=1):
    """Send what is due, in this process; half a second is what a server may take for an answer."""
    transport = Transport(host="127.0.0.1", port=relay.port, tls="none", timeout=0.5)
    return send_all(url, transport, as_of=as_of, letterhead=LETTERHEAD, workers=workers)


def send_until_settled(url, relay):
    """Go on like the scheduler: a round after each wait, and again while the server has not noticed who died."""
    for wait in (timedelta(0), *BACK_OFF):
        for _ in range(200):
            with suppress(RelayUnreachable, DatabaseError):
                send(url, relay, as_of=CUTOFF + wait)
            if "sending" not in states(url).values():
                break
            time.sleep(0.02)


def states(url):
    """Give each reader's delivery's state."""
    with closing(connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("SELECT address, delivery.state FROM delivery JOIN reader ON reader.id = reader_id")
        return dict(cursor.fetchall())


def nobody_got_two_and_nobody_is_lost(url, relay):
    """Compare what the server has with what the outbox says; give the outbox's states, counted."""
    got, said = Counter(relay.taken), states(url)
    assert set(said) == set(ADDRESSES)
    assert max(got.values(), default=0) <= 1
    for address, state in said.items():
        assert state in {"sent", "uncertain", "refused"}, (address, state)
        if state == "sent":
            assert got[address] == 1, address
        if got[address]:
            assert state in {"sent", "uncertain"}, (address, state)
    return Counter(said.values())


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("stage", STAGES)
def test_a_server_that_goes_wrong_costs_nobody_the_mail(connection, database_url, stage, fault):
    """Once, at each step, in each way. Only a refusal of the message itself ends a delivery; a lost answer leaves it uncertain."""
    queued(connection, *ADDRESSES)
    with RoughRelay(stage, fault, nth=1 if stage in {"greeting", "EHLO", "RSET", "QUIT"} else 2) as relay:
        send_until_settled(database_url, relay)
        counted = nobody_got_two_and_nobody_is_lost(database_url, relay)
    assert relay.times or stage == "RSET"
    refused = fault == "refuse" and stage in {"RCPT", "DATA", "answer"}
    assert counted["refused"] == refused
    if fault in {"put off", "refuse"} and stage != "body":
        assert not counted["uncertain"] or stage == "answer"
    if fault == "stammer" or stage not in {"body", "answer", "DATA"}:
        assert not counted["uncertain"]


@pytest.mark.parametrize("fault", ["drop", "stall", "garbage", "no number", "wrong number", "endless"])
def test_a_yes_that_is_not_understood_is_uncertain(connection, database_url, fault):
    """The server has the message whole, and what it says of it is no answer: exactly that delivery is named."""
    queued(connection, *ADDRESSES)
    with RoughRelay("answer", fault) as relay:
        send_until_settled(database_url, relay)
        assert nobody_got_two_and_nobody_is_lost(database_url, relay) == {"sent": 3, "uncertain": 1}
        assert sorted(relay.taken) == ADDRESSES


def worker(url, relay):
    """Start a worker in a process of its own, which waits for a line before it sends."""
    program = textwrap.dedent(f"""
        import sys
        from datetime import datetime
        from processing.digest.letterhead import Letterhead
        from processing.digest.transport import Transport
        from processing.digest.workers import send_all
        print("ready", flush=True)
        sys.stdin.readline()
        send_all({url!r}, Transport(host="127.0.0.1", port={relay.port}, tls="none"),
                 as_of=datetime.fromisoformat({CUTOFF.isoformat()!r}),
                 letterhead=Letterhead(sender={SENDER!r}, web_url={WEB!r}))
    """)
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.parametrize(
    ("stage", "nth", "expected"),
    [
        ("greeting", 1, {"sent": 4}),
        ("EHLO", 1, {"sent": 4}),
        ("MAIL", 1, {"sent": 3, "uncertain": 1}),
        ("MAIL", 3, {"sent": 3, "uncertain": 1}),
        ("RCPT", 2, {"sent": 3, "uncertain": 1}),
        ("DATA", 2, {"sent": 3, "uncertain": 1}),
        ("body", 2, {"sent": 3, "uncertain": 1}),
        ("answer", 2, {"sent": 3, "uncertain": 1}),
        ("answer", 4, {"sent": 3, "uncertain": 1}),
        ("QUIT", 1, {"sent": 4}),
    ],
)
def test_a_worker_killed_at_a_step_leaves_one_uncertain_at_most(connection, database_url, stage, nth, expected):
    """SIGKILL of a real process: before its claim nothing is held, after it one delivery is named, and the rest is sent."""
    queued(connection, *ADDRESSES)
    with RoughRelay(stage, lambda: os.kill(process.pid, signal.SIGKILL), nth) as relay:
        process = worker(database_url, relay)
        process.communicate(b"\n", timeout=60)
        assert process.returncode == -signal.SIGKILL
        send_until_settled(database_url, relay)
        assert nobody_got_two_and_nobody_is_lost(database_url, relay) == expected


def test_a_worker_killed_before_its_claim_is_committed_holds_nothing(connection, database_url):
    """The claim is undone with its transaction: everybody gets the mail, and nothing is uncertain."""
    queued(connection, *ADDRESSES)
    with RoughRelay() as relay, closing(connect(database_url)) as other:
        process = worker(database_url, relay)
        with connection, connection.cursor() as cursor:
            cursor.execute("LOCK TABLE reader IN ACCESS EXCLUSIVE MODE")  # what a claim reads, after the round began
            process.stdin.write(b"\n")
            process.stdin.flush()
            wait_until(
                other, "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'reader'::regclass)"
            )
            process.kill()
            process.wait()
        send_until_settled(database_url, relay)
        assert nobody_got_two_and_nobody_is_lost(database_url, relay) == {"sent": 4}


def wait_until(connection, question):
    """Wait until the database says yes."""
    for _ in range(500):
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError(question)


def lose_connections(connection):
    """End all connections to the test's database but this."""
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(
    ("stage", "nth"), [("greeting", 1), ("EHLO", 1), ("MAIL", 2), ("RCPT", 1), ("DATA", 2), ("body", 2), ("answer", 2)]
)
def test_a_database_lost_at_a_step_is_one_sentence_and_the_next_round_goes_on(
    connection, database_url, stage, nth, workers
):
    """At most what was under way is uncertain; nothing goes out that was not claimed."""
    queued(connection, *ADDRESSES)
    with RoughRelay(stage, lambda: lose_connections(connection), nth) as relay:
        with pytest.raises(DatabaseError, match=r"was lost|cannot be reached"):
            send(database_url, relay, workers=workers)
        send_until_settled(database_url, relay)
        counted = nobody_got_two_and_nobody_is_lost(database_url, relay)
    assert counted["uncertain"] <= workers
    assert not counted["refused"]
    if workers == 1:
        assert counted["uncertain"] == (stage not in {"greeting", "EHLO"})


def open_to_all(folder):
    """Give a home that the server's account reaches, which is not ours where we are root."""
    Path(folder).chmod(0o755)
    return Home(Path(folder))


@pytest.mark.parametrize("stage", ["MAIL", "answer"])
def test_a_database_that_stops_and_comes_back_loses_nobody(stage):
    """A real server stopped in the middle of a send, and started again: the claims it had taken are still there."""
    with tempfile.TemporaryDirectory(prefix="pantau-test-lost-") as home, Postgres(open_to_all(home)) as server:
        url = server.ensure_database("pantau")
        migrate(url)
        with closing(connect(url)) as connection:
            queued(connection, *ADDRESSES)
        with RoughRelay(stage, server.stop) as relay:
            with pytest.raises(DatabaseError):
                send(url, relay)
            with pytest.raises(DatabaseError, match="cannot be reached"):
                send(url, relay)
            server.start()
            send_until_settled(url, relay)
            assert nobody_got_two_and_nobody_is_lost(url, relay) == {"sent": 3, "uncertain": 1}


def test_an_interrupted_round_ends_with_the_mail_it_is_at(connection, database_url):
    """Ctrl-C or Airflow's SIGTERM in the midst of four workers: nothing is half done, and the rest waits."""
    queued(connection, *ADDRESSES)
    with RoughRelay("answer", lambda: os.kill(process.pid, signal.SIGINT), nth=1) as relay:
        process = worker(database_url, relay)
        process.communicate(b"\n", timeout=60)
        assert process.returncode not in {0, -signal.SIGKILL}
        assert set(states(database_url).values()) <= {"sent", "queued"}
        send_until_settled(database_url, relay)
        assert nobody_got_two_and_nobody_is_lost(database_url, relay) == {"sent": 4}
