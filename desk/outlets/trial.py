"""Trial crawls: the real spider, with its manners, on the draft of a declaration; what it got is read from its archive."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desk.home import CHECKOUT
from desk.outlets.declaration import declaration
from desk.settings import Settings
from processing.archive import ArchivedResponse, iter_responses
from processing.errors import PantauError, SettingError
from processing.model import FORBIDDEN, Bounds, CrawlResult, Fetch, FetchKind, Job, Outlet, Page
from processing.model.codec import from_json, to_json

SECONDS = 300
"""How long one trial may take."""


@dataclass(frozen=True)
class Trial:
    """What a trial crawl gave: its result, and the last response of each address."""

    result: CrawlResult
    responses: Mapping[str, ArchivedResponse]
    records: Mapping[str, ArchivedResponse]
    """The same by their record's id: a fetch that was redirected keeps the address it asked for."""

    @property
    def robots(self) -> str:
        """The robots.txt of the first host; empty where there is none."""
        found = self.fetched(FetchKind.ROBOTS)
        return found[0][1].content.decode("utf-8", "replace") if found and found[0][1].status == OK else ""

    def fetched(self, *kinds: FetchKind) -> list[tuple[Fetch, ArchivedResponse]]:
        """Give the fetches of these kinds that were answered, with their responses."""
        rows = (fetch for fetch in self.result.fetches if fetch.kind in kinds and fetch.record)
        return [(row, self.records[row.record.id]) for row in rows if row.record and row.record.id in self.records]

    @property
    def pages(self) -> list[Page]:
        """The articles' first pages, in the order they were fetched."""
        rows = [(row, got) for row, got in self.fetched(FetchKind.PAGE) if row.fate is None and row.part == 1]
        return [Page(url=got.url, content=got.content, content_type=got.content_type) for _, got in rows]

    def page_of(self, url: str) -> Page:
        """Give what stood at an address."""
        got = self.responses[url]
        return Page(url=url, content=got.content, content_type=got.content_type)

    @property
    def refused(self) -> bool:
        """Whether a robots.txt that was read kept us from all that was asked for."""
        asked = [fetch for fetch in self.result.fetches if fetch.kind is not FetchKind.ROBOTS]
        return bool(asked) and all(fetch.fate == "disallowed" and fetch.reason == FORBIDDEN for fetch in asked)


OK = 200


def try_out(outlet: Outlet, settings: Settings, folder: Path, *, as_of: datetime, pages: int) -> Trial:
    """Crawl by the draft of a declaration, at most so many pages; all that comes stays in `folder`. Raises PantauError."""
    if not settings.contact and not settings.replay:
        raise SettingError("PANTAU_CONTACT is not set: name a mail or https address at which outlets reach you.")
    drafts = folder / "outlets"
    drafts.mkdir(parents=True, exist_ok=True)
    (drafts / f"{outlet.name}.py").write_text(declaration(outlet), encoding="utf-8")
    job = Job(
        outlet=outlet.name,
        as_of=as_of,
        warc=str(folder / "trial.warc.gz"),
        result=str(folder / "result.json"),
        user_agent=settings.user_agent,
        bounds=Bounds(pages=pages, seconds=SECONDS),
        replay=str(settings.replay) if settings.replay else None,
        private_hosts=frozenset(settings.private_hosts),
    )
    (folder / "job.json").write_text(to_json(job), encoding="utf-8")
    _run(outlet.name, folder, drafts)
    responses = list(iter_responses(job.warc))
    result = from_json(CrawlResult, (folder / "result.json").read_bytes())
    return Trial(result, {got.url: got for got in responses}, {got.record.id: got for got in responses})


def _run(name: str, folder: Path, drafts: Path) -> None:
    """Run the spider to its end; what it says goes to a file."""
    command = [sys.executable, "-m", "scrapy", "crawl", name, "-a", f"job={folder / 'job.json'}"]
    log = folder / "spider.log"
    environment = os.environ | {"PANTAU_OUTLET_PATH": str(drafts)}
    with (
        log.open("wb") as stream,
        subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=stream, stderr=stream) as process,
    ):
        try:
            process.wait(SECONDS + 60)
        except subprocess.TimeoutExpired:
            process.kill()
    if not (folder / "result.json").exists():
        raise PantauError(
            f"The spider of {name} ended with code {process.returncode} and left no result; {log} says why."
        )
