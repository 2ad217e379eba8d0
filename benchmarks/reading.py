"""Reading pages: Pantau and trafilatura (precision mode) on the same pages in one run, each in a process of its own.

    python benchmarks/reading.py [--data DIR] [--only pantau] [--sets zyte,andy]

DIR holds `SET.jsonl` (a line a page: id, url, file, truth) and the pages, gzipped, as `shared/corpus/pages/README.md`
says; that also defines the measures. Every tool gets the same decoded text and the page's address.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import trafilatura
from rich.console import Console
from rich.table import Table

from processing.errors import PantauError
from processing.extraction import as_line, read_pages
from processing.model import Page

DATA = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pages"
SETS = ("zyte", "andy", "fundus", "anpandu", "idmodern")
AS_OF = datetime(2026, 11, 23, tzinfo=UTC)
"""Later than every page of the sets, and no wall clock."""

WORD = re.compile(r"\w+")
Reader = Callable[[str, str], dict[str, Any]]
"""Takes a page's text and address; gives the fields of a line of `pantau read`, absent ones empty."""


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


def read_with_pantau(text: str, url: str) -> dict[str, Any]:
    """Read without any outlet's rules."""
    page = Page(url=url, content=text.encode("utf-8", "surrogatepass"), content_type="text/html; charset=utf-8")
    try:
        return as_line(read_pages([page], None, as_of=AS_OF), url)
    except PantauError:
        return {}


def read_with_trafilatura(text: str, url: str) -> dict[str, Any]:
    """Read as its own documentation has it for precision."""
    found = trafilatura.bare_extraction(text, url=url, favor_precision=True, with_metadata=True, include_comments=False)
    if found is None:
        return {}
    fields = found.as_dict()
    authors = [name.strip() for name in (fields.get("author") or "").split(";") if name.strip()]
    date = fields.get("date")
    return {"title": fields.get("title"), "body": fields.get("text") or "", "published_at": date, "authors": authors}


TOOLS: Mapping[str, Reader] = {"pantau": read_with_pantau, "trafilatura": read_with_trafilatura}


def load(data: Path, name: str) -> list[dict[str, Any]]:
    """Read a set's lines."""
    return [json.loads(line) for line in (data / f"{name}.jsonl").read_text("utf-8").splitlines()]


def text_of(data: Path, line: Mapping[str, Any]) -> str:
    """Read a page, decoded."""
    return gzip.decompress((data / line["file"]).read_bytes()).decode("utf-8", "replace")


def measure(tool: str, data: Path, name: str) -> Score:
    """Run one tool over one set, one page in memory at a time; only its own CPU time counts."""
    lines = load(data, name)
    seconds, found = 0.0, []
    for line in lines:
        text = text_of(data, line)
        began = time.process_time()
        found.append(TOOLS[tool](text, line["url"]))
        seconds += time.process_time() - began
    truths = [line["truth"] for line in lines]
    f1, exact = body_score([truth["body"] for truth in truths], [line.get("body") or "" for line in found])
    return Score(
        pages=len(lines),
        f1=f1,
        exact=exact,
        title=_share(truths, found, "title", _same_title),
        date=None if name == "andy" else _share(truths, found, "date", _same_day),
        authors=_share(truths, found, "authors", _same_authors),
        seconds=seconds,
        mebibytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


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
    arguments.add_argument("--only", choices=sorted(TOOLS), help="one tool alone")
    arguments.add_argument("--sets", help="names with commas between (default: all that are there)")
    given = arguments.parse_args()
    names = given.sets.split(",") if given.sets else [path.stem for path in sorted(given.data.glob("*.jsonl"))]
    table = Table("set", "tool", "pages", "body F1", "exact", "title", "date", "authors", "pages/CPU s", "peak MiB")
    for name in sorted(names, key=lambda name: SETS.index(name) if name in SETS else len(SETS)):
        for tool in [given.only] if given.only else TOOLS:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
                score = process.submit(measure, tool, given.data, name).result()
            shares = (score.f1, score.exact, score.title, score.date, score.authors)
            table.add_row(
                name,
                tool,
                str(score.pages),
                *("" if share is None else f"{share:.3f}" for share in shares),
                f"{score.pages / score.seconds:.0f}",
                f"{score.mebibytes:.0f}",
            )
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
