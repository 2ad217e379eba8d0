"""The ledger of a crawl: one row a fetch, the problems that make the run red, and the result that tells both."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from processing.model import FORBIDDEN, CrawlResult, Fate, Fetch, FetchKind, Totals, Validators
from processing.model.codec import to_json
from processing.urls import canonical_url

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from processing.model import Job, Outlet

LASTING = {404, 410}
"""Answers that a second try will not change."""

BLOCKS = re.compile(r"HTTP (?:401|403|429|451)\b|challenge page|the host (?:refused|wants to be left alone)")
"""Reasons of fetches that say: the outlet does not want us, or not so much of us."""

LOST = {Fate.FAILED, Fate.DISALLOWED}
UNFIT = {Fate.REJECTED, Fate.QUARANTINED}

FEW = 3
"""Pages from which on their common fate says something of the outlet."""


class Ledger:
    """What one crawl fetched and what came of it."""

    def __init__(self, job: Job, outlet: Outlet) -> None:
        self.job = job
        self.outlet = outlet
        self.fetches: list[Fetch] = []
        self.problems: list[str] = []
        self.left_out = 0
        """Articles that were due but over the job's bound."""
        self._answers: Counter[int] = Counter()
        self._bytes = 0
        self._began = monotonic()

    def count(self, response: Response) -> None:
        """Count an answer as it came, before it is unpacked; those that lead on or are tried again are answers too."""
        self._answers[response.status] += 1
        self._bytes += len(response.body)

    def enter(self, kind: FetchKind, request: Request, response: Response | None = None, **facts: Any) -> None:
        """Write the row of one fetch, under the address that was first asked for; `facts` are fields of a Fetch."""
        asked = request.meta.get("redirect_urls", [request.url])[0]
        receipt = request.meta.get("receipt")
        found = (
            {"record": receipt.record, "bytes": receipt.bytes, "milliseconds": receipt.milliseconds} if receipt else {}
        )
        status = response.status if response is not None else None
        self.fetches.append(
            Fetch(url=asked, kind=kind, canonical_url=canonical_url(asked), status=status, **found, **facts)
        )

    def problem(self, sentence: str) -> None:
        """Note what makes the run red, in a sentence that begins with the outlet's name."""
        self.problems.append(f"{self.outlet.title}: {sentence}")

    def write(self, finish_reason: str) -> None:
        """Write `result.json`, whole or not at all."""
        result = CrawlResult(
            outlet=self.outlet.name,
            as_of=self.job.as_of,
            warc=self.job.warc,
            finish_reason=finish_reason,
            fetches=tuple(self.fetches if self._exhaustive(finish_reason) else map(_unconditional, self.fetches)),
            problems=(*self.problems, *self._overall(finish_reason)),
            totals=self.totals,
        )
        path = Path(self.job.result)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_text(to_json(result), encoding="utf-8")
        part.replace(path)

    @property
    def totals(self) -> Totals:
        """Say in numbers what the crawl gave and cost until now."""
        return Totals(
            pages=dict(Counter(page.fate or "fetched" for page in self._pages())),
            answers=dict(sorted(self._answers.items())),
            bytes=self._bytes,
            seconds=round(monotonic() - self._began, 3),
        )

    def _pages(self) -> list[Fetch]:
        return [fetch for fetch in self.fetches if fetch.kind is FetchKind.PAGE]

    def _exhaustive(self, finish_reason: str) -> bool:
        """Tell whether all that the listings gave was had, so that an unchanged listing means: nothing to do."""
        owed = [page for page in self._pages() if _owed(page)]
        return finish_reason == "finished" and not self.left_out and not owed

    def _overall(self, finish_reason: str) -> list[str]:
        """Judge the run as a whole."""
        title, sentences = self.outlet.title, self._lost()
        if finish_reason != "finished":
            sentences.append(f"{title}: the crawl ended before its work was done ({finish_reason}).")
        return sentences

    def _lost(self) -> list[str]:
        """Say that no page came, or that the outlet blocks us."""
        title, pages = self.outlet.title, self._pages()
        lost = [page for page in pages if page.fate in LOST or (page.fate in UNFIT and len(pages) >= FEW)]
        blocked = [page for page in pages if BLOCKS.search(page.reason)]
        if len(blocked) >= FEW and 2 * len(blocked) >= len(pages):
            return [f"{title}: it blocks us: {len(blocked)} of {len(pages)} articles ({_commonest(blocked)})."]
        if pages and len(lost) == len(pages):
            return [f"{title}: none of {len(pages)} articles could be fetched ({_commonest(lost)})."]
        return []


def _commonest(pages: list[Fetch]) -> str:
    """Give the reason that most of these have."""
    (reason, _), *_ = Counter(page.reason for page in pages).most_common(1)
    return reason


def _owed(page: Fetch) -> bool:
    """Tell whether the next crawl should ask for a page that this one did not get."""
    if page.fate is Fate.DISALLOWED:
        return page.reason != FORBIDDEN
    return page.fate is Fate.FAILED and page.status not in LASTING


def _unconditional(fetch: Fetch) -> Fetch:
    """Forget the validators of a listing, so that the next crawl reads it again."""
    return fetch if fetch.kind is FetchKind.PAGE else replace(fetch, validators=Validators())
