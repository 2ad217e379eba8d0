"""The job of a crawl: read from `job.json`, or made up for a bare `scrapy crawl`, and what it asks of Scrapy."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processing.errors import PantauError
from processing.model import Job
from processing.model.codec import from_json

if TYPE_CHECKING:
    from processing.model import Outlet


def read_job(path: str, outlet: Outlet) -> Job:
    """Read the job at `path`; it must be one for this outlet."""
    try:
        text = Path(path).read_bytes()
    except OSError as error:
        raise PantauError(f"The job {path} cannot be read: {error.strerror}.") from error
    job = from_json(Job, text)
    if job.outlet != outlet.name:
        raise PantauError(f"The job {path} is for {job.outlet}, not for {outlet.name}.")
    return job


def bare_job(outlet: Outlet) -> Job:
    """Make a job for someone who typed `scrapy crawl`: as of now, nothing known, results below `crawls/`.

    That folder stands in PANTAU_HOME, or where the command was given. This is an edge of the process, so the clock is
    read here.
    """
    as_of = datetime.now(UTC)
    stem = Path(os.environ.get("PANTAU_HOME", "."), "crawls", f"{outlet.name}-{as_of:%Y%m%dT%H%M%SZ}")
    return Job(
        outlet=outlet.name,
        as_of=as_of,
        warc=f"{stem}.warc.gz",
        result=f"{stem}.json",
        user_agent=f"Pantau/0.1 (+{os.environ.get('PANTAU_CONTACT', 'contact not set')})",
        private_hosts=private_hosts(),
    )


def private_hosts() -> frozenset[str]:
    """Read which hosts may have private addresses, for a crawl that no desk has begun."""
    return frozenset(filter(None, map(str.strip, os.environ.get("PANTAU_PRIVATE_HOSTS", "").split(","))))


def settings_for(job: Job) -> dict[str, Any]:
    """Give Scrapy's settings of one crawl; a replay needs no manners, for nobody is asked."""
    settings: dict[str, Any] = {
        "USER_AGENT": job.user_agent,
        "ROBOTSTXT_USER_AGENT": re.split(r"[/\s]", job.user_agent)[0],
        "DOWNLOAD_MAXSIZE": job.bounds.bytes_each,
        "DOWNLOAD_WARNSIZE": 0,
        "CLOSESPIDER_TIMEOUT": job.bounds.seconds,
    }
    if job.replay:
        settings |= {"CONCURRENT_REQUESTS_PER_DOMAIN": 16, "CONCURRENT_REQUESTS": 16, "RETRY_ENABLED": False}
    return settings
