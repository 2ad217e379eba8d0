"""Crawls as they are registered, for tests of what is done to the archive: a real WARC file of Kontan's frozen pages, a run of it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import fsspec
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.outlets import OUTLETS
from desk.outlets.stored_pages import frozen
from desk.steps.opened import load_settings, opened
from processing.archive import iter_responses
from processing.model import CrawlResult, Fetch, FetchKind, Page
from processing.store import outlets, runs
from processing.urls import canonical_url

CRAWLED = datetime(2026, 11, 24, tzinfo=UTC)


def pages(count: int | None = None) -> list[Page]:
    """Give so many of Kontan's frozen pages, or all."""
    return [case.pages[0] for case in frozen("kontan")][:count]


def write_warc(uri: str, given: list[Page], as_of: datetime) -> None:
    """Write pages to a WARC file, wherever fsspec reaches."""
    filesystem, path = fsspec.url_to_fs(uri)
    filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
    with filesystem.open(path, "wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for page in given:
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            named = {"WARC-Record-ID": f"<{uuid4().urn}>", "WARC-Date": f"{as_of:%Y-%m-%dT%H:%M:%SZ}"}
            body = BytesIO(page.content)
            writer.write_record(
                writer.create_warc_record(
                    page.url, "response", payload=body, http_headers=http, warc_headers_dict=named
                )
            )


def crawled(given: list[Page], *, as_of: datetime = CRAWLED, outlet: str = "kontan") -> tuple[int, str]:
    """Register a crawl that brought these pages, and leave it to be read; gives the run and its file's address."""
    settings = load_settings()
    with opened(settings) as connection:
        outlets.declare(connection, [OUTLETS[outlet]])
        run = runs.open_run(connection, outlet, "crawl", as_of)
        filesystem, path = fsspec.url_to_fs(f"{settings.archive}/{outlet}/{as_of:%Y/%m}/{outlet}-{run}.warc.gz")
        uri = filesystem.unstrip_protocol(path)
        write_warc(uri, given, as_of)
        fetches = tuple(
            Fetch(
                url=got.url,
                kind=FetchKind.PAGE,
                canonical_url=canonical_url(got.url),
                article_url=canonical_url(got.url),
                status=got.status,
                record=got.record,
                bytes=len(got.content),
            )
            for got in iter_responses(uri)
        )
        result = CrawlResult(outlet=outlet, as_of=as_of, warc=uri, finish_reason="finished", fetches=fetches)
        runs.register(connection, run, result)
    return run, uri
