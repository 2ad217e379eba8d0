"""The archive, read: our own files and others', whole and broken."""

from __future__ import annotations

import gzip
import hashlib
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from processing import archive
from processing.archive import iter_responses, read_record
from processing.errors import ArchiveError

HTML = [("Content-Type", "text/html; charset=windows-1252")]


def write(path, *pages, gzipped=True):
    """Write a WARC as others do, with records that are no responses; give each record's end."""
    ends = []
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzipped)
        dated = {"WARC-Date": "2026-11-20T22:45:00Z"}
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for number, (headers, payload) in enumerate(pages):
            url = f"https://x.org/{number}"
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "x.org")], is_http_request=True)
            writer.write_record(
                writer.create_warc_record(url, "request", http_headers=request, warc_headers_dict=dated)
            )
            answer = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
            body = BytesIO(payload)
            made = writer.create_warc_record(url, "response", body, http_headers=answer, warc_headers_dict=dated)
            writer.write_record(made)
            ends.append(stream.tell())
    return ends


@pytest.mark.parametrize("gzipped", [True, False])
def test_every_response_and_nothing_else(tmp_path, gzipped):
    """Of a file with warcinfo and request records the responses come, in order, with all that is known of them."""
    path = tmp_path / "a.warc"
    write(path, (HTML, b"satu"), (HTML, b""), (HTML, b"tiga"), gzipped=gzipped)
    responses = list(iter_responses(str(path)))
    assert [(r.url, r.status, r.content) for r in responses] == [
        ("https://x.org/0", 200, b"satu"),
        ("https://x.org/1", 200, b""),
        ("https://x.org/2", 200, b"tiga"),
    ]
    first = responses[0]
    assert first.content_type == "text/html; charset=windows-1252"
    assert first.record.id.startswith("urn:uuid:")
    assert first.record.fetched_at == datetime(2026, 11, 20, 22, 45, tzinfo=UTC)
    assert first.record.sha256 == hashlib.sha256(b"satu").hexdigest()


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_record_is_found_by_its_offset(tmp_path, gzipped):
    """A response read from its own offset is the one that the whole file gives."""
    path = tmp_path / "a.warc"
    write(path, (HTML, b"satu"), (HTML, b"dua"), gzipped=gzipped)
    for response in iter_responses(str(path)):
        again = read_record(str(path), response.record.offset)
        assert (again.url, again.payload, again.record.id) == (response.url, response.payload, response.record.id)


@pytest.mark.parametrize(
    ("headers", "payload", "content"),
    [
        ([("Content-Encoding", "gzip")], gzip.compress(b"isi"), b"isi"),
        ([("Content-Encoding", "gzip")], b"isi", b"isi"),
        ([("Content-Encoding", "aneh")], b"isi", b"isi"),
        ([("Transfer-Encoding", "chunked")], b"3\r\nisi\r\n0\r\n\r\n", b"isi"),
    ],
)
def test_content_comes_out_of_its_encodings(tmp_path, headers, payload, content):
    """The payload stays as it lies; the content is what a reader reads, also where a server lied of its encoding."""
    path = tmp_path / "a.warc.gz"
    write(path, (headers, payload))
    (response,) = iter_responses(str(path))
    assert (response.payload, response.content) == (payload, content)


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    """Content beyond the bound is an error in words, not memory."""
    monkeypatch.setattr(archive, "MAX_CONTENT", 1_000)
    path = tmp_path / "a.warc.gz"
    write(path, ([("Content-Encoding", "gzip")], gzip.compress(b"x" * 100_000)))
    (response,) = iter_responses(str(path))
    with pytest.raises(ArchiveError, match="unpacks to more"):
        response.content  # noqa: B018


def test_wherever_a_file_breaks_off_all_before_it_is_read(tmp_path):
    """Cut at any byte of its last record, a file gives the records before, and never half a page."""
    path = tmp_path / "a.warc.gz"
    ends = write(path, (HTML, b"satu"), (HTML, b"dua"), (HTML, b"tiga"))
    whole = path.read_bytes()
    for cut in range(ends[1], ends[2]):
        path.write_bytes(whole[:cut])
        contents = [response.content for response in iter_responses(str(path))]
        assert contents in ([b"satu", b"dua"], [b"satu", b"dua", b"tiga"]), cut
    path.write_bytes(whole[: ends[2] - 60])
    assert len(list(iter_responses(str(path)))) == 2


def test_a_break_is_told(tmp_path, caplog):
    """Reading a file that breaks off warns, with its name."""
    path = tmp_path / "a.warc.gz"
    ends = write(path, (HTML, b"satu"), (HTML, b"dua" * 1_000))
    path.write_bytes(path.read_bytes()[: ends[1] - 30])
    assert len(list(iter_responses(str(path)))) == 1
    assert "a.warc.gz breaks off" in caplog.text


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path):
    """A missing file, another sort of file, a wrong offset and a record of another sort are each an ArchiveError."""
    path = tmp_path / "a.warc.gz"
    write(path, (HTML, b"satu"))
    with pytest.raises(ArchiveError, match=r"nirgendwo\.warc\.gz cannot be opened"):
        list(iter_responses(str(tmp_path / "nirgendwo.warc.gz")))
    with pytest.raises(ArchiveError, match=r"no record starts at that byte|no whole response record at byte 5"):
        read_record(str(path), 5)
    with pytest.raises(ArchiveError, match="no whole response record at byte 0"):
        read_record(str(path), 0)
    path.write_text("<html>not an archive</html>")
    with pytest.raises(ArchiveError, match="is not a WARC file"):
        list(iter_responses(str(path)))


def test_archives_lie_anywhere(tmp_path):
    """A place is a URI."""
    path = tmp_path / "a.warc.gz"
    write(path, (HTML, b"satu"))
    assert [response.content for response in iter_responses(path.as_uri())] == [b"satu"]


def test_records_that_say_too_little_are_passed_by(tmp_path):
    """An answer without an id, a date or a status is none of ours to read; those around it are read."""
    path = tmp_path / "a.warc"
    write(path, (HTML, b"satu"), (HTML, b"dua"), (HTML, b"tiga"), (HTML, b"empat"), (HTML, b"lima"), gzipped=False)
    records = path.read_bytes().split(b"WARC/1.0\r\n")
    answers = [place for place, record in enumerate(records) if b"WARC-Type: response" in record]
    for place, (pattern, wrong) in zip(
        answers[1:4],
        [
            (rb"WARC-Record-ID: \S+\r\n", b""),
            (rb"WARC-Date: \S+", b"WARC-Date: no-date-at-all"),
            (b"1.1 200", b"1.1 two"),
        ],
        strict=True,
    ):
        records[place], changes = re.subn(pattern, wrong, records[place])
        assert changes == 1
    path.write_bytes(b"WARC/1.0\r\n".join(records))
    assert [response.content for response in iter_responses(str(path))] == [b"satu", b"lima"]
