"""Whether an outlet's pages could be read as declared: what a run's fields and fates say of the declaration's health."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from processing.model import Article, Fate, Outlet

ENOUGH = 3
"""Pages from which a run says something of its outlet."""

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
        """Say what is wrong with an outlet's declaration, if half of its pages tell so.

        Rules that find less of a page than the generic reader give way to it on that page; here that is reported.
        """
        told = []
        lost = self.lost.total()
        if self.pages >= ENOUGH and lost * 2 > self.pages:
            reason, _ = self.lost.most_common(1)[0]
            told.append(f"{outlet.title}: {lost} of {self.pages} pages could not be read; most often: {reason}")
        bodies = self.fields["body"]
        if outlet.rules and bodies.total() >= ENOUGH and bodies["rules"] * 2 < bodies.total():
            told.append(
                f"{outlet.title}: the page rules fitted {bodies['rules']} of {bodies.total()} pages, and the generic reader"
                " read the rest; the layout may have changed, so mend the declaration."
            )
        return told
