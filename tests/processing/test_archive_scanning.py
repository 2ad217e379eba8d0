"""A foreign WARC gone through: every record passes, in bounded memory, whatever the file does."""

import gzip
import hashlib
import random
import resource
import zlib
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from processing.archive_scanning import http_of, is_sound, scan
from processing.errors import ArchiveError


def written(*pages: bytes, gzipped: bool = True) -> tuple[bytes, list[int]]:
    """Give a WARC file of answers with these bodies, and where each ends."""
    stream, ends = BytesIO(), []
    writer = WARCWriter(stream, gzip=gzipped)
    for number, body in enumerate(pages):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(f"https://x.org/{number}", "response", BytesIO(body), http_headers=headers)
        writer.write_record(record)
        ends.append(stream.tell())
    return stream.getvalue(), ends


def bodies(content: bytes) -> tuple[list[bytes], str]:
    """Scan a file, reading every other record; gives the bodies that were read, and what was said at its end."""
    read = []
    try:
        for number, record in enumerate(scan(BytesIO(content))):
            if number % 2 == 0:
                http = http_of(record.read())
                assert http is not None
                read.append(http[1])
    except ArchiveError as fault:
        return read, str(fault)
    return read, ""


@pytest.mark.parametrize("gzipped", [True, False])
def test_records_come_in_order_read_or_not(gzipped):
    """Those that are asked for are read whole, the others passed by; nothing is said of a whole file."""
    assert bodies(written(b"satu", b"dua" * 90_000, b"", b"empat", b"lima", gzipped=gzipped)[0]) == (
        [b"satu", b"", b"lima"],
        "",
    )


def test_broken_files_give_what_is_whole():
    """A tail that is missing, gzip that is damaged, and what follows the last record: said, after all before it."""
    noise = random.Random(7).randbytes(50_000)
    content, ends = written(b"satu", noise, noise, noise)
    said = "breaks off after {} records; what is whole before that was read"
    assert bodies(content[: ends[2] - 9_000]) == (
        [b"satu"],
        "breaks off in a record; what is whole before that was read",
    )
    assert bodies(content[: ends[1] - 9_000]) == ([b"satu"], said.format(1))
    middle = (ends[0] + ends[1]) // 2
    assert bodies(content[:middle] + bytes(500) + content[middle + 500 :])[0] == [b"satu"]
    assert bodies(content[:middle] + bytes(500) + content[middle + 500 :])[1]
    assert bodies(content[: ends[0]] + b"no gzip at all" * 5_000) == ([b"satu"], said.format(1))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xd8\xff\xe0 a picture", "is not a WARC file"),
        (b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain 76\n1 0 IA\n", "is not a WARC file"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\nno length", "is not a WARC file"),
        (gzip.compress(written(b"satu", b"dua", gzipped=False)[0]), "compressed as a whole"),
    ],
)
def test_no_archive_is_told_in_a_sentence(content, said):
    """A picture, an ARC file, a record without a length, a WARC that was compressed as a whole."""
    assert said in bodies(content)[1]


def test_bombs_stay_small():
    """Neither a line without an end nor a record of two gigabytes is ever held in memory."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    whole = written(b"satu", b"dua", b"tiga")[0]
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    line = (
        packer.compress(b"WARC/1.0\r\nWARC-Type: ")
        + b"".join(packer.compress(bytes(10**7)) for _ in range(50))
        + packer.flush()
    )
    assert bodies(whole + line)[1] == "breaks off after 3 records; what is whole before that was read"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 500000000\r\n\r\n"
    large = (
        packer.compress(head)
        + b"".join(packer.compress(bytes(10**7)) for _ in range(50))
        + packer.compress(b"\r\n\r\n")
        + packer.flush()
    )
    assert bodies(written(b"satu")[0] + large + whole) == ([b"satu", b"satu", b"tiga"], "")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_block_digest_tells_a_changed_record():
    """SHA-1 in base 32, as archives write it, and SHA-256 in hexadecimal hold or not; what we do not know is no fault."""
    content, _ = written(b"satu", gzipped=False)
    record = next(scan(BytesIO(content))).read()
    told = record.rec_headers.get_header("WARC-Block-Digest")
    right = f"sha256:{hashlib.sha256(record.raw_stream.getvalue()).hexdigest()}"
    assert told.startswith("sha1:")
    for digest, sound in (
        (told, True),
        (right, True),
        ("sha1:" + "A" * 32, False),
        ("sha256:00", False),
        ("x:0", True),
    ):
        changed = content.replace(f"WARC-Block-Digest: {told}".encode(), f"WARC-Block-Digest: {digest}".encode())
        assert is_sound(next(scan(BytesIO(changed))).read()) is sound
