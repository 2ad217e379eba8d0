"""Pages that others fetched: a WARC file, or a folder of HTML files with their addresses, enters as a run of its own."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.outlets import OUTLETS
from desk.settings import Settings
from desk.steps.opened import load_settings, opened
from processing.archive import iter_responses
from processing.errors import ArchiveError
from processing.model import CrawlResult, Fetch, FetchKind
from processing.store import outlets, runs
from processing.urls import canonical_url


def import_pages(source: Path, *, as_of: datetime) -> int:
    """Register the pages of a WARC file, or of a folder, as one run that waits to be processed; gives the run's id.

    A folder holds `*.jsonl` files whose lines name a `url` and a `file` (HTML, gzip allowed); it is packed to WARC
    first, so that every page goes the same road. Raises ArchiveError.
    """
    settings = load_settings()
    warc = _packed(source, settings, as_of) if source.is_dir() else source.resolve()
    with opened(settings) as connection:
        outlets.declare(connection, OUTLETS.values())
        run = runs.open_run(connection, None, "import", as_of)
        result = CrawlResult(
            outlet="", as_of=as_of, warc=warc.as_uri(), finish_reason="finished", fetches=tuple(_fetches(warc))
        )
        if not result.fetches:
            raise ArchiveError(f"{source} holds no HTML page; a WARC file needs response records, a folder *.jsonl.")
        runs.register(connection, run, result)
    return run


def _fetches(warc: Path) -> Iterator[Fetch]:
    """Give a fetch for each HTML page of an archive."""
    for response in iter_responses(warc.as_uri()):
        if response.status == HTTPStatus.OK and "html" in response.content_type:
            address = canonical_url(response.url)
            yield Fetch(
                url=response.url,
                kind=FetchKind.PAGE,
                canonical_url=address,
                article_url=address,
                status=response.status,
                record=response.record,
                bytes=len(response.content),
            )


def _packed(folder: Path, settings: Settings, as_of: datetime) -> Path:
    """Write a folder's pages to a WARC file in the working folder; the same pages give the same record ids."""
    target = settings.home.data / "imports" / f"{uuid5(NAMESPACE_URL, folder.resolve().as_uri())}.warc.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, content in _pages(folder):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            warc_headers = {
                "WARC-Record-ID": f"<{uuid5(NAMESPACE_URL, f'{url} {sha256(content).hexdigest()}').urn}>",
                "WARC-Date": as_of.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
            record = writer.create_warc_record(
                url, "response", payload=BytesIO(content), http_headers=headers, warc_headers_dict=warc_headers
            )
            writer.write_record(record)
    return target


def _pages(folder: Path) -> Iterable[tuple[str, bytes]]:
    for listing in sorted(folder.glob("*.jsonl")):
        for number, text in enumerate(listing.read_text(encoding="utf-8").splitlines(), 1):
            try:
                line = json.loads(text)
                content = (folder / line["file"]).read_bytes()
            except (ValueError, KeyError, OSError) as error:
                raise ArchiveError(f"{listing.name}, line {number}, names no page: {error!r}.") from error
            yield line["url"], gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
