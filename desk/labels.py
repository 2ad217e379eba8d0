"""An operator's labels: `labels.jsonl` in PANTAU_HOME, in the form of shared/corpus/articles/labelled.jsonl.

A line is only ever added. Of several lines on one article the last holds; one with `undone` takes the label back.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from processing.errors import PantauError

FILE = "labels.jsonl"
"""Its name in PANTAU_HOME."""

Row = dict[str, Any]
"""A label: id, lang, title, text, relevant, topics, unsure, stratum, url, labelled_at, event_group."""


def read_labels(path: Path) -> dict[str, Row]:
    """Give the labels that hold, by id; none where there is no file. Raises PantauError at a line that is no label."""
    held: dict[str, Row] = {}
    for number, line in enumerate(path.read_bytes().splitlines() if path.exists() else (), 1):
        try:
            row = json.loads(line)
            held.pop(row["id"], None)
            if not row.get("undone"):
                held[row["id"]] = row
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PantauError(f"{path}, line {number}, is no label ({error}): mend or delete that line.") from error
    return held


def topic_counts(labels: dict[str, Row]) -> Counter[str]:
    """Count the labels of each topic that may be learnt from."""
    return Counter(topic for row in labels.values() if row["relevant"] and not row["unsure"] for topic in row["topics"])


class Labels:
    """The file while labels are added to it; each is on the disk when `add` returns."""

    def __init__(self, file: BinaryIO, held: dict[str, Row]) -> None:
        self._file = file
        self.held = held
        """Labels by id."""

    def add(self, row: Row) -> None:
        """Add a label."""
        self._write(row)
        self.held[row["id"]] = row

    def undo(self, id_: str) -> None:
        """Take a label back: the article is unlabelled again. The line says unsure too, for whoever reads lines one by one."""
        self._write(self.held.pop(id_) | {"unsure": True, "undone": True})

    def _write(self, row: Row) -> None:
        self._file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def labels_in(path: Path) -> Iterator[Labels]:
    """Open the labels for adding, for one person at a time; half a line, left by a crash, is dropped first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PantauError(f"Another `pantau label` is adding to {path}: end that one first.") from None
        whole = path.read_bytes().rpartition(b"\n")
        file.truncate(len(whole[0]) + len(whole[1]))
        yield Labels(file, read_labels(path))


def drop_labels(path: Path, url: str) -> int:
    """Take every line on the article of an address out of the file, its text included; gives how many.

    Raises PantauError while somebody adds labels.
    """
    if not path.exists():
        return 0
    with labels_in(path):
        lines = path.read_bytes().splitlines(keepends=True)
        left = [line for line in lines if url not in _addresses(json.loads(line))]
        if len(left) < len(lines):
            fresh = path.with_suffix(".new")
            fresh.write_bytes(b"".join(left))
            fresh.replace(path)
    return len(lines) - len(left)


def _addresses(row: Row) -> set[str]:
    return {str(row.get("url")), str(row.get("id"))}
