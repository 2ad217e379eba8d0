"""Running real spiders, in a process of their own as the desk does."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsroom import AS_OF

from processing.archive import ArchivedResponse, iter_responses
from processing.model import Bounds, CrawlResult, Fetch, Job
from processing.model.codec import from_json, to_json

ROOT = Path(__file__).parents[2]


@dataclass
class Crawl:
    """A crawl in a folder: its job, its process, and what it left."""

    folder: Path
    outlets: Path
    outlet: str = "kabar"
    facts: dict[str, Any] = field(default_factory=dict)
    settings: tuple[str, ...] = ()
    """Of Scrapy, `NAME=VALUE`."""
    environment: dict[str, str] = field(default_factory=dict)
    """Variables that its process has besides our own."""

    @property
    def warc(self) -> Path:
        """Give the archive's path."""
        return self.folder / "run.warc.gz"

    @property
    def job(self) -> Job:
        """Read the job back."""
        return from_json(Job, (self.folder / "job.json").read_bytes())

    def start(self) -> subprocess.Popen[bytes]:
        """Start the spider."""
        self.folder.mkdir(parents=True, exist_ok=True)
        told = {
            "outlet": self.outlet,
            "as_of": AS_OF,
            "warc": str(self.warc),
            "result": str(self.folder / "result.json"),
            "user_agent": "Pantau-test/0.1 (+desk@example.org)",
            "bounds": Bounds(bytes_each=100_000),
            "private_hosts": frozenset({"127.0.0.1"}),
        }
        (self.folder / "job.json").write_text(to_json(Job(**(told | self.facts))))
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PANTAU_OUTLET_PATH": str(self.outlets)}
        environment |= self.environment
        command = [sys.executable, "-m", "scrapy", "crawl", self.outlet, "-a", f"job={self.folder / 'job.json'}"]
        command += [part for setting in self.settings for part in ("-s", setting)]
        log = (self.folder / "log").open("wb")
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def run(self) -> Crawl:
        """Run the spider to its end."""
        self.start().wait(timeout=60)
        return self

    @property
    def log(self) -> str:
        """Give what the process said."""
        return (self.folder / "log").read_text()

    @property
    def result(self) -> CrawlResult:
        """Read the result."""
        return from_json(CrawlResult, (self.folder / "result.json").read_bytes())

    @property
    def responses(self) -> list[ArchivedResponse]:
        """Read the archive."""
        return list(iter_responses(str(self.warc)))

    def fetches(self, path: str) -> list[Fetch]:
        """Give the rows of the address that ends so."""
        return [fetch for fetch in self.result.fetches if fetch.url.endswith(path)]

    def fetch(self, path: str) -> Fetch:
        """Give the one row of the address that ends so."""
        (only,) = self.fetches(path)
        return only


def spider_process(*command: str, outlets: Path, home: Path) -> str:
    """Run a Scrapy command with these outlets too, and give what it printed."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PANTAU_OUTLET_PATH": str(outlets), "PANTAU_HOME": str(home)}
    environment |= {"PANTAU_PRIVATE_HOSTS": "127.0.0.1"}
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *command],
        cwd=ROOT,
        env=environment,
        timeout=60,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout
