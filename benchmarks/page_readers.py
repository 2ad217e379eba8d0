"""Reads a set of pages with one tool, in a process of its own, and tells what it found, CPU time and peak memory as JSON.

    python benchmarks/page_readers.py TOOL DIR SET

`benchmarks/reading.py` starts it, in the environment that has the tool: nothing but the tool itself is imported.
"""

from __future__ import annotations

import gzip
import json
import resource
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

AS_OF = datetime(2026, 11, 23, tzinfo=UTC)
"""Later than every page of the sets, and no wall clock."""

Answer = dict[str, Any]
Reader = Callable[[str, str], Answer]
"""Takes a page's text and address; gives the fields of a line of `pantau read`, absent ones empty."""


def lexbor() -> Reader:
    """Parse and do nothing else: the yardstick for the speed of the machine."""
    parser = import_module("selectolax.lexbor").LexborHTMLParser

    def read(text: str, _: str) -> Answer:
        parser(text)
        return {}

    return read


def pantau(outlet_of: Callable[[str], Any] = lambda _: None) -> Reader:
    """Read without any outlet's rules, or with those of the outlet that `outlet_of` finds for an address."""
    extraction, model = import_module("processing.extraction"), import_module("processing.model")
    refused = import_module("processing.errors").PantauError

    def read(text: str, url: str) -> Answer:
        content = text.encode("utf-8", "surrogatepass")
        page = model.Page(url=url, content=content, content_type="text/html; charset=utf-8")
        try:
            return dict(extraction.as_line(extraction.read_pages([page], outlet_of(url), as_of=AS_OF), url))
        except refused:
            return {}

    return read


def pantau_ruled() -> Reader:
    """Read with the rules of Pantau's own outlets."""
    return pantau(import_module("crawlers.outlets").outlet_of)


def trafilatura() -> Reader:
    """Read as its own documentation has it for precision."""
    extract = import_module("trafilatura").bare_extraction

    def read(text: str, url: str) -> Answer:
        found = extract(text, url=url, favor_precision=True, with_metadata=True, include_comments=False)
        fields = found.as_dict() if found else {}
        authors = [name.strip() for name in (fields.get("author") or "").split(";") if name.strip()]
        return line_of(fields.get("title"), fields.get("text"), fields.get("date"), authors)

    return read


def newspaper4k() -> Reader:
    """Read with its defaults, images left where they are."""
    article = import_module("newspaper").Article

    def read(text: str, url: str) -> Answer:
        page = article(url, fetch_images=False)
        page.download(input_html=text)
        page.parse()
        return line_of(page.title, page.text, page.publish_date, page.authors)

    return read


def news_please() -> Reader:
    """Read with its defaults, images left where they are."""
    from_html = import_module("newsplease").NewsPlease.from_html

    def read(text: str, url: str) -> Answer:
        page = from_html(text, url=url, fetch_images=False)
        return line_of(page.title, page.maintext, page.date_publish, page.authors)

    return read


def fundus() -> Reader:
    """Read with the rules that it has for the page's publisher; nothing where it has none."""
    publishers = list(import_module("fundus").PublisherCollection)

    def read(text: str, url: str) -> Answer:
        host = urlsplit(url).hostname or ""
        publisher = next((one for one in publishers if f".{host}".endswith(f".{site_of(one.domain)}")), None)
        if publisher is None:
            return {}
        found = publisher.parser(AS_OF).parse(text, "catch")
        body, *others = (_sound(found.get(key)) for key in ("body", "title", "publishing_date", "authors"))
        title, date, authors = others
        return line_of(title, str(body or ""), date, authors)

    return read


def site_of(address: str) -> str:
    """Give an address's host without `www`."""
    return (urlsplit(address).hostname or "none").removeprefix("www.")


def _sound(value: Any) -> Any:
    """Give a field that Fundus read; what it caught instead of reading is nothing."""
    return None if isinstance(value, Exception) else value


def line_of(title: str | None, body: str | None, date: Any, authors: Iterable[str] | None) -> Answer:
    """Give what a tool found in the fields of a line of `pantau read`."""
    when = date.isoformat() if isinstance(date, datetime) else date
    return {"title": title, "body": body or "", "published_at": when, "authors": list(authors or ())}


TOOLS: dict[str, Callable[[], Reader]] = {
    "lexbor": lexbor,
    "pantau": pantau,
    "pantau-ruled": pantau_ruled,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "news-please": news_please,
    "fundus": fundus,
}


def pages(data: Path, name: str) -> Iterator[tuple[str, str]]:
    """Give text and address of each page of a set, one in memory at a time."""
    with (data / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            yield gzip.decompress((data / line["file"]).read_bytes()).decode("utf-8", "replace"), line["url"]


def run(tool: str, data: Path, name: str) -> dict[str, Any]:
    """Read all pages of a set; only the tool's own CPU time counts. A tool that fails on a page found nothing there."""
    read = TOOLS[tool]()
    seconds, answers, failures = 0.0, [], 0
    for text, url in pages(data, name):
        began = time.process_time()
        try:
            answers.append(read(text, url))
        except Exception:  # noqa: BLE001 (a process boundary: the failure is counted, and the tool goes on)
            answers.append({})
            failures += 1
        seconds += time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"answers": answers, "failures": failures, "seconds": seconds, "mebibytes": peak}


def refuse(*_: object) -> None:
    """Stand in for every connection: no tool gets a network."""
    raise OSError("there is no network in this benchmark")


if __name__ == "__main__":
    socket.socket.connect = refuse  # type: ignore[method-assign,assignment]
    report = run(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
    sys.stdout.write("\n" + json.dumps(report) + "\n")
