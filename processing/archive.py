"""The archive, read: WARC files (ISO 28500) of our own crawls, of CC-NEWS or of anyone, wherever fsspec reaches."""

from __future__ import annotations

import hashlib
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

import fsspec
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader

from processing.errors import ArchiveError
from processing.model import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CONTENT = 64_000_000
"""Bytes that a payload may unpack to; a news page is under one million."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ArchivedResponse:
    """One HTTP response as archived."""

    record: Record
    url: str
    status: int
    headers: dict[str, str]
    """Names in lower case; of a repeated one, the last."""
    payload: bytes
    """The body as it lies in the record, still in its content encoding."""

    @cached_property
    def content(self) -> bytes:
        """The body without transfer and content encodings."""
        encoding = self.headers.get("content-encoding", "").lower().strip()
        if encoding not in BufferedReader.get_supported_decompressors():
            encoding = ""
        chunked = self.headers.get("transfer-encoding", "").lower() == "chunked"
        if not encoding and not chunked:
            return self.payload
        reader = (ChunkedDataReader if chunked else BufferedReader)(BytesIO(self.payload), decomp_type=encoding or None)
        return _bounded(reader, self.url)

    @property
    def content_type(self) -> str:
        """The Content-Type header, or nothing."""
        return self.headers.get("content-type", "")


def read_record(uri: str, offset: int) -> ArchivedResponse:
    """Read the response record that starts at byte `offset` of the WARC file at `uri`."""
    with _opened(uri) as stream:
        stream.seek(offset)
        response = next(_walk(stream, uri), None)
    if response is None:
        raise ArchiveError(f"The WARC file {uri} has no whole response record at byte {offset}.")
    return response


def iter_responses(uri: str) -> Iterator[ArchivedResponse]:
    """Read every HTTP response of a WARC file, in its order.

    A file that breaks off (its writer was killed, its copy not finished) gives all that is whole before the break,
    and a warning that names the byte at which it broke.
    """
    with _opened(uri) as stream:
        yield from filter(None, _walk(stream, uri))


@contextmanager
def _opened(uri: str) -> Iterator[BinaryIO]:
    try:
        opened = fsspec.open(uri, "rb").open()
    except (OSError, ValueError, ImportError) as error:
        raise ArchiveError(f"The WARC file {uri} cannot be opened: {error}.") from error
    with opened as stream:
        yield stream


def _walk(stream: BinaryIO, uri: str) -> Iterator[ArchivedResponse | None]:
    """Give one item a whole record: its HTTP response, or None where it is of another sort."""
    records = ArchiveIterator(stream)
    met = 0
    try:
        for record in records:
            payload = record.raw_stream.read()
            if not _whole(record):
                logger.warning("%s breaks off in the record at byte %d; all before it was read.", uri, records.offset)
                return
            yield _response(record, payload, records) if _is_response(record) else None
            met += 1
    except (ArchiveLoadFailed, EOFError, AttributeError) as error:  # warcio trips over None in half a record's headers
        if met == 0:
            raise ArchiveError(f"{uri} is not a WARC file, or no record starts at that byte.") from error
        logger.warning("%s breaks off after %d records; all before that was read.", uri, met)


def _whole(record: Any) -> bool:
    """Tell whether all the bytes that a record's headers promise were there (call it when they are read)."""
    return isinstance(record.raw_stream, LimitReader) and record.raw_stream.limit == 0


def _is_response(record: Any) -> bool:
    """Tell whether a record is an HTTP answer that can be told from others: it has a web address, an id, a date and a status."""
    if record.rec_type != "response" or record.http_headers is None:
        return False
    url, id_, date = map(record.rec_headers.get_header, ("WARC-Target-URI", "WARC-Record-ID", "WARC-Date"))
    dated = read_date(date or "") is not None
    return bool(id_) and dated and (url or "").startswith("http") and record.http_headers.get_statuscode().isdecimal()


def _response(record: Any, payload: bytes, records: ArchiveIterator) -> ArchivedResponse:
    fetched_at = read_date(record.rec_headers.get_header("WARC-Date"))
    assert fetched_at is not None  # or it were no response
    return ArchivedResponse(
        record=Record(
            id=record.rec_headers.get_header("WARC-Record-ID").strip("<>"),
            offset=records.offset,
            length=records.get_record_length(),
            sha256=hashlib.sha256(payload).hexdigest(),
            fetched_at=fetched_at,
        ),
        url=record.rec_headers.get_header("WARC-Target-URI"),
        status=int(record.http_headers.get_statuscode()),
        headers={name.lower(): value for name, value in record.http_headers.headers},
        payload=payload,
    )


def read_date(text: str) -> datetime | None:
    """Read a WARC-Date, whole seconds or finer; None where it is none, or has no zone."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _bounded(reader: Any, url: str) -> bytes:
    content: bytes = reader.read(MAX_CONTENT + 1)
    if len(content) > MAX_CONTENT:
        raise ArchiveError(
            f"The archived page {url} unpacks to more than {MAX_CONTENT // 1_000_000} MB and is not read."
        )
    return content
