"""WARC files with fixed bytes: the same responses give the same file."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

INFO = {
    "software": "pantau, crawlers.recorded",
    "format": "WARC File Format 1.1",
    "description": "The recorded edition: written for Pantau's demo and tests, no news and no work of the outlets named.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer of a site: `body` as read, compressed on the way where `compressed`."""

    url: str
    at: datetime
    status: int
    content_type: str
    body: bytes
    server: str
    compressed: bool = False
    modified_at: datetime | None = None
    """When given, the answer carries Last-Modified, and an ETag made of its body."""

    @property
    def payload(self) -> bytes:
        """The body as sent."""
        return gzip.compress(self.body, mtime=0) if self.compressed else self.body

    def headers(self, payload: bytes) -> list[tuple[str, str]]:
        """Give the HTTP headers sent with `payload`."""
        fields = [
            ("Date", _http_date(self.at)),
            ("Server", self.server),
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(payload))),
            ("Cache-Control", "public, max-age=60"),
        ]
        if self.compressed:
            fields += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        if self.modified_at:
            tag = sha256(self.body).hexdigest()[:16]
            fields += [("ETag", f'"{tag}"'), ("Last-Modified", _http_date(self.modified_at))]
        return fields


def write_warc(path: Path, responses: Iterable[Response]) -> int:
    """Write `responses` (any order) to the WARC file `path`, oldest first, by way of `path.open`; returns how many there were."""
    ordered = sorted(responses, key=lambda response: (response.at, response.url))
    unfinished = path.with_name(path.name + ".open")
    with unfinished.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        _write_info(writer, path.name, ordered[0].at)
        for response in ordered:
            _write_response(writer, response)
    unfinished.replace(path)
    return len(ordered)


def _write_info(writer: WARCWriter, name: str, at: datetime) -> None:
    text = "".join(f"{key}: {value}\r\n" for key, value in INFO.items()).encode()
    named = {"WARC-Filename": name, **_identity(name, at, text)}
    record = writer.create_warc_record("", "warcinfo", payload=BytesIO(text), length=len(text), warc_headers_dict=named)
    writer.write_record(record)


def _write_response(writer: WARCWriter, response: Response) -> None:
    payload = response.payload
    line = f"{response.status} {HTTPStatus(response.status).phrase}"
    record = writer.create_warc_record(
        response.url,
        "response",
        payload=BytesIO(payload),
        length=len(payload),
        warc_headers_dict=_identity(response.url, response.at, payload),
        http_headers=StatusAndHeaders(line, response.headers(payload), protocol="HTTP/1.1"),
    )
    writer.write_record(record)


def _identity(name: str, at: datetime, content: bytes) -> dict[str, str]:
    when = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    unique = uuid5(NAMESPACE_URL, f"{name} {when} {sha256(content).hexdigest()}")
    return {"WARC-Record-ID": f"<urn:uuid:{unique}>", "WARC-Date": when}


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)
