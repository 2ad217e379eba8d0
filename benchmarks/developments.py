"""How much of what is new on a later day a developing story's card tells, by ways of choosing its sentences, in both languages.

    PYTHONPATH=. python benchmarks/developments.py [--data ../shared/corpus/stories]

Stories that go on for days, and affairs whose happenings follow each other (`crosslingual`): what an edition has shown is some
articles of the days or happenings before. Of each later day's articles every one speaks in its turn; what it should tell
are the words and numbers of other outlets' articles of that day which no shown article has, each weighed by how many of these
tell it. The card's headline counts: it is the article's own, and stands above the sentences. A figure is the mean over
stories of the share told. Articles that tell nothing new by the rule that lets a story come back, and copies, are left out.

Below it, which of a day's articles should speak: chosen by one half of them, measured on the other.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import product
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import summaries
from benchmarks.summaries import SEVERAL, TOLD_AT_TOP, Summary, Text, fitted, lead, lead_without_repeat, read
from processing.digest import developments
from processing.digest.choosing import leans, told_words
from processing.digest.plain import plain
from processing.digest.sentences import sentences
from processing.digest.summary import words_in
from processing.model import StoryArticle

STORIES = summaries.SHARED / "stories"
SHOWN = 3
"""Articles of the days before that an edition has shown."""
AN_ARTICLE_OF = 12
"""Articles of one day that speak, so that the great stories do not take the evening."""
FOLDS = 5
GRID = tuple(product((2, 3, 4), (0, 1, 2)))
"""Values of QUOTED_WORDS and HEADLINE_WORDS between which each fold chooses by the other folds."""
DATES = (
    (r"(\d{4}-\d\d-\d\d).*", "%Y-%m-%d"),
    (r"(\d\d/\d\d/\d{4})", "%d/%m/%Y"),
    (r"(\d\d-\w{3}-\d\d)", "%d-%b-%y"),
)
SWAPPED = (10, 11, 12)
"""Days of September 2019 that the Indonesian corpus has as months: no article of it is of those months."""

Story = dict[Any, list[tuple[str, Text]]]
"""Articles with their outlets, by day or happening, in order."""


@dataclass(frozen=True, slots=True)
class Case:
    """An article that speaks of a later day, what was shown before, and what other outlets tell that day."""

    story: str
    language: str
    day: str
    outlet: str
    article: Text
    shown: tuple[Text, ...]
    others: tuple[tuple[str, Text], ...]


def day_of(written: str) -> date | None:
    """Read a date as the corpora write it; None where it cannot be."""
    for pattern, form in DATES:
        if found := re.fullmatch(pattern, written.strip()):
            day = datetime.strptime(found[1], form).replace(tzinfo=UTC).date()
            swapped = (day.year, day.day) == (2019, 9) and day.month in SWAPPED
            return day.replace(month=day.day, day=day.month) if swapped else day
    return None


def stories(folder: Path) -> Iterator[tuple[str, str, Story]]:
    """Give each story with its name and language: of days in `indonesian`, of happenings in `crosslingual`."""
    days: defaultdict[str, Story] = defaultdict(lambda: defaultdict(list))
    for row in read(folder / "indonesian.jsonl"):
        if day := day_of(row["date"]):
            days[row["story"]][day].append((row["source"], _text(row)))
    yield from ((name, "id", {day: story[day] for day in sorted(story)}) for name, story in days.items())
    affairs: defaultdict[tuple[str, str], Story] = defaultdict(lambda: defaultdict(list))
    first: dict[str, date] = {}
    for row in read(folder / "crosslingual.jsonl"):
        if day := day_of(row["date"]):
            affairs[row["story"].partition("/")[0], row["lang"]][row["story"]].append((row["outlet"], _text(row)))
            first[row["story"]] = min(day, first.get(row["story"], day))
    for (name, language), story in affairs.items():
        yield name, language, {one: story[one] for one in sorted(story, key=lambda one: (first[one], one))}


def _text(row: dict[str, Any]) -> Text:
    lines = map(plain, row["text"].split("\n"))
    return Text(row["id"], plain(row["title"]), tuple(sentence for line in lines for sentence in sentences(line)))


def cases(folder: Path) -> list[Case]:
    """Give every article that tells something new to readers of what was shown; chance is the same in each run."""
    made = []
    for name, language, story in stories(folder):
        days = list(story)
        for place, day in enumerate(days[1:], 1):
            before = [text for earlier in days[:place] for _, text in story[earlier]]
            shown = tuple(sorted(before, key=_chance)[:SHOWN])
            for outlet, text in sorted(story[day], key=lambda one: _chance(one[1]))[:AN_ARTICLE_OF]:
                others = tuple(one for one in story[day] if one[0] != outlet and not _copy(one[1], text))
                case = Case(name, language, str(day), outlet, text, shown, others)
                if not any(_copy(one, text) for one in shown) and pantau(case):
                    made.append(case)
    return made


def _chance(text: Text) -> str:
    return sha256(text.id.encode()).hexdigest()


def _copy(one: Text, other: Text) -> bool:
    words, others = told_words(one.body), told_words(other.body)
    return len(words & others) >= summaries.COPY * min(len(words), len(others))


def known(case: Case) -> frozenset[str]:
    """Give the words that readers know."""
    return frozenset[str]().union(*(told_words(f"{text.title} {text.body}") for text in case.shown))


def wanted(texts: Iterable[Text], unknown: frozenset[str]) -> dict[str, int]:
    """Count the articles that tell each word that is new; of three articles or more, one alone does not count."""
    told = [told_words(f"{text.title} {' '.join(text.told[:TOLD_AT_TOP])}") - unknown for text in texts]
    counts = Counter(word for words in told for word in words)
    return {word: count for word, count in counts.items() if count >= (2 if len(told) >= SEVERAL else 1)}


def share(quoted: Summary, article: Text, facts: dict[str, int]) -> float:
    """Return the share of facts that an article's headline and what is quoted of it tell."""
    told = told_words(" ".join([article.title, *quoted]))
    return sum(weight for word, weight in facts.items() if word in told) / sum(facts.values())


