"""A WARC file of anyone, gone through once and in bounded memory: what each record is, and the bytes of those asked for."""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from processing.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_HEADERS = 65_536
"""Bytes of the headers of one record; those of CC-NEWS have about 600. A line without an end would fill the memory."""

STEP = 65_536

_HTTP = StatusAndHeadersParser([], verify=False)
DIGESTS = ("sha1", "sha256", "sha512", "md5")


@dataclass(slots=True)
class Scanned:
    """A record on its way past; its block can be had until the next one is asked for."""

    kind: str
    """WARC-Type."""
    url: str
    length: int
    """Bytes of its block."""
    offset: int
    """The byte of the file at which the reader stands; it grows from record to record."""
    _record: Any

    def header(self, name: str) -> str:
        """Give a WARC header, or nothing."""
        return self._record.rec_headers.get_header(name) or ""

    def read(self) -> ArcWarcRecord:
        """Read the block; gives a whole record in memory, its HTTP headers unread. Raises ArchiveError if a part is missing."""
        block = self._record.raw_stream.read()
        if len(block) != self.length:
            raise ArchiveError("breaks off in a record; what is whole before that was read")
        headers = self._record.rec_headers
        return ArcWarcRecord(
            "warc", self.kind, headers, BytesIO(block), None, headers.get_header("Content-Type"), len(block)
        )


def scan(stream: BinaryIO) -> Iterator[Scanned]:
    """Give the records of a WARC file, plain or gzip a record, in their order.

    Raises ArchiveError, after all that is whole before it, at what cannot be read on: its text is what the file does, to
    come behind its name.
    """
    records = WARCIterator(stream, no_record_parse=True)
    records.reader = reader = _Reader(records.fh)
    met = 0
    try:
        for record in records:
            reader.line_bytes = 0
            yield _scanned(record, records.fh.tell())
            _skip(record.raw_stream)
            met += 1
    except (ArchiveLoadFailed, EOFError, AttributeError, zlib.error) as error:
        # warcio trips over None in half a record's headers
        raise ArchiveError(_said(met, error)) from error
    if records.fh.read(1):
        raise ArchiveError(_said(met, None))


def http_of(record: ArcWarcRecord) -> tuple[StatusAndHeaders, bytes] | None:
    """Give the HTTP headers and the body of a record that was read, None where it is no HTTP answer."""
    block = record.raw_stream
    block.seek(0)
    try:
        headers = _HTTP.parse(block)
    except EOFError:
        return None
    body = block.read()
    block.seek(0)
    return (headers, body) if headers.protocol.startswith("HTTP/") else None


def is_sound(record: ArcWarcRecord) -> bool:
    """Tell whether a record that was read is as its archive wrote it: its block digest, if it has one that we know, holds."""
    name, _, told = (record.rec_headers.get_header("WARC-Block-Digest") or "").partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in DIGESTS:
        return True
    digest = hashlib.new(name, record.raw_stream.getvalue(), usedforsecurity=False).digest()
    return told.strip().rstrip("=").lower() in (digest.hex(), base64.b32encode(digest).decode().rstrip("=").lower())


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]  # warcio has no types
    """warcio's reader, but one whose lines have an end, and which says when gzip is damaged."""

    decompressor: Any
    line_bytes = 0
    """Of the lines read since the last record's headers."""

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or MAX_HEADERS, MAX_HEADERS))
        self.line_bytes += len(line)
        if self.line_bytes > MAX_HEADERS:
            raise ArchiveLoadFailed("headers without an end")
        return line

    def _decompress(self, data: bytes) -> bytes:
        if not self.decompressor:
            return data
        try:
            plain: bytes = self.decompressor.decompress(data)
        except zlib.error:
            if self.num_read:
                raise
            self.decompressor = None  # a file that never was gzip
            return data
        return plain


def _scanned(record: Any, offset: int) -> Scanned:
    if not isinstance(record.raw_stream, LimitReader):
        raise ArchiveLoadFailed("a record without a length")
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip()
    return Scanned(record.rec_type or "", url, record.raw_stream.limit, offset, record)


def _skip(block: LimitReader) -> None:
    """Go to the end of a record. Raises EOFError where it breaks off before."""
    while block.limit:
        if not block.read(STEP):
            raise EOFError


def _said(met: int, error: Exception | None) -> str:
    if met == 0:
        return "is not a WARC file (ARC files must be converted first: `warcio recompress`)"
    if "non-chunked" in str(error):
        return "is compressed as a whole, not record by record: unpack it, and give the plain file"
    return f"breaks off after {met} records; what is whole before that was read"
