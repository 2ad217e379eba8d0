"""Reading pages: Pantau beside its peers on the same pages in one run, each in a process of its own.

    python benchmarks/reading.py [--data DIR] [--only pantau] [--sets zyte,andy]

DIR holds `SET.jsonl` (a line a page: id, url, file, truth) and the pages, gzipped, as `shared/corpus/pages/README.md`
says; that also defines the measures. Every tool gets the same decoded text and the page's address, and no network.
Speed is given absolutely and as a multiple of what lexbor needs to parse the same pages in the same run: machines
differ, and so do minutes. Peers live in an environment of their own, made on first use from `benchmarks/peers.lock`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

CHECKOUT = Path(__file__).resolve().parents[1]
DATA = CHECKOUT.parent / "shared" / "corpus" / "pages"
SETS = ("zyte", "andy", "fundus", "anpandu", "idmodern")
READERS = Path(__file__).with_name("page_readers.py")
LOCK = Path(__file__).with_name("peers.lock")

OURS = ("lexbor", "pantau", "trafilatura")
"""Tools in Pantau's own environment; `lexbor` only parses, and is what speeds are measured by."""
RULED = "pantau-ruled"
"""Pantau with its outlets' rules, for pages of outlets that have them; asked for by `--only`."""
PEERS = ("newspaper4k", "news-please", "fundus")
ITS_OWN = {"fundus": "fundus"}
"""Tools that read the pages of one set alone: those of their own outlets."""

WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """What one tool did on one set: shares from 0 to 1, None where the set has no truth for it."""

    pages: int
    f1: float
    exact: float
    title: float | None
    date: float | None
    authors: float | None
    seconds: float
    """CPU seconds for all pages."""
    mebibytes: float
    """Peak memory of the tool's process."""


def load(data: Path, name: str) -> list[dict[str, Any]]:
    """Read a set's lines."""
    return [json.loads(line) for line in (data / f"{name}.jsonl").read_text("utf-8").splitlines()]


def measure(tool: str, data: Path, name: str) -> Score:
    """Run one tool over one set in a process of its own, and hold what it found against the truth."""
    command = [interpreter_of(tool), str(READERS), tool, str(data), name]
    environ = os.environ | ({} if tool in PEERS else {"PYTHONPATH": str(CHECKOUT)})
    said = subprocess.run(command, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout
    report = json.loads(said.strip().splitlines()[-1])
    truths, found = [line["truth"] for line in load(data, name)], report["answers"]
    f1, exact = body_score([truth["body"] for truth in truths], [line.get("body") or "" for line in found])
    return Score(
        pages=len(truths),
        f1=f1,
        exact=exact,
        title=_share(truths, found, "title", _same_title),
        date=None if name == "andy" else _share(truths, found, "date", _same_day),
        authors=_share(truths, found, "authors", _same_authors),
        seconds=report["seconds"],
        mebibytes=report["mebibytes"],
    )


def interpreter_of(tool: str) -> str:
    """Give the Python that has a tool; makes the peers' environment where it is missing or its lock has changed."""
    if tool not in PEERS:
        return sys.executable
    home = Path(os.environ.get("PANTAU_HOME") or CHECKOUT / ".pantau") / "peers"
    python, made = home / "bin" / "python", home / "peers.lock"
    if not made.exists() or made.read_bytes() != LOCK.read_bytes():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--clear", "--python", sys.executable, str(home)], check=True)
        sync = ["pip", "sync", "--require-hashes", "--python", str(python), str(LOCK)]
        subprocess.run([*uv, *sync], check=True)
        made.write_bytes(LOCK.read_bytes())
    return str(python)


def body_score(truths: Sequence[str], found: Sequence[str]) -> tuple[float, float]:
    """Give the F1 of 4-word shingles and the share of exact bodies."""
    precisions, recalls = [], []
    for truth, text in zip(truths, found, strict=True):
        wanted, given = _shingles(truth), _shingles(text)
        hits = (wanted & given).total()
        recalls.append(hits / wanted.total() if wanted else 1.0)
        if text.strip():
            precisions.append(hits / given.total() if given else 0.0)
    precision = sum(precisions) / max(1, len(precisions))
    recall = sum(recalls) / max(1, len(recalls))
    exact = sum(WORD.findall(truth) == WORD.findall(text) for truth, text in zip(truths, found, strict=True))
    return 2 * precision * recall / (precision + recall or 1.0), exact / max(1, len(truths))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words, with multiplicity."""
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def _share(
    truths: Iterable[Mapping[str, Any]],
    found: Iterable[Mapping[str, Any]],
    field: str,
    same: Callable[[Mapping[str, Any], Mapping[str, Any]], bool],
) -> float | None:
    """Give the share of pages whose field is right; None where the set does not tell."""
    pairs = [(truth, line) for truth, line in zip(truths, found, strict=True) if field in truth]
    return sum(same(truth, line) for truth, line in pairs) / len(pairs) if pairs else None


def _same_title(truth: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    return _folded(truth["title"]) == _folded(line.get("title") or "")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _same_day(truth: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    if not line.get("published_at"):
        return False
    moment = datetime.fromisoformat(line["published_at"])
    days = {moment.date().isoformat()} | ({moment.astimezone(UTC).date().isoformat()} if moment.tzinfo else set())
    return bool(days & {truth["date"], truth.get("date_utc")})


def _same_authors(truth: Mapping[str, Any], line: Mapping[str, Any]) -> bool:
    return {name.casefold() for name in truth["authors"] or ()} == {
        name.casefold() for name in line.get("authors") or ()
    }


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA, help="folder of pages (default: %(default)s)")
    arguments.add_argument("--only", choices=(*OURS, RULED, *PEERS), help="one tool alone")
    arguments.add_argument("--sets", help="names with commas between (default: all that are there)")
    given = arguments.parse_args()
    names = given.sets.split(",") if given.sets else [path.stem for path in sorted(given.data.glob("*.jsonl"))]
    tools = dict.fromkeys(("lexbor", given.only) if given.only else (*OURS, *PEERS))
    columns = ("set", "tool", "pages", "body F1", "exact", "title", "date", "authors", "pages/CPU s", "x parse", "MiB")
    for name in sorted(names, key=lambda name: SETS.index(name) if name in SETS else len(SETS)):
        table, parse = Table(*columns), 0.0
        for tool in tools:
            if ITS_OWN.get(tool, name) != name:
                continue
            score = measure(tool, given.data, name)
            parse = parse or score.seconds
            table.add_row(name, tool, *_cells(tool, score, parse))
        Console(width=120).print(table)


def _cells(tool: str, score: Score, parse: float) -> list[str]:
    """Give a row's figures; `parse` are the seconds that parsing alone took on the same pages."""
    shares = (score.f1, score.exact, score.title, score.date, score.authors) if tool != "lexbor" else (None,) * 5
    told = ["" if share is None else f"{share:.3f}" for share in shares]
    speed = [f"{score.pages / score.seconds:.0f}", f"{score.seconds / parse:.1f}", f"{score.mebibytes:.0f}"]
    return [str(score.pages), *told, *speed]


if __name__ == "__main__":
    main()
