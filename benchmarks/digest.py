"""How fast a digest is built, rendered, queued and sent, and what memory that takes.

    PYTHONPATH=. python benchmarks/digest.py

Builds from 10,000 made-up articles and 2,000 stories in an embedded Postgres of its own (on disk, with fsync), for 10,000
readers of 50 topic sets, and sends to a mail server in a process of its own with 4 workers. Needs some five minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.digest_store import fill, subscribe
from desk import steps
from desk.home import CHECKOUT, Home
from desk.postgres import Postgres
from processing.digest.letterhead import Letterhead
from processing.digest.links import links
from processing.digest.render import render
from processing.digest.signing import Signer, new_key
from processing.digest.transport import Transport
from processing.digest.workers import send_all
from processing.store import connect, deliveries, migrate

CUTOFF = datetime(2026, 11, 21, 23, tzinfo=UTC)
SENDER = "Meja Pantau <digest@pantau.example>"
WEB = "https://pantau.example"
WORKERS = 4
SERIES = 50


def main() -> None:
    """Measure and print."""
    options = arguments()
    if options.send:
        print(json.dumps(sent(options.database, options.send, signed=options.signed)))
        return
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} before")
    with tempfile.TemporaryDirectory(prefix="pantau-benchmark-") as folder:
        Path(folder).chmod(0o755)  # the server's account is not ours where we are root
        with Postgres(Home(Path(folder))) as server:
            built(server, options)
            for of_readers in (options.readers // 10, options.readers):
                mailed(server, of_readers, options)
    print(f"load {os.getloadavg()[0]:.1f} after")


def built(server: Postgres, options: argparse.Namespace) -> None:
    """Time an edition, the rendering of it, and the editions of all topic sets with their mails queued."""
    url = prepared(server, "built")
    with closing(connect(url)) as connection, connection:
        fill(connection, of_articles=options.articles, of_stories=options.stories, cutoff=CUTOFF)
        subscribe(connection, of_readers=options.readers, of_series=SERIES, cutoff=CUTOFF)
        connection.cursor().execute("ANALYZE")
    os.environ |= {
        "PANTAU_DATABASE_URL": url,
        "PANTAU_SENDER": SENDER,
        "PANTAU_WEB_URL": WEB,
        "PANTAU_HOME": str(server.home.path),
    }
    shown = steps.preview(as_of=CUTOFF)
    whole = [timed(lambda: steps.preview(as_of=CUTOFF)) for _ in range(3)]
    own = links(shown.edition.series, CUTOFF, sender=SENDER, web_url=WEB)
    rendering = [timed(lambda: render(shown.edition, own)) for _ in range(20)]
    print(
        f"an edition of {options.articles} articles and {options.stories} stories, from the store to its rendered parts:"
        f" {min(whole):.2f} s (of 3 runs), of which rendering {1000 * min(rendering):.1f} ms (of 20)"
    )
    seconds = timed(lambda: steps.build_editions(as_of=CUTOFF))
    with closing(connect(url)) as connection:
        queued = deliveries.states(connection)["queued"]
    print(f"{SERIES + 1} editions built, stored and queued for {queued} readers: {seconds:.1f} s")


def mailed(server: Postgres, of_readers: int, options: argparse.Namespace) -> None:
    """Time the queueing of stored editions, and the sending by workers in a process of their own; say its peak of memory."""
    url = prepared(server, f"mailed_{of_readers}")
    with closing(connect(url)) as connection, connection:
        fill(connection, of_articles=400, of_stories=80, cutoff=CUTOFF)
        subscribe(connection, of_readers=of_readers, of_series=SERIES, cutoff=CUTOFF)
    os.environ["PANTAU_DATABASE_URL"] = url
    editions = steps.build_editions(as_of=CUTOFF)
    with closing(connect(url)) as connection:
        with connection, connection.cursor() as cursor:
            cursor.execute("DELETE FROM delivery")

        def queue() -> None:
            with connection:
                for edition in editions:
                    deliveries.enqueue(connection, edition, domain="pantau.example")

        seconds = timed(queue)
        with connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), (SELECT avg(length(body_html) + length(body_text)) FROM edition) FROM delivery"
            )
            count, size = cursor.fetchall()[0]
    print(f"{count} mails of {len(editions)} stored editions queued: {seconds:.2f} s")
    with sink() as port:
        told = subprocess.run(
            [
                sys.executable,
                __file__,
                "--send",
                str(port),
                "--database",
                url,
                *(["--signed"] if options.signed else []),
            ],
            cwd=CHECKOUT,
            env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.PIPE,
            check=True,
        )
    figures = json.loads(told.stdout)
    print(
        f"{figures['sent']} mails of {size / 1000:.0f} KB sent by {WORKERS} workers{', signed' if options.signed else ''}:"
        f" {figures['seconds']:.1f} s, {figures['sent'] / figures['seconds']:.0f} a second,"
        f" {1000 * figures['cpu'] / figures['sent']:.1f} ms of CPU a mail, peak {figures['peak']:.0f} MiB"
    )


def sent(url: str, port: int, *, signed: bool) -> dict[str, float]:
    """Send what is queued, and give what it took."""
    signer = Signer(domain="pantau.example", selector="pantau", key=new_key("rsa")) if signed else None
    transport = Transport(host="127.0.0.1", port=port, tls="none")
    letterhead = Letterhead(sender=SENDER, web_url=WEB, signer=signer)
    begun = time.process_time()
    fates: dict[str, int] = {}
    seconds = timed(
        lambda: fates.update(send_all(url, transport, as_of=CUTOFF, letterhead=letterhead, workers=WORKERS))
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"sent": fates["sent"], "seconds": seconds, "cpu": time.process_time() - begun, "peak": peak}


def prepared(server: Postgres, name: str) -> str:
    """Make a database, and give its address."""
    url = server.ensure_database(name)
    migrate(url)
    return url


@contextmanager
def sink() -> Iterator[int]:
    """Run the mail server, give its port, and say in the end what it took."""
    command = [sys.executable, str(CHECKOUT / "benchmarks" / "smtp_sink.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield int(process.stdout.readline())
        taken, distinct = process.communicate()[0].split()
        print(f"the server took {taken} mails for {distinct} readers")


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that some work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--stories", type=int, default=2_000)
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--signed", action="store_true", help="sign with RSA of 2048 bits")
    parser.add_argument("--send", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
