"""What `pantau backfill` is pointed at, as files: WARC files, folders of them, and lists of paths such as CC-NEWS gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import fsspec
from fsspec.implementations.local import LocalFileSystem

from processing.errors import ArchiveError

ENDINGS = (".warc", ".warc.gz")
LISTS = (".paths", ".paths.gz", ".txt")
"""Endings of a list of paths, a line each; Common Crawl's is `warc.paths.gz`."""

MAX_LIST = 64_000_000
"""Bytes of a list; a month of CC-NEWS has about 60,000."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file to go through; `size` in bytes where it is known."""

    uri: str
    size: int | None


def files(sources: Iterable[str], base: str | None = None) -> list[Place]:
    """Give the files that sources name, each once, in their order: a folder's by name, a list's as it has them.

    Relative lines of a list stand below `base`, by default where the list itself comes from. Raises ArchiveError for a
    source that is not there or names no file.
    """
    found = {place.uri: place for source in sources for place in _of(source, base)}
    return list(found.values())


def _of(source: str, base: str | None) -> list[Place]:
    """Give the files of one source."""
    try:
        filesystem, path = fsspec.url_to_fs(source)
        if not source.startswith("http") and filesystem.isdir(path):
            found = filesystem.find(path, detail=True)
            places = [
                Place(filesystem.unstrip_protocol(name), info.get("size"))
                for name, info in sorted(found.items())
                if name.endswith(ENDINGS)
            ]
        elif path.endswith(LISTS):
            places = [_listed(_below(line, source, base)) for line in _lines(source)]
        else:
            places = [Place(filesystem.unstrip_protocol(path), filesystem.size(path))]
    except FileNotFoundError as error:
        raise ArchiveError(f"There is no {source}.") from error
    except (OSError, ValueError, ImportError) as error:
        raise ArchiveError(f"{source} cannot be opened: {error}.") from error
    if not places:
        raise ArchiveError(f"{source} names no WARC file ({' or '.join(ENDINGS)}).")
    return places


def _listed(uri: str) -> Place:
    """Give a file that a list names; whether it is there is seen when its turn comes, of thousands elsewhere too."""
    filesystem, path = fsspec.url_to_fs(uri)
    local = isinstance(filesystem, LocalFileSystem) and filesystem.isfile(path)
    return Place(filesystem.unstrip_protocol(path), filesystem.size(path) if local else None)


def _lines(source: str) -> list[str]:
    """Read the lines of a list. Raises ValueError where it is none."""
    with fsspec.open(source, "rb", compression="infer") as stream:
        content: bytes = stream.read(MAX_LIST)
    return list(filter(None, map(str.strip, content.decode().splitlines())))


def _below(line: str, source: str, base: str | None) -> str:
    """Give the place that a line of a list means: Common Crawl's begin at the root of the server that has the list."""
    if "://" in line or line.startswith("/"):
        return line
    root, found, _ = source.partition(f"/{line.split('/', 1)[0]}/")
    return f"{(base or (root if found else source.rpartition('/')[0]) or '.').rstrip('/')}/{line}"
