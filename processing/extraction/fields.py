"""Everything of an article but its text: each field from structured data, then the outlet's rules, then what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from processing.cleaning.names import names_of
from processing.cleaning.text import tidy
from processing.extraction import rules
from processing.extraction.blocks import Layout
from processing.extraction.dates import read_date
from processing.extraction.structured import Said
from processing.extraction.titles import headline, site_names
from processing.extraction.visible import shown_authors, shown_date
from processing.model import Outlet, PageRules
from processing.urls import web_url

OLDEST = 1995
"""Year before which no page of the web was published."""

Accounts = Mapping[str, Said]
"""What the page says of itself, by method: `json_ld` first, then `meta`."""


@dataclass(slots=True)
class Reading:
    """What has been read so far, and by what."""

    values: dict[str, Any] = field(default_factory=dict)
    read_by: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, value: Any, method: str) -> None:
        """Keep the first value found for a field."""
        if value and name not in self.values:
            self.values[name] = value
            self.read_by[name] = method

    def get(self, name: str, default: Any = None) -> Any:
        """Give a field's value."""
        return self.values.get(name, default)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a page before its fields are read."""

    url: str
    outlet: Outlet | None
    layouts: Sequence[PageRules]
    zone: tzinfo
    """Of times that carry none."""
    names: tuple[str, ...]
    """That the outlet or site goes by."""
    as_of: datetime

    def moment(self, text: str) -> datetime | None:
        """Read a stated time; None for one before the web or after tomorrow. An outlet's is given in its own zone."""
        zulu = self.outlet is not None and self.outlet.zulu_is_local
        moment = read_date(text, self.zone, zulu_is_local=zulu, as_of=self.as_of) if text else None
        if moment is None or moment.year < OLDEST or moment > self.as_of + timedelta(days=2):
            return None
        return moment.astimezone(self.zone) if self.outlet is not None else moment


def context_of(outlet: Outlet | None, url: str, said: Accounts, as_of: datetime) -> Context:
    """Settle layouts, zone and names; without an outlet, Indonesian pages are taken to show WIB and all others UTC."""
    names = site_names(url, [account.publisher for account in said.values()])
    if outlet is not None:
        zone = ZoneInfo(outlet.timezone)
        layouts = rules.versions(outlet, as_of.astimezone(zone).date())
        return Context(url, outlet, layouts, zone, (*names, outlet.title, outlet.name), as_of)
    indonesian = said["meta"].language[:2].lower() == "id" or (urlsplit(url).hostname or "").endswith(".id")
    return Context(url, None, (), ZoneInfo("Asia/Jakarta" if indonesian else "UTC"), tuple(names), as_of)


def read_fields(tree: LexborHTMLParser, said: Accounts, context: Context, view: Callable[[], Layout]) -> Reading:
    """Read everything but the text; `tree` is without its scripts by now. `view` gives its blocks, if they are asked for."""
    reading = Reading()
    _read_title(reading, tree, said, context)
    for method, account in said.items():
        _read_account(reading, account, method, context)
    reading.take("language", _language(said["json_ld"].language), "json_ld")
    _read_authors(reading, tree, said, context)
    for layout in context.layouts:
        _read_layout(reading, tree, layout, context)
    if not reading.get("published_at"):
        shown = shown_date(tree, view(), reading.get("title", ""), context.url, context.zone, context.as_of)
        reading.take("published_at", shown, "generic")
    return reading


def _read_title(reading: Reading, tree: LexborHTMLParser, said: Accounts, context: Context) -> None:
    """Choose the headline; where the outlet's own selector finds one, it stands for what the page shows."""
    ruled = next((text for layout in context.layouts if (text := rules.first_text(tree, layout.title))), "")
    told = {said[method].title: method for method in reversed(tuple(said))}
    shown = [ruled] if ruled else [tidy(node.text(separator=" ")) for node in tree.css("h1")[:6]]
    window = tree.css_first("title")
    title = headline([a.title for a in said.values()], shown, window.text() if window else "", context.names)
    reading.take("title", title, told.get(title) or ("rules" if title == ruled else "generic"))


def _read_account(reading: Reading, account: Said, method: str, context: Context) -> None:
    """Take over what one kind of structured data says."""
    reading.take("published_at", context.moment(account.published), method)
    reading.take("modified_at", context.moment(account.modified), method)
    reading.take("section", account.section, method)
    reading.take("tags", tuple(dict.fromkeys(account.tags)), method)
    reading.take("image", web_url(urljoin(context.url, account.image)) if account.image else None, method)
    if method == "meta":
        reading.take("language", _language(account.language), method)


def _read_authors(reading: Reading, tree: LexborHTMLParser, said: Accounts, context: Context) -> None:
    """Read the authors: people first; the site's own name counts where no outlet is declared and nobody else signs."""
    for method, account in said.items():
        reading.take("authors", names_of(account.authors, not_these=context.names), method)
    for layout in context.layouts:
        names, _ = rules.read_byline(tree, layout.byline)
        reading.take("authors", names_of(names, not_these=context.names), "rules")
    if context.outlet is None and not reading.get("authors"):
        reading.take("authors", shown_authors(tree, context.names), "generic")
        for method, account in said.items():
            reading.take("authors", names_of(account.authors), method)


def _read_layout(reading: Reading, tree: LexborHTMLParser, layout: PageRules, context: Context) -> None:
    """Take over what one layout's selectors find."""
    for text in rules.all_texts(tree, layout.date):
        reading.take("published_at", context.moment(text), "rules")
    names, editor = rules.read_byline(tree, layout.editor)
    reading.take("editor", editor or next(iter(names), None), "rules")
    reading.take("section", rules.first_text(tree, layout.section), "rules")
    reading.take("tags", tuple(dict.fromkeys(rules.all_texts(tree, layout.tags))), "rules")


def _language(declared: str) -> str | None:
    """Give the primary tag of a declared language (`id_ID`, `en-GB`), if it is one."""
    primary = declared.replace("_", "-").split("-")[0].strip().lower()
    return {"in": "id"}.get(primary, primary) if len(primary) in (2, 3) and primary.isalpha() else None
