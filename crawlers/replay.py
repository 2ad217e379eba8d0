"""The archive instead of the network: real addresses answered from WARC files, and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from crawlers.conditional import still_valid
from processing.archive import ArchivedResponse, iter_responses
from processing.errors import ArchiveError
from processing.model import Validators
from processing.urls import untracked_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class NotArchived(IgnoreRequest):
    """The archive that is replayed holds no answer to a request."""


class ReplayHandler(BaseDownloadHandler):
    """Answers each request with the newest record of its address that is not later than `as_of`."""

    def __init__(self, crawler: Crawler, replay: str, as_of: datetime) -> None:
        super().__init__(crawler)
        self.archive = archive_as_of(replay, as_of)

    async def download_request(self, request: Request) -> Response:
        """Give the archived response, or 304 where the request's validators are those of the record."""
        archived = self.archive.get(untracked_url(request.url))
        if archived is None:
            raise NotArchived("not in the archive")
        request.meta["archived_at"] = archived.record.fetched_at
        stored = Validators(etag=archived.headers.get("etag"), last_modified=archived.headers.get("last-modified"))
        if still_valid(request.headers, stored):
            return _response(request, 304, {}, b"")
        if "transfer-encoding" in archived.headers:
            plain = {k: v for k, v in archived.headers.items() if k not in ("transfer-encoding", "content-encoding")}
            return _response(request, archived.status, plain, archived.content)
        return _response(request, archived.status, archived.headers, archived.payload)


@cache
def archive_as_of(replay: str, as_of: datetime) -> Mapping[str, ArchivedResponse]:
    """Read a WARC file, or all those in a folder, and keep of each address the newest response not later than `as_of`."""
    newest: dict[str, ArchivedResponse] = {}
    for path in _files(Path(replay)):
        for response in iter_responses(str(path)):
            key = untracked_url(response.url)
            at = response.record.fetched_at
            if at <= as_of and (key not in newest or newest[key].record.fetched_at <= at):
                newest[key] = response
    return newest


def _files(replay: Path) -> Iterator[Path]:
    if not replay.exists():
        raise ArchiveError(f"There is no archive to replay at {replay}.")
    yield from sorted(path for path in replay.rglob("*.warc*") if path.is_file()) if replay.is_dir() else (replay,)


def _response(request: Request, status: int, headers: Mapping[str, str], body: bytes) -> Response:
    fields = Headers({name: value.encode("latin-1", "replace") for name, value in headers.items()})
    kind = responsetypes.from_args(headers=fields, url=request.url, body=body)
    return kind(url=request.url, status=status, headers=fields, body=body)
