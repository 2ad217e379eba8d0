"""The archive, written: a download handler that keeps each response as received, below decompression."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import responses
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.backoff import answered, unanswered
from crawlers.jobs import private_hosts
from crawlers.replay import ReplayHandler
from processing.model import Record

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawlers.hosts import Hosts
    from processing.model import Job

WARC_DATE = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the handler tells the spider of a response, in `request.meta["receipt"]`; `bytes` are those of the wire."""

    record: Record
    bytes: int
    milliseconds: int


class CapturingHandler(BaseDownloadHandler):
    """Fetches from the network, or from the archive that the job replays, and writes what it got to the spider's WARC."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        job: Job | None = getattr(crawler.spider, "job", None)
        self.source: BaseDownloadHandler = (
            ReplayHandler(crawler, job.replay, job.as_of) if job and job.replay else _network(crawler, job)
        )

    async def download_request(self, request: Request) -> Response:
        """Give the response to a request, its record written; a spider without a WARC (the shell's) gets it plain."""
        response, took = await self.fetch(request)
        warc: WarcFile | None = getattr(self.crawler.spider, "warc", None)
        if warc:
            record = warc.add(response, at=request.meta.pop("archived_at", None))
            request.meta["receipt"] = Receipt(record, len(response.body), took)
            self.crawler.spider.ledger.count(response)  # type: ignore[union-attr]  # who has a WARC has a ledger
        return response

    async def fetch(self, request: Request) -> tuple[Response, int]:
        """Ask when the host's turn comes, and heed what it answers; an archive may be asked at any time."""
        hosts: Hosts | None = getattr(self.crawler.spider, "hosts", None)
        if not hosts:
            return await self.timed(request)
        async with hosts.turn(request.url) as host:
            try:
                response, took = await self.timed(request)
            except Exception as error:
                unanswered(host, error)
                raise
            answered(host, response)
            return response, took

    async def timed(self, request: Request) -> tuple[Response, int]:
        """Give the response, and the milliseconds that it took."""
        began = monotonic()
        response = await self.source.download_request(request)
        return response, round((monotonic() - began) * 1000)

    async def close(self) -> None:
        """Close the source's connections."""
        await self.source.close()


class WarcFile:
    """A WARC being written: gzip a record, each whole on disk before the next begins, `.open` until it is closed."""

    def __init__(self, path: str, *, as_of: datetime, outlet: str) -> None:
        self.path = Path(path)
        self._opened = Path(f"{path}.open")
        self._as_of = as_of
        self._began = monotonic()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._stream: BinaryIO = self._opened.open("wb")
        self._writer = WARCWriter(self._stream, gzip=True, warc_version="1.1")
        self._describe(f"software: Pantau\r\nformat: WARC File Format 1.1\r\noutlet: {outlet}\r\n".encode())

    def add(self, response: Response, *, at: datetime | None = None) -> Record:
        """Write a response, fetched at this instant or (by default) now: `as_of` and the time since the start."""
        at = at or self._as_of + timedelta(seconds=monotonic() - self._began)
        sha256 = hashlib.sha256(response.body).hexdigest()
        record = self._writer.create_warc_record(
            response.url,
            "response",
            payload=BytesIO(response.body),
            length=len(response.body),
            http_headers=_http_headers(response),
            warc_headers_dict={"WARC-Date": _warc_date(at), "WARC-Payload-Digest": f"sha256:{sha256}"},
        )
        offset = self._stream.tell()
        self._writer.write_record(record)
        self._stream.flush()
        name = record.rec_headers.get_header("WARC-Record-ID").strip("<>")
        return Record(id=name, offset=offset, length=self._stream.tell() - offset, sha256=sha256, fetched_at=at)

    def close(self) -> None:
        """Give the finished file its name."""
        self._stream.close()
        self._opened.replace(self.path)

    def _describe(self, fields: bytes) -> None:
        """Write the warcinfo record that opens the file."""
        headers = {"WARC-Date": _warc_date(self._as_of), "WARC-Filename": self.path.name}
        record = self._writer.create_warc_record(
            None, "warcinfo", payload=BytesIO(fields), length=len(fields), warc_headers_dict=headers
        )
        self._writer.write_record(record)


def _network(crawler: Crawler, job: Job | None) -> BaseDownloadHandler:
    from crawlers.network import NetworkHandler  # noqa: PLC0415  a replay goes without

    return NetworkHandler(crawler, job.private_hosts if job else private_hosts())


def _http_headers(response: Response) -> StatusAndHeaders:
    """Give status line and headers; the length is that of the body kept, which comes out of its transfer encoding."""
    kept = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if name.lower() not in (b"content-length", b"transfer-encoding")
    ]
    phrase = responses.get(response.status, "")
    length = ("Content-Length", str(len(response.body)))
    return StatusAndHeaders(f"{response.status} {phrase}", [*kept, length], protocol="HTTP/1.1")


def _warc_date(at: datetime) -> str:
    return at.astimezone(UTC).strftime(WARC_DATE)
