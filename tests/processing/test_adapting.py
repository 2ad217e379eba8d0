"""An operator's labels bend the weights: what is of their kind moves, and hardly anything else does."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from processing.errors import PantauError
from processing.topics import relevance
from processing.topics.adapting import adapt
from processing.topics.examples import Example
from processing.topics.relevance import OURS, read_relevance

ROOT = Path(__file__).parents[2]
LEAST_OF_THE_KIND = 0.5
"""Of the articles that a simulated operator judges otherwise, the share that is right after his labels; .03 before."""
MOST_LOST = 0.02
"""What 36 labels that agree with us may take of the share of right verdicts."""
OTHER_WORDS = 60
WAR = {"title": 1.8, "lead": 1.2, "body": 0.8, "forces": 1.0, "about armed_conflict": 1.0}
CYBER = {"title": 1.8, "lead": 1.2, "body": 0.8, "forces": 1.0, "about cyber": 1.0}
SPORT = {"unrelated_title": 1.2, "unrelated_lead": 1.0, "about sport": 1.0}


def example(number: int, signals: dict[str, float], words: str, *, truth: bool) -> Example:
    """Return a labelled Indonesian article; most of its words are in no other."""
    every = dict.fromkeys(read_relevance(OURS).signals, 0.0) | signals
    others = {f"kata{number}huruf{letter}" for letter in range(OTHER_WORDS)}
    return Example(
        id=str(number), language="id", event=f"e{number}", signals=every, words=frozenset(others | set(words.split())),
        truth=truth, weight=1.0,
    )  # fmt: skip


def score(model: object, signals: dict[str, float], words: str = "pasukan kota") -> float:
    """Return what a model says of an article."""
    one = example(999, signals, words, truth=True)
    return model.score(one.signals, one.words, "id")  # type: ignore[attr-defined, no-any-return]


def test_a_kind_that_is_not_wanted_falls_alone() -> None:
    """Eight labels against one topic take it below the threshold; another topic, and what was irrelevant, stay where they were."""
    base = read_relevance(OURS)
    labels = [example(n, CYBER, f"peretas jaringan k{n}", truth=False) for n in range(8)]
    labels += [example(n, WAR, f"pasukan kota k{n}", truth=True) for n in range(8, 16)]
    labels += [example(n, SPORT, f"gol laga k{n}", truth=False) for n in range(16, 24)]
    model = adapt(labels, base)
    assert score(base, CYBER) > base.threshold > score(model, CYBER)
    assert score(model, WAR) > base.threshold > score(model, SPORT)
    assert model.threshold == base.threshold


def test_a_kind_that_we_do_not_watch_for_rises() -> None:
    """By its subject where the taxonomy knows it, and by its words alone where it does not."""
    base = read_relevance(OURS)
    orbit = "satelit orbit antariksa peluncur"
    labels = [example(n, SPORT, f"gol laga k{n}", truth=True) for n in range(8)]
    labels += [example(n, {}, f"{orbit} k{n}", truth=True) for n in range(8, 20)]
    labels += [example(n, {}, f"wisata pantai hotel k{n}", truth=False) for n in range(20, 40)]
    model = adapt(labels, base)
    assert score(model, SPORT, "pemain lain") > 4 * score(base, SPORT, "pemain lain")
    assert score(model, {}, orbit) > base.threshold > score(base, {}, orbit)
    assert score(model, {}, "pantai hotel") < base.threshold


def test_labels_that_agree_change_little() -> None:
    """What the weights already say is not learnt again."""
    base = read_relevance(OURS)
    labels = [example(n, WAR, f"pasukan k{n}", truth=True) for n in range(12)]
    labels += [example(n, SPORT, f"gol k{n}", truth=False) for n in range(12, 24)]
    model = adapt(labels, base)
    for signals in (WAR, CYBER, SPORT, {}):
        assert (score(model, signals) >= model.threshold) == (score(base, signals) >= base.threshold)


def test_the_same_labels_give_the_same_weights() -> None:
    """In whatever order they come; labels of one kind alone are refused."""
    labels = [example(n, WAR if n % 2 else SPORT, f"kata k{n % 5}", truth=n % 3 == 0) for n in range(24)]
    assert adapt(labels, relevance()) == adapt(labels[::-1], relevance())
    with pytest.raises(PantauError, match="all of one kind"):
        adapt([one for one in labels if one.truth], relevance())


@pytest.fixture(scope="module")
def bench() -> Iterator[ModuleType]:
    """Load benchmarks/judging_operators.py, which is no package, with what stands beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        yield importlib.import_module("judging_operators")


@pytest.mark.corpus
@pytest.mark.heavy
def test_simulated_operators_are_understood(shared: Path, bench: ModuleType) -> None:
    """On events that neither the weights nor the labels have seen; an operator who agrees with us loses next to nothing."""
    figures = bench.simulated(bench.articles_of(shared / "corpus" / "articles"), folds=1)
    bent = [row for name, row in figures.items() if name != bench.AGREES]
    assert sum(row.kind_after for row in bent) / len(bent) >= LEAST_OF_THE_KIND
    assert sum(row.kind_before for row in bent) / len(bent) < LEAST_OF_THE_KIND / 2
    assert figures[bench.AGREES].rest_after >= figures[bench.AGREES].rest_before - MOST_LOST
