"""A WARC file without some of its records: written anew beside the old one, every other record byte for byte as it was."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

import fsspec

from processing.archive import iter_responses
from processing.errors import ArchiveError
from processing.model import Record

_NAME = re.compile(r"(?P<stem>.*?)(?:~(?P<number>\d+))?(?P<ending>(?:\.warc)?(?:\.gz)?)")


def next_name(uri: str) -> str:
    """Give the place of a file's next version: `kontan-7.warc.gz`, `kontan-7~2.warc.gz`, `kontan-7~3.warc.gz`."""
    folder, slash, name = uri.rpartition("/")
    parts = _NAME.fullmatch(name)
    if parts is None:  # pragma: no cover - every part of the pattern may be empty
        raise ArchiveError(f"{uri} has no name.")
    return f"{folder}{slash}{parts['stem']}~{int(parts['number'] or 1) + 1}{parts['ending']}"


def write_without(uri: str, ids: Collection[str]) -> tuple[str, list[Record]]:
    """Write a WARC file anew without the response records of these ids; gives its place, and its responses as they lie there.

    The old file stays; whoever has written down the new places deletes it. Raises ArchiveError where it cannot be read or
    the new one not be written.
    """
    target = next_name(uri)
    records = [response.record for response in iter_responses(uri)]
    cuts = sorted((record.offset, record.offset + record.length) for record in records if record.id in ids)
    try:
        with fsspec.open(uri, "rb").open() as old, fsspec.open(target, "wb").open() as new:
            for begin, end in cuts:
                new.write(old.read(begin - old.tell()))
                old.seek(end)
            new.write(old.read())
    except OSError as error:
        raise ArchiveError(f"The WARC file {uri} could not be written anew as {target}: {error}.") from error
    return target, [
        replace(record, offset=record.offset - sum(end - begin for begin, end in cuts if end <= record.offset))
        for record in records
        if record.id not in ids
    ]
