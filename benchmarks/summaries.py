"""How much of a story two sentences of one of its articles tell, by ways of choosing them, in both languages.

    PYTHONPATH=. python benchmarks/summaries.py [--data ../shared/corpus]

Stories of several articles, without summaries by people: what tells a story is what its newsrooms agree on (the idea of the
pyramid method, Nenkova and Passonneau 2004). Of each story's articles every one is summarised in its turn. The others, copies
left out, are parted in two: the method sees one half; the words and numbers of the other half, each weighed by how many of
its articles tell it, are what the summary should tell. What the headline says already does not count. A figure is the mean
over stories of the share told; the ceiling is the best that any two sentences of the first eight reach.

Beside it, of pages whose outlet wrote a description of the article, ROUGE-1 F against it: there an article stands alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from statistics import mean
from typing import Any

from lxml import html

from processing.digest import choosing
from processing.digest.plain import plain
from processing.digest.sentences import sentences
from processing.digest.summary import CHARACTERS, OTHERS, SENTENCES

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
STORIES = {"indonesian": "id", "crosslingual": "en", "ecbplus": "en"}
"""Files and the language that is taken of them; the Indonesian articles of `crosslingual` stand in `indonesian` too."""
PAGES = ("zyte", "andy", "fundus", "anpandu", "idmodern")

SEVERAL = 3
"""Articles from which a story is measured, and held-out ones from which a word that one alone tells does not count."""

AN_ARTICLE_OF = 12
"""Articles of one story that are summarised, so that the two great ones do not take the evening."""
COPY = 0.8
"""Share of an article's words that another must have for it to be left out as its copy."""
TOLD_AT_TOP = 8
"""Sentences of a held-out article that count as its news."""
DESCRIBED = 8
"""Words from which a page's description counts as one."""
EVEN = 0.001
"""Difference of two shares up to which they are the same."""
FOLDS = 5
GRID = (0.0, 0.01, 0.025, 0.05, 0.1)
"""Values of OPENING between which each fold chooses by the other folds."""

Summary = list[str]


@dataclass(frozen=True, slots=True)
class Text:
    """An article: its title and its sentences."""

    id: str
    title: str
    told: tuple[str, ...]

    @property
    def body(self) -> str:
        """All of its text."""
        return " ".join(self.told)


@dataclass(frozen=True, slots=True)
class Case:
    """An article to summarise, what of its story is seen, and what its summary should tell."""

    set: str
    story: str
    article: Text
    seen: tuple[Text, ...]
    wanted: dict[str, float]


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def joined(text: str) -> str:
    """Undo the tokens of ECB+, which have blanks before their marks."""
    text = text.replace("`` ", '"').replace(" ''", '"').replace("( ", "(")
    return re.sub(r"\s+([,.;:?!%)]|'s\b)", r"\1", text)


def stories(folder: Path) -> Iterator[tuple[str, str, list[Text]]]:
    """Give each story of three articles or more with its set."""
    for name, language in STORIES.items():
        found: defaultdict[str, list[Text]] = defaultdict(list)
        for row in read(folder / f"{name}.jsonl"):
            if row.get("lang", language) == language:
                lines = [plain(joined(line) if name == "ecbplus" else line) for line in row["text"].split("\n")]
                told = tuple(sentence for line in lines for sentence in sentences(line))
                found[row["story"]].append(Text(row["id"], plain(row["title"]), told))
        yield from ((name, story, texts) for story, texts in found.items() if len(texts) >= SEVERAL)


def cases(folder: Path) -> list[Case]:
    """Give every article to summarise; the order of a story's articles is by chance, the same in each run."""
    made = []
    for name, story, texts in stories(folder):
        shuffled = sorted(texts, key=lambda text: sha256(text.id.encode()).hexdigest())
        for article in shuffled[:AN_ARTICLE_OF]:
            own = choosing.told_words(article.body)
            others = [other for other in shuffled if other is not article and not _copies(other, own)]
            seen, held = others[::2][:OTHERS], others[1::2]
            if held:
                made.append(Case(name, story, article, tuple(seen), wanted(held, article.title)))
    return made


