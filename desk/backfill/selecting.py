"""One file of an archive, gone through: what is wanted is copied aside, and every record is counted under its fate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import fsspec

from desk.backfill.found import Found
from desk.backfill.pages import next_number, number_of, whole
from desk.backfill.sorting import LARGEST, Asked, Place, Sorter, Taking, Wanted
from processing.archive import ArchivedResponse
from processing.archive_copying import Copies
from processing.archive_scanning import Scanned, http_of, is_sound, scan
from processing.errors import ArchiveError
from processing.model import Record
from processing.urls import canonical_url

REPORTED = 500
"""Records after which a worker says how far it is."""

Counts = Counter[Place]


@dataclass(slots=True)
class Selected:
    """What a file of an archive holds for us."""

    uri: str
    counts: Counts
    """Of all records but those of `visits`, whose fate the store knows."""
    visits: list[list[Found]]
    """Articles, each with its pages in order; those seen first come first."""
    copies: Path
    """Where the records of the pages lie."""
    fault: str = ""
    """What is wrong with the file, if anything is: a sentence."""

    @property
    def records(self) -> int:
        """How many records were met."""
        return self.counts.total() + sum(map(len, self.visits))


def select(uri: str, asked: Asked, copies: Path, told: Callable[[int, int], None]) -> Selected:
    """Go through the file at `uri`, and copy what may be taken to the file `copies`, which is made anew.

    `told` hears now and then how many bytes and records came since. A fault of the file ends it and is said in the result;
    what is whole before it counts. Memory goes with the pages found, about 1 kB each, not with the file.
    """
    selected = Selected(uri, Counter(), [], copies)
    found: list[Found] = []
    try:
        stream = fsspec.open(uri, "rb").open()
    except (OSError, ValueError, ImportError) as error:
        selected.fault = f"{uri} cannot be opened: {error}."
        return selected
    with closing(stream), closing(Copies(copies)) as kept:
        try:
            for one in _sorted(scan(stream), Sorter(asked), kept, told):
                if isinstance(one, Found):
                    found.append(one)
                else:
                    selected.counts[one] += 1
        except ArchiveError as fault:
            selected.fault = f"{uri} {fault}."
        except Exception as error:  # noqa: BLE001 - a worker's edge: what a foreign file does to us is a fault of that file
            selected.fault = f"{uri} could not be read on: {type(error).__name__}: {error}."
    selected.visits = whole(found)
    taken = Counter(page.outlet for visit in selected.visits for page in visit)
    for outlet, pages in Counter(page.outlet for page in found).items():
        if pages > taken[outlet]:
            selected.counts[outlet, Taking.PARTIAL] += pages - taken[outlet]
    return selected


def _sorted(
    records: Iterable[Scanned], sorter: Sorter, kept: Copies, told: Callable[[int, int], None]
) -> Iterator[Found | Place]:
    """Give what each record is: a page that was copied, or where it counts."""
    before = met = 0
    for record in records:
        met += 1
        if met == REPORTED:
            told(record.offset - before, met)
            before, met = record.offset, 0
        sorted_ = sorter.sort(record)
        yield _copied(record, sorted_, kept) if isinstance(sorted_, Wanted) else sorted_


def _copied(scanned: Scanned, wanted: Wanted, kept: Copies) -> Found | Place:
    """Read a record that may be a page, and copy it if it is one."""
    record = scanned.read()
    http = http_of(record)
    if http is None or not is_sound(record):
        return wanted.outlet, Taking.DAMAGED
    headers, payload = http
    if headers.get_statuscode() != str(int(HTTPStatus.OK)) or not payload:
        return wanted.outlet, Taking.NO_PAGE
    named = {name.lower(): value for name, value in headers.headers}
    if "html" not in named.get("content-type", "").lower():
        return wanted.outlet, Taking.NO_PAGE
    content = _content(wanted, named, payload)
    if content is None:
        return wanted.outlet, Taking.TOO_LARGE
    article = canonical_url(wanted.url)
    try:
        following = next_number(wanted.url, article, content)
    except Exception:  # noqa: BLE001 - whatever a hostile page does to our reader is a fault of that page alone
        return wanted.outlet, Taking.DAMAGED
    return Found(
        outlet=wanted.outlet,
        url=wanted.url,
        article=article,
        record=kept.add(record, payload, at=wanted.at),
        bytes=len(payload),
        number=number_of(wanted.url),
        next_number=following,
    )


def _content(wanted: Wanted, headers: dict[str, str], payload: bytes) -> bytes | None:
    """Give a body without its encodings, as reading will have it; None where it unpacks to more than a page has."""
    nowhere = Record(id="", offset=0, length=0, sha256="", fetched_at=wanted.at)
    answer = ArchivedResponse(record=nowhere, url=wanted.url, status=HTTPStatus.OK, headers=headers, payload=payload)
    try:
        content = answer.content
    except ArchiveError:
        return None
    return content if len(content) <= LARGEST else None
