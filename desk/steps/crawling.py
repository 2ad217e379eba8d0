"""Crawling: a spider, as a process of its own, brings a WARC file and a result; both are registered before judging."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import fsspec

from crawlers.outlets import OUTLETS, outlet_named
from desk.settings import Settings
from desk.steps.opened import load_settings, opened
from processing.errors import PantauError, SettingError
from processing.model import CrawlResult, Job, Outlet
from processing.model.codec import from_json, to_json
from processing.store import crawl_memory, outlets, runs

CHECKOUT = Path(__file__).parents[2]

REMEMBER = timedelta(days=14)
"""How long a page's address is known and not asked for again; no outlet lists an article for longer."""

GRACE = 30
"""Seconds that a spider gets to end after its time is up, and again after it was told to."""


class CrawlFailed(PantauError):
    """A crawl that brought less than it should have; what it did bring is registered."""


def enabled_outlets(names: Sequence[str] = ()) -> list[str]:
    """Give the names of the outlets to crawl: those asked for, else those of the settings, else all that are on."""
    settings = load_settings()
    asked = [outlet_named(name) for name in names or settings.outlets]
    return [outlet.name for outlet in asked or OUTLETS.values() if _allowed(outlet, settings)]


def _allowed(outlet: Outlet, settings: Settings) -> bool:
    return outlet.switched_off is None or outlet.name in settings.permitted


def crawl(outlet: str, *, as_of: datetime) -> dict[str, Any]:
    """Crawl one outlet as of an instant and register what came; gives the run's id, its fetches by fate, and its totals.

    Raises CrawlFailed, after registering, where the run has problems.
    """
    settings = load_settings()
    declaration = outlet_named(outlet)
    if not settings.contact and not settings.replay:
        raise SettingError("PANTAU_CONTACT is not set: name a mail or https address at which outlets reach you.")
    if not _allowed(declaration, settings):
        raise PantauError(
            f"{declaration.title} is switched off ({declaration.switched_off});"
            f" add {outlet} to PANTAU_PERMITTED if you have its permission."
        )
    with opened(settings) as connection:
        outlets.declare(connection, OUTLETS.values())
        run = runs.open_run(connection, outlet, "crawl", as_of)
        seen = crawl_memory.known_addresses(connection, outlet, as_of - REMEMBER)
        validators = crawl_memory.validators(connection, outlet, as_of - REMEMBER)
    folder = settings.home.data / "crawls" / f"{outlet}-{run}"
    job = Job(
        outlet=outlet,
        as_of=as_of,
        warc=str(folder / f"{outlet}-{as_of:%Y%m%dT%H%M%SZ}-{run}.warc.gz"),
        result=str(folder / "result.json"),
        user_agent=settings.user_agent,
        known=frozenset(seen),
        seen=seen,
        validators=validators,
        replay=str(settings.replay) if settings.replay else None,
        private_hosts=frozenset(settings.private_hosts),
    )
    result = _archived(_spider(job), settings)
    with opened(settings) as connection:
        if result.warc:
            runs.register(connection, run, result)
        else:
            runs.abandon(connection, run, " ".join(result.problems))
    if result.problems:
        raise CrawlFailed(" ".join(result.problems))
    fetches = Counter(fetch.fate or "fetched" for fetch in result.fetches)
    return {"run": run, "outlet": outlet, "fetches": dict(fetches), **asdict(result.totals)}


def _spider(job: Job) -> CrawlResult:
    """Run the spider; one that leaves no result gives a result that says so, with no archive."""
    folder = Path(job.result).parent
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "job.json"
    path.write_text(to_json(job))
    command = [sys.executable, "-m", "scrapy", "crawl", job.outlet, "-a", f"job={path}"]
    with subprocess.Popen(command, cwd=CHECKOUT) as process:
        _wait(process, job.bounds.seconds + GRACE)
    if Path(job.result).exists():
        return from_json(CrawlResult, Path(job.result).read_text())
    problem = f"{job.outlet}: the spider ended with code {process.returncode} and left no result; its log says why."
    return CrawlResult(outlet=job.outlet, as_of=job.as_of, warc="", finish_reason="crashed", problems=(problem,))


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for a spider; when its time is up ask it to end, ask again (Scrapy then drops open requests), and kill it."""
    for sign in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(sign)
            seconds = GRACE
        else:
            return
    process.wait()


def to_archive(local: Path, outlet: str, as_of: datetime, settings: Settings) -> str:
    """Move a run's WARC file to the archive; gives its place there."""
    filesystem, path = fsspec.url_to_fs(f"{settings.archive.rstrip('/')}/{outlet}/{as_of:%Y/%m}/{local.name}")
    filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
    filesystem.put(str(local), path)
    local.unlink()
    place: str = filesystem.unstrip_protocol(path)
    return place


def _archived(result: CrawlResult, settings: Settings) -> CrawlResult:
    """Move the WARC file to the archive, wherever fsspec reaches, and give the result with its place there."""
    local = Path(result.warc)
    if not result.warc or not local.exists():
        return result
    return replace(result, warc=to_archive(local, result.outlet, result.as_of, settings))
