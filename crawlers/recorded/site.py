"""An outlet's site as the recorded edition shows it: `outlets/<name>/site.toml`, beside the site's templates."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict

OUTLETS = Path(__file__).parent / "outlets"
WIB = ZoneInfo("Asia/Jakarta")
LISTED_AT = (datetime(2026, 11, 21, 5, 40, tzinfo=WIB), datetime(2026, 11, 22, 5, 40, tzinfo=WIB))
"""When the listings were recorded: shortly before the demo's crawls at 05:45 WIB."""
ROBOTS_AT = datetime(2026, 11, 20, 5, 0, tzinfo=WIB)
"""When each robots.txt was recorded: before anything else."""
SEEN_AFTER = timedelta(minutes=4)
"""How long after its publication a page was recorded."""


class _Described(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteListing(_Described):
    """One feed, sitemap or section page."""

    url: str
    template: str
    title: str = ""
    window: int = 25
    """How many articles it shows, the newest first."""
    everything: bool = False
    """It shows every article of the outlet, not only those that name it in `lists`."""
    broken_on: date | None = None
    """The day on which it was sent cut off in the middle."""


class Stranger(_Described):
    """Something a listing shows that is no article of ours: a video, a gallery, a page that has gone (`gone`: it answers 404)."""

    url: str
    title: str
    published: AwareDatetime
    lists: tuple[str, ...]
    section: str = ""
    gone: bool = False
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What a listing says of it: its title alone."""
        return (self.title,)


class Site(_Described):
    """An outlet's site: its voice (`locale`, `zone`), how it answers, what it lists."""

    name: str
    title: str
    home: str
    """Its front page, without a closing slash."""
    locale: str
    zone: str
    server: str
    """The Server header."""
    gzip: bool = False
    """Pages and listings are sent compressed."""
    pages: bool = True
    """Its articles have pages; False where the feed alone is read."""
    whole: str | None = None
    """Query that gives an article of several pages in one."""
    image: str
    """Address of a picture, `{slug}` made of its article's title."""
    tracking: str | None = None
    """Query that its feeds add to every link."""
    also: str
    """Address of an older article, `{slug}` made of its title."""
    robots: tuple[str, ...]
    """The hosts that have a robots.txt."""
    listings: tuple[SiteListing, ...]
    strangers: tuple[Stranger, ...] = ()

    @property
    def folder(self) -> Path:
        """Where its templates are."""
        return OUTLETS / self.name

    def local(self, moment: datetime) -> datetime:
        """Read `moment` on the outlet's clock."""
        return moment.astimezone(ZoneInfo(self.zone))


def read_sites(folder: Path = OUTLETS) -> list[Site]:
    """Read every site under `folder`, by name."""
    return [
        Site.model_validate({"name": path.parent.name, **tomllib.loads(path.read_text("utf-8"))})
        for path in sorted(folder.glob("*/site.toml"))
    ]
