"""How soon joining begins at a desk that has read much: `python benchmarks/joining.py --open 10000 --read 50000`.

Fills a Postgres of its own with synthetic articles: so many that were seen within the last two weeks and have a story each,
and others, of older days too, that were not found relevant; one waits. Prints seconds for what joining does: ask what waits,
and ask again where nothing does; read the window; restore it and decide.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

from psycopg2.extras import execute_values

from benchmarks.story_speed import NOON, synthetic
from desk.home import Home
from desk.postgres import Postgres
from desk.steps.joining import AFTER, BEFORE
from processing.joining import plan
from processing.store import Connection, connect, migrate, stories

Found = TypeVar("Found")

FORTNIGHT = timedelta(days=14)
TABLES = {
    "article (id, url, outlet, first_seen_at)": "(%(id)s, %(url)s, 'warta', %(at)s)",
    "revision (id, article_id, text_sha256, title, body, authors, tags, read_by, reader, seen_at)": (
        "(%(id)s, %(id)s, '', %(title)s, %(body)s, '{}', '{}', '{}', 'benchmark', %(at)s)"
    ),
    "judgement (id, revision_id, judged_by, language, relevant, score)": (
        "(%(id)s, %(id)s, 'benchmark', 'id', %(relevant)s, 1)"
    ),
}


def fill(connection: Connection, opened: int, read: int) -> None:
    """Write the articles; the newest of the relevant ones waits, each other has a story of its own."""
    coming = [
        {
            "id": number,
            "url": f"https://warta.test/{number}",
            "at": NOON - FORTNIGHT * (1 - number / opened if number <= opened else (number - opened) / opened),
            "title": arrival.title,
            "body": arrival.text if number <= opened else arrival.title,
            "relevant": number <= opened,
        }
        for number, arrival in enumerate(islice(synthetic(), opened + read), 1)
    ]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO outlet VALUES ('warta', 'Warta', 'ID', '{id}', 'warta', 'private', 'pages', 'UTC')")
        for table, template in TABLES.items():
            insert = f"INSERT INTO {table} OVERRIDING SYSTEM VALUE VALUES %s"  # noqa: S608 - our own text
            execute_values(cursor, insert, coming, template, page_size=1000)
        for one in coming[: opened - 1]:
            story = stories.begin(connection, one["at"])
            stories.join(connection, one["id"], story, at=one["at"], duplicate_of=None, score=1.0, by="benchmark")
        cursor.execute("ANALYZE")
    connection.commit()


def timed(what: str, do: Callable[[], Found], clock: Callable[[], float] = time.perf_counter) -> Found:
    """Do it, print how long it took, and give what it gave."""
    began = clock()
    found = do()
    sys.stdout.write(f"{what}: {clock() - began:.2f} s\n")
    sys.stdout.flush()
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--open", type=int, default=10_000)
    parser.add_argument("--read", type=int, default=50_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with Postgres(Home(Path(folder)), volatile=True) as server:
            url = server.ensure_database("joining")
            migrate(url)
            connection = connect(url)
            fill(connection, options.open, options.read)
            first = timed("what waits", lambda: stories.waits_since(connection, NOON))
            assert first is not None
            placed = timed(
                "read the window", lambda: stories.placed(connection, first - BEFORE, min(first + AFTER, NOON), NOON)
            )
            decided = timed(f"restore {len(placed)} articles and decide (CPU)", lambda: plan(placed), time.process_time)
            waiting = int(decided.assignments[0].id)
            story = stories.begin(connection, first)
            stories.join(connection, waiting, story, at=first, duplicate_of=None, score=1.0, by="benchmark")
            timed("nothing waits", lambda: stories.waits_since(connection, NOON))
            connection.close()


if __name__ == "__main__":
    main()