def _copies(other: Text, own: frozenset[str]) -> bool:
    words = choosing.told_words(other.body)
    return len(words & own) >= COPY * len(words)


def wanted(held: Sequence[Text], title: str) -> dict[str, float]:
    """Weigh the words of held-out articles by the share that tells them; of three or more, one alone does not count."""
    told = Counter(
        word for text in held for word in choosing.told_words(f"{text.title} {' '.join(text.told[:TOLD_AT_TOP])}")
    )
    least = 2 if len(held) >= SEVERAL else 1
    known = choosing.told_words(title)
    return {word: count / len(held) for word, count in told.items() if count >= least and word not in known}


def share(summary: Summary, case: Case) -> float:
    """Return the share of what is wanted that a summary tells."""
    told = choosing.told_words(" ".join(summary))
    return sum(weight for word, weight in case.wanted.items() if word in told) / (sum(case.wanted.values()) or 1)


def fitted(told: Sequence[str]) -> Summary:
    """Take sentences while they fit; the first is cut."""
    taken: Summary = []
    room = CHARACTERS
    for sentence in told[:SENTENCES]:
        if taken and len(sentence) + 1 > room:
            break
        taken.append(sentence[:room])
        room -= len(taken[-1]) + 1
    return taken


def lead(article: Text) -> Summary:
    """Give the first two sentences."""
    return fitted(article.told)


def lead_without_repeat(article: Text) -> Summary:
    """Give the first two without one that only repeats the title, as Pantau does of an article that stands alone."""
    known = choosing.told_words(article.title)
    return fitted([sentence for sentence in article.told[:3] if not choosing.told_words(sentence) <= known])


def central(article: Text) -> Summary:
    """Give the two sentences that have most of the article's own frequent words: SumBasic's idea, without a story."""
    counts = Counter(word for sentence in article.told for word in choosing.told_words(sentence))
    whole = counts.total() or 1
    weighed = {word: count / whole for word, count in counts.items() if count > 1}
    return choosing.choose(article.title, article.told, weighed, room=CHARACTERS, most=SENTENCES)


def chosen(article: Text, seen: Sequence[Text]) -> Summary:
    """Give what Pantau quotes: sentences by the story's other articles, else the lead."""
    weighed = choosing.weights(f"{text.title} {text.body}" for text in seen)
    told = choosing.choose(article.title, article.told, weighed, room=CHARACTERS, most=SENTENCES)
    return told or lead_without_repeat(article)


def ceiling(case: Case) -> float:
    """Return the best share that two of the first eight sentences reach."""
    told = [sentence[:CHARACTERS] for sentence in case.article.told[:TOLD_AT_TOP]]
    pairs = [pair for pair in combinations(told, 2) if len(" ".join(pair)) <= CHARACTERS]
    return max((share(list(one), case) for one in [*pairs, *((sentence,) for sentence in told)]), default=0.0)


def by_set(made: Sequence[Case], figure: Callable[[Case], float]) -> dict[str, float]:
    """Return the mean over stories, each the mean of its articles, of every set."""
    found: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for case in made:
        found[case.set, case.story].append(figure(case))
    return {
        name: round(mean(mean(values) for (of, _), values in found.items() if of == name), 4)
        for name in STORIES
        if any(of == name for of, _ in found)
    }


def crossed(made: Sequence[Case]) -> dict[str, float]:
    """Return the method's figure with its one constant chosen anew for each fold of stories by the other folds."""
    kept = choosing.OPENING
    scores: dict[float, dict[int, float]] = {}
    for opening in GRID:
        choosing.OPENING = opening
        scores[opening] = {id(case): share(chosen(case.article, case.seen), case) for case in made}
    choosing.OPENING = kept
    best = {
        fold: max(GRID, key=lambda opening: mean(scores[opening][id(case)] for case in made if _fold(case) != fold))
        for fold in range(FOLDS)
    }
    return by_set(made, lambda case: scores[best[_fold(case)]][id(case)])