def article(text: Text, language: str, outlet: str = "outlet", id_: int = 0) -> StoryArticle:
    """Make an article of a story of a text."""
    at = datetime(2019, 9, 1, tzinfo=UTC)
    return StoryArticle(
        article_id=id_, url=f"https://example.org/{id_}", outlet=outlet, outlet_title=outlet, group=outlet, country="ID", state_media=False,
        title=text.title, paragraphs=(text.body,), language=language, first_seen_at=at, published_at=at, duplicate_of=None, score=1.0,
        topics=(), entities=(), sources=(),
    )  # fmt: skip


def pantau(case: Case) -> Summary:
    """Give what Pantau quotes as changed where the article speaks."""
    shown = [article(text, case.language, id_=place) for place, text in enumerate(case.shown, 1)]
    told = developments.changes([article(case.article, case.language)], shown, case.language)
    return [extract.text for extract in told]


def new_by_half(case: Case) -> Summary:
    """Give the first sentences of which half of the words are new: what Pantau quoted before this was measured."""
    words = frozenset[str]().union(*(words_in(f"{text.title} . {text.body}") for text in case.shown))
    told: Summary = []
    for place, text in enumerate(case.article.told[: developments.SEARCHED]):
        fresh = words_in(text) - words
        leaning = place > 0 and leans(text) and case.article.told[place - 1] not in told[-1:]
        if not leaning and len(fresh) >= max(developments.NEW_WORDS, developments.NEW_SHARE * len(words_in(text))):
            told.append(text)
    return fitted(told)


def by_language(made: Sequence[Case], quote: Callable[[Case], Summary]) -> dict[str, float]:
    """Return the mean over stories of each language, and over all; each story's is the mean of its articles."""
    found: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for case in made:
        if facts := wanted((text for _, text in case.others), known(case)):
            found[case.language, case.story].append(share(quote(case), case.article, facts))
    means = {key: mean(values) for key, values in found.items()}
    return {
        **{
            language: round(mean(of for key, of in means.items() if key[0] == language), 4) for language in ("id", "en")
        },
        "stories": round(mean(means.values()), 4),
    }


def crossed(made: Sequence[Case]) -> dict[str, float]:
    """Return Pantau's figures with its two constants chosen anew for each fold of stories by the other folds."""
    kept = developments.QUOTED_WORDS, developments.HEADLINE_WORDS
    told: dict[tuple[int, int], dict[int, Summary]] = {}
    for values in GRID:
        developments.QUOTED_WORDS, developments.HEADLINE_WORDS = values
        told[values] = {id(case): pantau(case) for case in made}
    developments.QUOTED_WORDS, developments.HEADLINE_WORDS = kept
    best = {
        fold: max(
            GRID,
            key=lambda values: by_language(
                [case for case in made if _fold(case) != fold], lambda case: told[values][id(case)]
            )["stories"],
        )
        for fold in range(FOLDS)
    }
    return by_language(made, lambda case: told[best[_fold(case)]][id(case)])


def _fold(case: Case) -> int:
    return sha256(case.story.encode()).digest()[0] % FOLDS


def speakers(made: Sequence[Case]) -> dict[str, float]:
    """Measure which of a day's articles speaks: any, the first with something new, or Pantau's; by halves of the day's articles."""
    days: defaultdict[tuple[str, str, str], list[Case]] = defaultdict(list)
    for case in made:
        days[case.story, case.language, case.day].append(case)
    found: defaultdict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for group in days.values():
        for seen, held in ((group[::2], group[1::2]), (group[1::2], group[::2])):
            facts = wanted((case.article for case in held), known(group[0]))
            if len(seen) > 1 and facts:
                told = [share(pantau(case), case.article, facts) for case in seen]
                articles = [article(case.article, case.language, case.outlet, place) for place, case in enumerate(seen)]
                shown = [article(text, group[0].language, id_=-1) for text in group[0].shown]
                spoke = developments.changes(articles, shown, group[0].language)[0].source.url
                found[group[0].story].append((mean(told), max(told), told[int(spoke.rpartition("/")[2])]))  # type: ignore[union-attr]
    means = [[mean(column) for column in zip(*rows, strict=True)] for rows in found.values()]
    return {
        label: round(mean(column), 4)
        for label, column in zip(("any", "best", "pantau"), zip(*means, strict=True), strict=True)
    } | {"days": sum(map(len, found.values())), "stories": len(found)}


def figures(folder: Path) -> dict[str, dict[str, float]]:
    """Measure every way of choosing on the stories of a folder."""
    made = cases(folder)
    return {
        "the headline alone": by_language(made, lambda _case: []),
        "sentences new by half": by_language(made, new_by_half),
        "lead": by_language(made, lambda case: lead(case.article)),
        "lead without a repeat of the title": by_language(made, lambda case: lead_without_repeat(case.article)),
        "pantau": by_language(made, pantau),
        "pantau, its constants chosen by other folds": crossed(made),
        "which article speaks": speakers(made),
        "measured on": {
            "articles": sum(bool(wanted((text for _, text in case.others), known(case))) for case in made),
            "stories": len({(case.story, case.language) for case in made if case.others}),
        },
    }


def main() -> None:
    """Print all figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=STORIES)
    for name, row in figures(arguments.parse_args().data).items():
        print(f"{name:46}" + "".join(f"{label:>10} {value:<7}" for label, value in row.items()))


if __name__ == "__main__":
    main()
