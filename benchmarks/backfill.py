"""How fast a backfill goes through a public archive: `python benchmarks/backfill.py --records 10000 --files 2`.

Writes WARC files such as CC-NEWS has them to a temporary folder: a request and an answer a page, gzip a record, pages of
some 130 kB that gzip packs to a fifth as it does real news pages, all but one in forty of hosts that nobody declared. Then
prints how many records and bytes pass by in a second of CPU time: what zlib alone needs to unpack them, warcio, `scan`, and
`select`, which is a worker's work; and then by the clock on the wall, for what other processes of the machine take is in
that too: with one worker and with several, and the whole of it, to runs that wait in a Postgres of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from desk.backfill.files import files
from desk.backfill.selecting import Counts, select
from desk.backfill.sorting import Asked, Taking
from desk.backfill.workers import select_all
from desk.home import Home
from desk.postgres import Postgres
from desk.steps.backfilling import asked, backfill
from processing.archive_scanning import scan
from processing.store import migrate

OURS = 40
"""One record in so many is of a host of ours."""

HOSTS = 3_000
PAGES = 200
AT = datetime(2026, 11, 10, tzinfo=UTC)
WORDS = 8_000


def pages(dice: random.Random) -> list[bytes]:
    """Write pages: much markup that is alike, some text that is not."""
    words = ["".join(dice.choices("abcdefghijklmnoprstuwy", k=dice.randint(2, 10))) for _ in range(WORDS)]

    def item() -> str:
        word = dice.choice(words)
        return (
            f'<li class="nav__item nav__item--second"><a class="nav__link" href="https://www.warta.test/kanal/{word}"'
            f' data-track="header" title="{word}"><span class="nav__text">{word}</span></a></li>\n'
        )

    def paragraph() -> str:
        return f'<p class="article__text">{" ".join(dice.choices(words, k=40)).capitalize()}.</p>\n'

    def page() -> bytes:
        menu = "".join(item() for _ in range(dice.randint(200, 800)))
        text = "".join(paragraph() for _ in range(dice.randint(20, 60)))
        return (
            f"<html><head><title>x</title></head><body><ul>{menu}</ul><article>{text}</article></body></html>".encode()
        )

    return [page() for _ in range(PAGES)]


def write(path: Path, records: int, seed: int) -> None:
    """Write a file of an archive with so many answers."""
    dice = random.Random(seed)
    bodies = pages(dice)
    http = [("Content-Type", "text/html; charset=utf-8"), ("X-Crawl-Content-Encoding", "gzip"), ("Server", "nginx")]
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number in range(records):
            host = f"www.warta-{dice.randrange(HOSTS)}.test" if number % OURS else "nasional.kontan.co.id"
            url = f"https://{host}/news/{seed}-{number}"
            dated = {"WARC-Date": f"{AT:%Y-%m-%dT%H:%M:%SZ}"}
            asking = StatusAndHeaders("GET / HTTP/1.1", [("Host", host)], is_http_request=True)
            answer = StatusAndHeaders("200 OK", http, protocol="HTTP/1.1")
            for record in (
                writer.create_warc_record(url, "request", http_headers=asking, warc_headers_dict=dated),
                writer.create_warc_record(
                    url, "response", BytesIO(dice.choice(bodies)), http_headers=answer, warc_headers_dict=dated
                ),
            ):
                writer.write_record(record)


def unpacked(path: Path) -> Iterator[int]:
    """Unpack a file with zlib alone; gives the bytes of each record."""
    with path.open("rb") as stream:
        unpacker, size, packed = zlib.decompressobj(31), 0, b""
        while packed or (packed := stream.read(1 << 14)):
            size += len(unpacker.decompress(packed))
            packed = unpacker.unused_data
            if unpacker.eof:
                yield size
                unpacker, size = zlib.decompressobj(31), 0


def read(path: Path) -> Iterator[object]:
    """Read a file's records with warcio, as one does who looks at each."""
    with path.open("rb") as stream:
        yield from ArchiveIterator(stream)


def scanned(path: Path) -> Iterator[object]:
    """Go through a file's records as a backfill does."""
    with path.open("rb") as stream:
        yield from scan(stream)


def timed(what: str, size: int, do: Callable[[], int], clock: Callable[[], float]) -> None:
    """Do it, and print how many records and megabytes a second that was."""
    began = clock()
    records = do()
    seconds = clock() - began
    told = "CPU" if clock is time.process_time else "wall"
    sys.stdout.write(
        f"{what}: {records / seconds:,.0f} records/s, {size / seconds / 1e6:.0f} MB/s ({seconds:.1f} s, {told})\n"
    )
    sys.stdout.flush()


def hear(_size: int, _records: int) -> None:
    """Hear how far a worker is, and keep it to oneself."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000, help="answers of a file")
    parser.add_argument("--files", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o755)
        paths = [folder / f"{number}.warc.gz" for number in range(given.files)]
        for seed, path in enumerate(paths):
            write(path, given.records, seed)
        size, plain = sum(path.stat().st_size for path in paths), sum(map(sum, map(unpacked, paths)))
        sys.stdout.write(f"{size / 1e6:.0f} MB, unpacked {plain / 1e6:.0f} MB; one answer in {OURS} is ours\n")
        what = asked(as_of=AT)
        copies = folder / "copies"
        for name, do in {"zlib alone": unpacked, "warcio": read, "scan": scanned}.items():
            timed(name, size, lambda do=do: sum(1 for path in paths for _ in do(path)), time.process_time)
        timed(
            "select",
            size,
            lambda: sum(select(str(path), what, copies, hear).records for path in paths),
            time.process_time,
        )
        for workers in sorted({1, given.workers}):
            timed(f"sorted, {workers} at once", size, lambda n=workers: sort(paths, what, folder, n), time.perf_counter)
        with Postgres(Home(folder / "home"), volatile=True) as server:
            url = server.ensure_database("backfill")
            migrate(url)
            os.environ |= {"PANTAU_DATABASE_URL": url, "PANTAU_HOME": str(folder / "home")}
            timed(
                f"taken in, {given.workers} at once", size, lambda: take(folder, what, given.workers), time.perf_counter
            )


def sort(paths: list[Path], what: Asked, folder: Path, workers: int) -> int:
    """Sort the records of files in workers; gives how many there are."""
    found = select_all([str(path) for path in paths], what, folder, workers=workers, told=hear)
    return sum(one.records for one in found)


def take(folder: Path, what: Asked, workers: int) -> int:
    """Take a folder's files in; gives how many records they had."""
    counts: Counts = sum((one.counts for one in backfill(files([str(folder)]), what, workers=workers)), Counter())
    sys.stdout.write(f"{counts['kontan', Taking.TAKEN]} pages taken\n")
    return counts.total()


if __name__ == "__main__":
    main()
