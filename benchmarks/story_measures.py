"""How like the stories that come out are to the right ones: over articles, over pairs, and over pairs across languages.

`gold` and `found` name the story of each article by the article's id. A score is precision, recall and F1, 0 to 1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from benchmarks.story_sets import LANGUAGES, Labelled

Score = tuple[float, float, float]


def b_cubed(gold: dict[str, str], found: dict[str, str], ids: Sequence[str]) -> Score:
    """Precision, recall and F1 over articles (Bagga and Baldwin 1998)."""
    true, given = defaultdict(set), defaultdict(set)
    for id_ in ids:
        true[gold[id_]].add(id_)
        given[found[id_]].add(id_)
    shared = {id_: len(true[gold[id_]] & given[found[id_]]) for id_ in ids}
    precision = sum(shared[id_] / len(given[found[id_]]) for id_ in ids) / len(ids)
    recall = sum(shared[id_] / len(true[gold[id_]]) for id_ in ids) / len(ids)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairwise(gold: dict[str, str], found: dict[str, str], ids: Sequence[str]) -> Score:
    """Precision, recall and F1 over pairs of articles."""

    def pairs(groups: Counter[Any]) -> int:
        return sum(size * (size - 1) // 2 for size in groups.values())

    both = pairs(Counter((gold[id_], found[id_]) for id_ in ids))
    given, true = pairs(Counter(found[id_] for id_ in ids)), pairs(Counter(gold[id_] for id_ in ids))
    return both / max(1, given), both / max(1, true), 2 * both / max(1, given + true)


def of_several(gold: dict[str, str]) -> list[str]:
    """Give the articles whose story has more than one."""
    size = Counter(gold.values())
    return [id_ for id_ in gold if size[gold[id_]] > 1]


def scores(gold: dict[str, str], found: dict[str, str]) -> dict[str, Score]:
    """Measure all articles, and those of stories of several alone; the keys name articles and measure."""
    figures = {}
    for which, ids in (("all", list(gold)), ("of several", of_several(gold))):
        figures[f"{which}, B-cubed"] = b_cubed(gold, found, ids)
        figures[f"{which}, pairwise"] = pairwise(gold, found, ids)
    return figures


def mean_score(given: Sequence[Score]) -> Score:
    """Give the mean precision, the mean recall and the mean F1."""
    precision, recall, f1 = (fmean(column) for column in zip(*given, strict=True))
    return precision, recall, f1


def same_pairs(pairs: list[dict[str, Any]], found: dict[str, str]) -> Score:
    """Precision, recall and F1 of `same` against the rest, borderline pairs left out."""
    counts: Counter[tuple[bool, bool]] = Counter(
        (found[pair["id_a"]] == found[pair["id_b"]], pair["label"] == "same")
        for pair in pairs
        if str(pair["border"]) != "True"
    )
    hit, wrong, missed = counts[True, True], counts[True, False], counts[False, True]
    return hit / max(1, hit + wrong), hit / max(1, hit + missed), 2 * hit / max(1, 2 * hit + wrong + missed)


def by_story(pairs: list[dict[str, Any]], found: dict[str, str], gold: dict[str, str]) -> float:
    """Give the mean, over stories told in both languages, of the share of their `same` pairs that were joined."""
    shares = defaultdict(list)
    for pair in pairs:
        if str(pair["border"]) != "True" and pair["label"] == "same":
            shares[gold[pair["id_a"]]].append(found[pair["id_a"]] == found[pair["id_b"]])
    return sum(sum(hits) / len(hits) for hits in shares.values()) / max(1, len(shares))


def pairs_of(labelled: Labelled) -> list[dict[str, str]]:
    """Give all pairs across languages within an affair, labelled as the judged ones are."""
    gold = labelled.gold
    indonesian, english = ([one.id for one in labelled.coming if one.language == language] for language in LANGUAGES)
    return [
        {"id_a": a, "id_b": b, "label": "same" if gold[a] == gold[b] else "related", "border": "False"}
        for a in indonesian
        for b in english
        if affair(gold[a]) == affair(gold[b])
    ]


def affair(story: str) -> str:
    """Give the affair of a story, which stands before the stroke."""
    return story.partition("/")[0]
