"""Whether an outlet's pages could be read as declared: what a run's fields and fates say of the declaration's health."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from processing.model import Article, Fate, Outlet

ENOUGH = 3
"""Pages from which a run says something of its outlet."""

RULE_OF = {"body": "body", "published_at": "date", "authors": "byline"}
"""Fields whose rules may be found to fall short, and the rule of `PageRules` for each.

Not the title: the headline is put together from all that names one, so that another's choice says nothing of the rule.
"""

LOST = (Fate.REJECTED, Fate.QUARANTINED)


@dataclass(slots=True)
class Fitness:
    """Counts what reading the pages of one run gave."""

    fields: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """For each field, how many articles have it by what found it."""
    pages: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    """Why pages were rejected or quarantined."""

    def read(self, articles: Sequence[Article]) -> None:
        """Count the fields of articles that were read."""
        for article in articles:
            for name, found_by in article.read_by.items():
                self.fields[name][found_by] += 1

    def settled(self, fate: Fate, reason: str) -> None:
        """Count a page that met its fate."""
        self.pages += 1
        if fate in LOST:
            self.lost[reason] += 1

    def problems(self, outlet: Outlet) -> list[str]:
        """Say what is wrong with an outlet's declaration, if half of its pages tell so."""
        told = []
        lost = self.lost.total()
        if self.pages >= ENOUGH and lost * 2 > self.pages:
            reason, _ = self.lost.most_common(1)[0]
            told.append(f"{outlet.title}: {lost} of {self.pages} pages could not be read; most often: {reason}")
        return told + [
            f"{outlet.title}: {reason}; they are set aside from the next run on, so mend the declaration."
            for reason in self.shortfalls(outlet).values()
        ]

    def shortfalls(self, outlet: Outlet) -> dict[str, str]:
        """Give the fields whose rules gave way to the generic reader on most pages, each with what was seen.

        For a body every page counts that the rules did not fit; a field that structured data gives tells nothing.
        """
        short = {}
        for name, rule in RULE_OF.items():
            found = self.fields.get(name, Counter())
            pages = found.total()
            missed = pages - found["rules"] if name == "body" else found["generic"]
            if pages < ENOUGH or missed * 2 <= pages or not any(getattr(layout, rule) for layout in outlet.rules):
                continue
            short[name] = (
                f"the rules for body fitted {pages - missed} of {pages} pages, and the generic reader read the rest"
                if name == "body"
                else f"the rules for {name} found nothing on {missed} of {pages} pages, and the generic reader did"
            )
        return short
