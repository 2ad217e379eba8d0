"""`pantau outlet check`: what structured data, the outlet's rules and the generic reader each find, and how the rules fare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from desk.outlets.bodies import agreement
from desk.outlets.stored_pages import Held
from processing.cleaning.names import names_of
from processing.cleaning.text import likeness, words
from processing.errors import Quarantined, Rejected
from processing.extraction import read_pages, rules
from processing.extraction.blocks import without_invisible
from processing.extraction.dates import read_date
from processing.extraction.page import decode, parse
from processing.extraction.structured import Said, read_json_ld, read_meta
from processing.model import Article, Outlet

RULE_OF = {"title": "title", "published_at": "date", "authors": "byline", "editor": "editor", "section": "section",
           "tags": "tags", "body": "body"}  # fmt: skip
"""Fields of an article, and the rule of `PageRules` for each."""
DECISIVE = frozenset({"title", "body"})
"""Fields for which a rule is asked even where structured data speaks; for the others that comes first."""
ALIKE = 0.8
"""Likeness of words from which two texts count as the same."""
SLACK = 0.01
"""F1 by which another reader's body must be the better one."""


class Verdict(StrEnum):
    """How a rule fared on one field of one page."""

    AGREE = "agree"
    DIFFERS = "differs"
    """From another source, and no case says who is right."""
    NOTHING = "rule finds nothing"
    WORSE = "rule is worse"
    NO_RULE = "no rule"


@dataclass(frozen=True)
class Compared:
    """One field of one page, as each source has it (None: not found)."""

    label: str
    field: str
    structured: Any
    ruled: Any
    generic: Any
    expected: Any
    verdict: Verdict

    @property
    def others(self) -> tuple[Any, ...]:
        """What is known of the field apart from the rules."""
        return tuple(value for value in (self.expected, self.structured, self.generic) if value)


def compare(held: Held, outlet: Outlet) -> list[Compared]:
    """Hold the rules against the other sources, field by field."""
    tree = parse(decode(held.pages[0]), held.pages[0].url)
    said = (read_json_ld(tree), read_meta(tree))
    without_invisible(tree)
    sources = (
        _structured(said, outlet),
        _ruled(tree, held, outlet),
        _stated(_read(held, None)),
    )
    return [_compared(held, name, outlet, *(source.get(name) for source in sources)) for name in RULE_OF]


def falls_short(compared: Iterable[Compared]) -> dict[str, str]:
    """Give the fields whose rule falls short, with why: worse on some page, or nothing on all that have something to find."""
    by_field: dict[str, list[Compared]] = defaultdict(list)
    for one in compared:
        by_field[one.field].append(one)
    short = {}
    for name, rows in by_field.items():
        due = [row for row in rows if row.others]
        if worse := [row.label for row in rows if row.verdict is Verdict.WORSE]:
            short[name] = f"worse than another source on {', '.join(worse)}"
        elif due and all(row.verdict is Verdict.NOTHING for row in due):
            short[name] = f"finds nothing on any of {len(due)} pages that have it"
    return short


def _structured(said: Sequence[Said], outlet: Outlet) -> dict[str, Any]:
    """Give what the page says of itself, the first account that says it."""

    def first(told: Callable[[Said], Any]) -> Any:
        return next((value for account in said if (value := told(account))), None)

    return {
        "title": first(lambda account: account.title),
        "published_at": first(lambda account: _moment(account.published, outlet)),
        "authors": first(lambda account: names_of(account.authors, not_these=(outlet.title, outlet.name))),
        "section": first(lambda account: account.section),
        "tags": first(lambda account: tuple(account.tags)),
    }


def _moment(text: str, outlet: Outlet) -> datetime | None:
    zone = ZoneInfo(outlet.timezone)
    found = read_date(text, zone, zulu_is_local=outlet.zulu_is_local) if text else None
    return found.astimezone(zone) if found else None


def _ruled(tree: Any, held: Held, outlet: Outlet) -> dict[str, Any]:
    """Give what the rules alone find: those of the layout in use first."""
    layouts = rules.versions(outlet, held.as_of.astimezone(ZoneInfo(outlet.timezone)).date())

    def first(found: Callable[[Any], Any]) -> Any:
        return next((value for layout in layouts if (value := found(layout))), None)

    article = _read(held, outlet)
    return {
        "title": first(lambda layout: rules.first_text(tree, layout.title)),
        "published_at": first(lambda layout: _moment(rules.first_text(tree, layout.date), outlet)),
        "authors": first(lambda layout: rules.read_byline(tree, layout.byline)[0]),
        "editor": first(lambda layout: _editor(*rules.read_byline(tree, layout.editor))),
        "section": first(lambda layout: rules.first_text(tree, layout.section)),
        "tags": first(lambda layout: tuple(rules.all_texts(tree, layout.tags))),
        "body": article.paragraphs if article and article.read_by["body"] == "rules" else None,
    }


def _editor(names: tuple[str, ...], editor: str | None) -> str | None:
    return editor or next(iter(names), None)


def _read(held: Held, outlet: Outlet | None) -> Article | None:
    """Read the article; None where it is refused."""
    try:
        return read_pages(held.pages, outlet, as_of=held.as_of)
    except (Rejected, Quarantined):
        return None


def _stated(article: Article | None) -> dict[str, Any]:
    """Give what the generic reader found by itself, without the page's structured data."""
    if article is None:
        return {}
    values = {name: getattr(article, "paragraphs" if name == "body" else name) for name in RULE_OF}
    return {name: value for name, value in values.items() if article.read_by.get(name) == "generic"}


def _compared(held: Held, name: str, outlet: Outlet, structured: Any, ruled: Any, generic: Any) -> Compared:
    expected = _expected(held, name)
    if not any(getattr(layout, RULE_OF[name]) for layout in outlet.rules):
        verdict = Verdict.NO_RULE
    elif not ruled:
        verdict = Verdict.NOTHING
    else:
        verdict = _verdict(name, ruled, [value for value in (structured, generic) if value], expected)
        if verdict is Verdict.WORSE and structured and name not in DECISIVE:
            verdict = Verdict.DIFFERS
    return Compared(held.label, name, structured, ruled, generic, expected, verdict)


def _expected(held: Held, name: str) -> Any:
    """Give what a case expects of a field, as an article has it."""
    value = held.expected.get(name)
    if name == "published_at" and value:
        return datetime.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _verdict(name: str, ruled: Any, others: Sequence[Any], expected: Any) -> Verdict:
    """Judge what a rule found: by the case where there is one, else by whether the other sources agree."""
    if not expected:
        close = not others or any(_likeness(name, ruled, other) >= ALIKE for other in others)
        return Verdict.AGREE if close else Verdict.DIFFERS
    reached = _likeness(name, ruled, expected)
    best = max((_likeness(name, other, expected) for other in others), default=0.0)
    if reached < best - SLACK and (name == "body" or reached < ALIKE):
        return Verdict.WORSE
    return Verdict.AGREE if reached >= ALIKE else Verdict.DIFFERS


def _likeness(name: str, one: Any, other: Any) -> float:
    """Compare two values of a field (0 to 1): times by their day, lists and texts by their words."""
    if name == "body":
        return agreement(one, other)
    if name == "published_at":
        return float(one.date() == other.astimezone(one.tzinfo).date())
    left, right = (words(value if isinstance(value, str) else " ".join(value)) for value in (one, other))
    return likeness(left, right)
