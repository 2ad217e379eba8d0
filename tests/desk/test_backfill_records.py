"""What becomes of each record of a foreign file: one fate, whatever the file does, and the other files go on."""

import gzip
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

from crawlers.outlets import OUTLETS
from desk import steps
from desk.backfill import registering, workers
from desk.backfill.files import Place, files
from desk.backfill.selecting import Selected
from desk.backfill.sorting import LARGEST, Asked, Taking
from desk.backfill.workers import select_all
from desk.home import CHECKOUT
from desk.steps.backfilling import asked, backfill
from desk.steps.opened import load_settings, opened
from processing.errors import ArchiveError
from processing.store import runs
from tests.desk.archived import DETIK, KONTAN, MISSILE, NATUNA, archive, page

NOW = datetime(2026, 11, 27, 1, tzinfo=UTC)
THEN = datetime(2026, 11, 10, 3, tzinfo=UTC)
ASKED = Asked(outlets=frozenset(OUTLETS), as_of=NOW, refused={"guardian": Taking.FEED_ONLY})
PAGE = page(NATUNA, THEN)


@pytest.fixture
def desk(database_url, monkeypatch, tmp_path_factory):
    """Set the desk up on the test's database."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    return load_settings()


def selected(tmp_path: Path, *paths: Path, at_once: int = 1) -> list[Selected]:
    """Go through files as asked."""
    return list(select_all(list(map(str, paths)), ASKED, tmp_path, workers=at_once, told=lambda size, records: None))


def run_ids(desk) -> list[int]:
    """Give the runs that wait."""
    with opened(desk) as connection:
        return runs.waiting(connection)


def test_every_record_has_one_fate(tmp_path):
    """Of all sorts that archives hold, each counts once, under its outlet if it has one; only whole articles are pages."""
    path = tmp_path / "a.warc.gz"
    kontan = {
        Taking.NOT_ARTICLE: [
            {"url": "https://nasional.kontan.co.id/tag/natuna"},
            {"url": "https://nasional.kontan.co.id/news/a b\\c"},
            {"url": "https://user:word@nasional.kontan.co.id/news/kapal"},
        ],
        Taking.NO_PAGE: [
            {"status": "404 Not Found"},
            {"status": "301 Moved Permanently", "http": (("Location", "https://x.org"),)},
            {"kind": "application/json"},
            {"body": b""},
            {"status": "abc"},
        ],
        Taking.DAMAGED: [
            {"at": "yesterday"},
            {"at": "2026-11-10T03:00:00"},
            {"at": "0001-01-01T00:00:00+14:00"},
            {"at": "0001-01-02T00:00:00Z"},
            {"at": NOW + timedelta(seconds=1)},
            {"warc": {"WARC-Truncated": "length"}},
        ],
        Taking.TOO_LARGE: [
            {"body": bytes(LARGEST + 1)},
            {"body": gzip.compress(bytes(70_000_000)), "http": (("Content-Encoding", "gzip"),)},
            {"body": gzip.compress(bytes(LARGEST + 1)), "http": (("Content-Encoding", "gzip"),)},
        ],
    }
    with archive(path) as warc:
        warc.request(f"{KONTAN}kapal")
        for url in (
            "https://elsewhere.test/news/kapal",
            "ftp:",
            "",
            "https://[::1/",
            "https://kontan.co.id.evil.test/",
        ):
            warc.answer(url, PAGE)
        warc.answer("https://www.theguardian.com/world/2026/nov/10/ships", PAGE)
        for number, wrong in enumerate(wrong for many in kontan.values() for wrong in many):
            warc.answer(**{"url": f"{KONTAN}kapal-{number}", "body": PAGE, **wrong})
        warc.answer(f"{KONTAN}kapal?utm_source=x", PAGE, THEN)
        warc.answer(f"{DETIK}kapal", PAGE, THEN, http=(("Content-Encoding", "gzip"),))
        warc.answer(f"{DETIK}rudal", gzip.compress(page(MISSILE, THEN)), THEN, http=(("Content-Encoding", "gzip"),))
    (found,) = selected(tmp_path, path)
    assert found.fault == ""
    assert found.counts == Counter(
        {
            ("", Taking.OTHER): 2,
            ("", Taking.FOREIGN): 5,
            ("guardian", Taking.FEED_ONLY): 1,
            **{("kontan", fate): len(many) for fate, many in kontan.items()},
        }
    )
    assert [(one.outlet, one.url, one.article) for visit in found.visits for one in visit] == [
        ("kontan", f"{KONTAN}kapal", f"{KONTAN}kapal"),
        ("detik", f"{DETIK}kapal", f"{DETIK}kapal"),
        ("detik", f"{DETIK}rudal", f"{DETIK}rudal"),
    ]
    assert found.records == 2 + 5 + 1 + 17 + 3


def test_hostile_files_cost_themselves_alone(tmp_path, monkeypatch):
    """What is no archive, breaks off, is missing or kills its reader gets a sentence; the files between are read."""
    good, broken, picture, deadly = (tmp_path / name for name in ("a.warc", "b.warc.gz", "c.warc", "d.warc"))
    with archive(good, gzipped=False) as warc:
        warc.answer(f"{KONTAN}kapal", PAGE, THEN)
    with archive(broken) as warc:
        warc.answer(f"{KONTAN}rudal", PAGE, THEN)
        warc.answer("https://elsewhere.test/", random.Random(7).randbytes(100_000))
    broken.write_bytes(broken.read_bytes()[:-1000])
    picture.write_bytes(b"\xff\xd8\xff\xe0" * 100)
    monkeypatch.setattr(workers, "_work", die_at_d)
    deadly.write_bytes(good.read_bytes())
    found = selected(tmp_path, picture, broken, deadly, tmp_path / "none.warc", good, at_once=2)
    assert [len(one.visits) for one in found] == [0, 1, 0, 0, 1]
    assert [one.fault.removeprefix(str(tmp_path)) for one in found] == [
        "/c.warc is not a WARC file (ARC files must be converted first: `warcio recompress`).",
        "/b.warc.gz breaks off after 2 records; what is whole before that was read.",
        "/d.warc ended its reader (exit code 7); nothing of it was taken.",
        f"/none.warc cannot be opened: [Errno 2] No such file or directory: '{tmp_path}/none.warc'.",
        "",
    ]


_real_work = workers._work


def die_at_d(uri: str, *others: object) -> None:
    """Stand for a reader that its file takes down."""
    if uri.endswith("d.warc"):
        os._exit(7)
    _real_work(uri, *others)


def test_several_workers_give_what_one_gives(tmp_path):
    """Whatever their number, files come in their order, with the same pages and counts."""
    paths = [tmp_path / f"{number}.warc.gz" for number in range(6)]
    for number, path in enumerate(paths):
        with archive(path) as warc:
            for other in range(number * 100):
                warc.answer(f"https://elsewhere.test/{other}")
            warc.answer(f"{KONTAN}kapal-{number}", PAGE, THEN)

    def told(at_once: int) -> list[tuple]:
        return [
            (one.uri, one.counts, [(page.url, page.record.sha256) for visit in one.visits for page in visit])
            for one in selected(tmp_path, *paths, at_once=at_once)
        ]

    assert told(1) == told(3)
    assert [len(one[1]) for one in told(3)] == [1, 2, 2, 2, 2, 2]


def test_ids_of_other_pages_are_no_way_in(desk, tmp_path):
    """A record that bears another's id would be read in that one's place: it is damaged, in one file as across files."""
    with archive(tmp_path / "a.warc.gz") as warc:
        name = warc.answer(f"{KONTAN}kapal", PAGE, THEN)
        warc.answer(f"{KONTAN}rudal", page(MISSILE, THEN), THEN, warc={"WARC-Record-ID": f"<{name}>"})
    with archive(tmp_path / "b.warc.gz") as warc:
        warc.answer(f"{KONTAN}fregat", page(MISSILE, THEN), THEN, warc={"WARC-Record-ID": f"<{name}>"})
    first, second = backfill(files([str(tmp_path)]), ASKED)
    assert first.counts["kontan", Taking.DAMAGED] == second.counts["kontan", Taking.DAMAGED] == 1
    assert first.counts["kontan", Taking.TAKEN] == 1


def test_interrupted_it_is_harmless_and_goes_on(desk, tmp_path, monkeypatch):
    """Broken off while a file is registered, nothing of it stays, not in the archive either; the next time takes the rest."""
    for number in range(3):
        with archive(tmp_path / f"{number}.warc.gz") as warc:
            for outlet in (KONTAN, DETIK):
                warc.answer(f"{outlet}kapal-{number}", page((*NATUNA, f"Nomor {number}."), THEN), THEN)
    places = files([str(tmp_path)])
    real = registering.runs.register

    def interrupted(connection, run, result):
        if "detik" in result.warc and any("kapal-1" in fetch.url for fetch in result.fetches):
            raise KeyboardInterrupt
        real(connection, run, result)

    monkeypatch.setattr(registering.runs, "register", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(backfill(places, ASKED, workers=2))
    kept = {path.name for path in (desk.home.path).rglob("*.warc.gz")}
    assert len(kept) == len(run_ids(desk)) == 2
    assert not list(desk.home.data.glob("backfill-*"))

    monkeypatch.undo()
    monkeypatch.setenv("PANTAU_HOME", str(desk.home.path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", desk.database_url)
    done = list(backfill(places, ASKED))
    assert [bool(one.before) for one in done] == [True, False, False]
    assert sum((one.counts for one in done), Counter())["detik", Taking.TAKEN] == 2
    assert len(run_ids(desk)) == 6
    assert sum(steps.process_run(run)["stored"] for run in steps.waiting_runs(None)) == 6


@pytest.mark.heavy
def test_killed_it_leaves_no_worker_and_no_half_file(desk, tmp_path):
    """Killed in its second file, the first stays done; its worker ends with it, and the next command takes the rest and clears up."""
    first, second = tmp_path / "1.warc", tmp_path / "2.warc"
    with archive(first, gzipped=False) as warc:
        warc.answer(f"{KONTAN}kapal", PAGE, THEN)
    os.mkfifo(second)  # a server that says nothing
    command = [sys.executable, "-m", "desk.cli", "backfill", str(first), str(second), "--as-of", NOW.isoformat()]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until(lambda: run_ids(desk) and len(psutil.Process(process.pid).children(recursive=True)) > 2)
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    assert psutil.wait_procs(family, timeout=30)[1] == []
    assert len(list(desk.home.data.glob("backfill-*"))) == 1

    second.unlink()
    with archive(second, gzipped=False) as warc:
        warc.answer(f"{DETIK}kapal", PAGE, THEN)
    done = list(backfill(files([str(first), str(second)]), asked(as_of=NOW)))
    assert [(bool(one.before), one.counts["detik", Taking.TAKEN]) for one in done] == [(True, 0), (False, 1)]
    assert len(run_ids(desk)) == 2
    assert not list(desk.home.data.glob("backfill-*"))


def until(true: Callable[[], object]) -> None:
    """Wait until something is true; a test that waits for ever is ended by the machine."""
    while not true():
        time.sleep(0.05)


def test_large_finds_are_several_runs(desk, tmp_path, monkeypatch):
    """A run has so many pages at most, in the order in which the archive had them."""
    monkeypatch.setattr(registering, "RUN_PAGES", 2)
    with archive(tmp_path / "a.warc.gz") as warc:
        for number in (4, 2, 3, 1, 5):
            at = THEN + timedelta(hours=number)
            warc.answer(f"{KONTAN}kapal-{number}", page((*NATUNA, f"Nomor {number}."), at), at)
    list(backfill(files([str(tmp_path)]), ASKED))
    with opened(desk) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(right(url, 1) ORDER BY fetched.id) FROM fetched GROUP BY run_id ORDER BY run_id"
        )
        assert [row[0] for row in cursor.fetchall()] == [["1", "2"], ["3", "4"], ["5"]]


class RangeHandler(SimpleHTTPRequestHandler):
    """Serves files by ranges, as Common Crawl's server does."""

    def do_GET(self) -> None:
        """Answer with the range that is asked for."""
        path = Path(self.translate_path(self.path))
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not (asked and path.is_file()):
            super().do_GET()
            return
        begin, end = int(asked[1]), min(int(asked[2]) + 1, path.stat().st_size)
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {begin}-{end - 1}/{path.stat().st_size}")
        self.send_header("Content-Length", str(end - begin))
        self.end_headers()
        self.wfile.write(path.read_bytes()[begin:end])

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def test_a_list_on_a_server_is_read_from_there(tmp_path):
    """`warc.paths.gz` by its address, its lines from the server's root, each file streamed; one that is gone costs itself."""
    folder = tmp_path / "crawl-data" / "CC-NEWS"
    folder.mkdir(parents=True)
    with archive(folder / "a.warc.gz") as warc:
        for number in range(200):
            warc.answer("https://elsewhere.test/", random.Random(number).randbytes(30_000))
        warc.answer(f"{KONTAN}kapal", PAGE, THEN)
    lines = b"crawl-data/CC-NEWS/a.warc.gz\ncrawl-data/CC-NEWS/b.warc.gz\n"
    (folder / "warc.paths.gz").write_bytes(gzip.compress(lines))
    handler = partial(RangeHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}/crawl-data/CC-NEWS"
        places = files([f"{root}/warc.paths.gz"])
        found = list(
            select_all([place.uri for place in places], ASKED, tmp_path, workers=1, told=lambda size, records: None)
        )
        server.shutdown()
    assert [place.uri for place in places] == [f"{root}/a.warc.gz", f"{root}/b.warc.gz"]
    assert [(one.records, len(one.visits)) for one in found] == [(202, 1), (0, 0)]
    assert found[0].fault == ""
    assert found[1].fault.startswith(f"{root}/b.warc.gz c")


