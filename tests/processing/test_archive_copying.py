"""Copied records: as they were, to the byte, in a file that says what it is."""

from datetime import UTC, datetime
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from processing.archive import iter_responses, read_record
from processing.archive_copying import Copies, write_chosen
from processing.archive_scanning import Scanned, http_of, scan

AT = datetime(2026, 11, 10, 3, tzinfo=UTC)


def records(path) -> list[Scanned]:
    """Give the answers of a file, read, by (headers, block)."""
    with path.open("rb") as stream:
        return [
            (record.rec_headers.headers, record.raw_stream.getvalue())
            for record in (scanned.read() for scanned in scan(stream) if scanned.kind == "response")
        ]


def test_records_stay_as_they_were(tmp_path):
    """Headers, known and unknown, with digests and without, and the block to the byte; of three the last two were chosen."""
    source, copies, target = (tmp_path / name for name in ("a.warc", "copies.warc.gz", "ours.warc.gz"))
    with source.open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        for number in range(3):
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("X-Odd", "ya")], protocol="HTTP/1.1")
            said = {"WARC-Date": "2026-11-10T03:00:00Z", "X-Own": "kalimat à la carte"}
            writer.write_record(
                writer.create_warc_record(
                    f"https://x.org/{number}",
                    "response",
                    BytesIO(b"satu %d" % number),
                    http_headers=http,
                    warc_headers_dict=said,
                )
            )
    lines = [line for line in source.read_bytes().split(b"\r\n") if not line.startswith(b"WARC-Payload-Digest")]
    source.write_bytes(b"\r\n".join(lines))

    kept, places = Copies(copies), []
    with source.open("rb") as stream:
        for scanned in scan(stream):
            record = scanned.read()
            places.append(kept.add(record, http_of(record)[1], at=AT))
    kept.close()
    written = write_chosen(target, copies, places[1:], about={"outlet": "kontan", "description": "a\r\nb"}, at=AT)

    assert records(copies) == records(source)
    assert records(target) == records(source)[1:]
    assert [read_record(str(target), place.offset).content for place in written] == [b"satu 1", b"satu 2"]
    assert [response.record for response in iter_responses(str(target))] == written
    with target.open("rb") as stream:
        first = next(ArchiveIterator(stream))
        assert (first.rec_type, first.raw_stream.read()) == ("warcinfo", b"outlet: kontan\r\ndescription: a b\r\n")