def _fold(case: Case) -> int:
    return sha256(case.story.encode()).digest()[0] % FOLDS


def figures(folder: Path) -> dict[str, dict[str, float]]:
    """Measure every way of choosing on the stories of a folder."""
    made = cases(folder)
    return {
        "lead": by_set(made, lambda case: share(lead(case.article), case)),
        "lead without a repeat of the title": by_set(made, lambda case: share(lead_without_repeat(case.article), case)),
        "central sentences, no story": by_set(made, lambda case: share(central(case.article), case)),
        "pantau": by_set(made, lambda case: share(chosen(case.article, case.seen), case)),
        "pantau, its constant chosen by other folds": crossed(made),
        "ceiling": by_set(made, ceiling),
    }


def beside_the_lead(folder: Path) -> dict[str, dict[str, float]]:
    """Count the stories that are told better and worse than by the lead, and the mean lengths in characters."""
    found: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    lengths: list[tuple[int, int]] = []
    for case in cases(folder):
        ours, plain_lead = chosen(case.article, case.seen), lead_without_repeat(case.article)
        found[case.set, case.story].append(share(ours, case) - share(plain_lead, case))
        lengths.append((len(" ".join(ours)), len(" ".join(plain_lead))))
    gains = [mean(values) for values in found.values()]
    return {
        "pantau beside the lead, stories": {
            "better": sum(gain > EVEN for gain in gains),
            "worse": sum(gain < -EVEN for gain in gains),
            "of": len(gains),
        },
        "characters": {
            "pantau": round(mean(ours for ours, _ in lengths)),
            "lead": round(mean(of for _, of in lengths)),
        },
    }


def described(folder: Path) -> Iterator[tuple[Text, str, bool]]:
    """Give pages with their outlet's description, and whether that is only the text's own opening."""
    for name in PAGES:
        for row in read(folder / f"{name}.jsonl"):
            page = html.fromstring(gzip.decompress((folder / row["file"]).read_bytes()))
            given = page.xpath('//meta[@property="og:description"]/@content | //meta[@name="description"]/@content')
            title = row["truth"].get("title") or next(iter(page.xpath('//meta[@property="og:title"]/@content')), "")
            told = tuple(text for line in row["truth"]["body"].split("\n") for text in sentences(plain(line)))
            description = plain(given[0]) if given else ""
            indonesian = name in {"anpandu", "idmodern"}
            if (
                title
                and len(told) > SEVERAL
                and len(description.split()) >= DESCRIBED
                and (indonesian or row["lang"] in {"en", ""})
            ):
                copied = _bare(description)[:50] in _bare(row["truth"]["body"])
                yield Text(row["id"], plain(title), told), description, copied


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def rouge(summary: str, reference: str) -> float:
    """Return ROUGE-1 F: words in both, with multiplicity."""
    one, other = (Counter(re.findall(r"\w+", text.lower())) for text in (summary, reference))
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def against_descriptions(folder: Path) -> dict[str, dict[str, float]]:
    """Measure ways that need no story on descriptions that outlets wrote, those copied from the text apart."""
    pages = list(described(folder))
    return {
        way.__name__: {
            label: round(mean(rouge(" ".join(way(text)), given) for text, given, copied in pages if copied is of), 3)
            for label, of in (("written", False), ("copied", True))
        }
        for way in (lead, lead_without_repeat, central)
    } | {
        "pages": {
            label: sum(copied is of for *_, copied in pages) for label, of in (("written", False), ("copied", True))
        }
    }


def main() -> None:
    """Print all figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=SHARED)
    folder = arguments.parse_args().data
    for table in (
        figures(folder / "stories"),
        beside_the_lead(folder / "stories"),
        against_descriptions(folder / "pages"),
    ):
        for name, row in table.items():
            print(f"{name:42}" + "".join(f"{label:>14} {value:<7}" for label, value in row.items()))
        print()


if __name__ == "__main__":
    main()