def test_sources_are_files_folders_and_lists(tmp_path):
    """A folder gives its WARC files however deep, by name; a list its lines, below where it stands; each file comes once."""
    deep = tmp_path / "crawl-data" / "CC-NEWS"
    deep.mkdir(parents=True)
    for name in ("b.warc.gz", "a.warc", "notes.md"):
        (deep / name).write_bytes(b"12345")
    a, b = f"file://{deep}/a.warc", f"file://{deep}/b.warc.gz"
    assert files([str(tmp_path), str(deep / "a.warc")]) == [Place(a, 5), Place(b, 5)]

    (deep / "warc.paths.gz").write_bytes(
        gzip.compress(b"crawl-data/CC-NEWS/b.warc.gz\n\ncrawl-data/CC-NEWS/c.warc.gz\n")
    )
    gone = f"file://{deep}/c.warc.gz"
    assert files([str(deep / "warc.paths.gz")]) == [Place(b, 5), Place(gone, None)]
    assert files([str(deep / "warc.paths.gz")], "https://data.example.org/") == [
        Place("https://data.example.org/crawl-data/CC-NEWS/b.warc.gz", None),
        Place("https://data.example.org/crawl-data/CC-NEWS/c.warc.gz", None),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.warc", None, "There is no "),
        ("empty", "folder", r"names no WARC file \(.warc or .warc.gz\)"),
        ("warc.paths", b"\n", "names no WARC file"),
        ("warc.paths.gz", b"no gzip", "cannot be opened"),
        ("warc.paths", b"\xff\xfe\x00", "cannot be opened"),
        ("nowhere://bucket/a.warc", None, "cannot be opened: Protocol not known"),
    ],
)
def test_wrong_sources_get_a_sentence(tmp_path, name, content, said):
    """What is not there, empty, or no list."""
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content:
        path.write_bytes(content)
    with pytest.raises(ArchiveError, match=said):
        files([name if "://" in name else str(path)])
