"""Measure the judge on labelled articles: relevance, alarms, topics, language, countries, speed, beside simple peers.

    PYTHONPATH=. python benchmarks/judging.py [--data DIR] [--cuts 3] [--errors]

DIR holds `labelled.jsonl`, and if they are there `by_section.jsonl` and `ntrex.jsonl` (form: shared/corpus/*/README.md). Labels
of our own for articles that have only their section stand in section_labels.jsonl. Whatever is learnt is learnt anew without
the fold that is measured; the folds are cut by event, in several ways. `in use` is what the weights in the checkout say.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import judging_peers as peers
from judging_figures import (
    Row,
    alarms,
    brier,
    coarse,
    drawn,
    read,
    relevance_figures,
    reliability,
    topic_counts,
    topic_figures,
    wilson,
)  # fmt: skip

from processing import judging
from processing.entities import find_entities
from processing.language import language_of
from processing.topics import relevance, tags
from processing.topics.examples import examples_of
from processing.topics.measures import precision_recall_f1
from processing.topics.training import out_of_fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processing.topics.examples import Example

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / ".." / "shared" / "corpus"
SECTION_LABELS = Path(__file__).parent / "section_labels.jsonl"
OWN = {part: Path(__file__).parent / f"own_articles_{part}.jsonl" for part in ("learnt", "aside")}
"""Articles written for this, most of them not ours but near it; those aside are never learnt from."""
COUNTRIES = ROOT / "tests" / "processing" / "labelled" / "countries.jsonl"
LANGUAGES = ("id", "en")
EVEN = 0.5
"""From where a peer's score says relevant."""


def corpus(folder: Path) -> list[Row]:
    """Return all articles of a folder; what our own labels say of some replaces what their section says."""
    rows = {row["id"]: row for name in ("labelled", "by_section") for row in read(folder / f"{name}.jsonl")}
    for label in read(SECTION_LABELS):
        if label["id"] in rows:
            rows[label["id"]] |= label
    return [*rows.values(), *own_articles()]


def own_articles() -> list[Row]:
    """Return the articles of our own; of those aside training is not told whether they are relevant (it is their `wanted`)."""
    rows = [row | {"own": part, "wanted": row["relevant"]} for part, path in OWN.items() for row in read(path)]
    return [row | ({} if row["own"] == "learnt" else {"relevant": None}) for row in rows]


def mean_scores(runs: Sequence[Sequence[float]], examples: Sequence[Example]) -> dict[str, float]:
    """Return the mean of several cuts, by id."""
    return {example.id: sum(run) / len(runs) for example, run in zip(examples, zip(*runs, strict=True), strict=True)}


def crossed_scores(examples: Sequence[Example], cuts: int) -> dict[str, float]:
    """Return each article's score by weights that were fitted without its event."""
    return mean_scores([out_of_fold(examples, salt=f"cut {cut} ") for cut in range(cuts)], examples)


def topics_of(rows: Sequence[Row], said: Mapping[str, bool]) -> dict[str, list[str]]:
    """Return the topics of those called relevant; the others have none."""
    readings = {row["id"]: judging.read(row["title"], row["text"], languages=[row["lang"]]) for row in rows}
    return {
        id_: coarse(tag.topic for tag in tags(reading.evidence, reading.findings)) if said[id_] else []
        for id_, reading in readings.items()
    }


def print_relevance(
    name: str, rows: Sequence[Row], said: Mapping[str, bool], scores: Mapping[str, float] | None
) -> None:
    """Print one judge's figures, and how calibrated it is."""
    for language in LANGUAGES:
        mine = drawn(rows, language)
        ours = [
            row
            for row in rows
            if row["lang"] == language and not row.keys() & {"stratum", "own"} and row.get("relevant") is not None
        ]
        of = f"P {{:.3f}} R {{:.3f}} F1 {{:.3f}} of {len(mine)}".format(*relevance_figures(mine, said))
        calibrated = f", Brier {brier(mine, scores):.4f}" if scores else ""
        second = f"; second labels F1 {relevance_figures(ours, said)[2]:.3f} of {len(ours)}" if ours else ""
        print(f"relevance {language}, {name}: {of}{calibrated}{second}")
    found = alarms(rows, said).items()
    print("  alarms:", ", ".join("{} {} of {} ({:.1%} to {:.1%})".format(k, *v, *wilson(*v)) for k, v in found))
    wanted = [said[row["id"]] for row in rows if row.get("wanted")]
    print(f"  of our own articles that are relevant, {sum(wanted)} of {len(wanted)} are called so")


def print_topics(name: str, rows: Sequence[Row], tagged: Mapping[str, Sequence[str]], *, each: bool = True) -> None:
    """Print a language's figures over topics on both sets of labels, then each topic's own on both together."""
    for language in LANGUAGES:
        mine = [row for row in rows if row["lang"] == language]
        for label, part in (
            ("", [r for r in mine if "stratum" in r]),
            (", second labels", [r for r in mine if "stratum" not in r]),
        ):
            figures = topic_figures(part, tagged)
            print(f"topics {language}, {name}{label}:", ", ".join(f"{k} {v:.3f}" for k, v in figures.items()))
        for code, count in sorted(topic_counts(mine, tagged)[0].items()) if each else ():
            values = precision_recall_f1(count["right"], count["wrong"], count["missed"])
            print(f"  {code}: P {{:.2f}} R {{:.2f}} F1 {{:.2f}} of {count['right'] + count['missed']}".format(*values))


def print_languages(rows: Sequence[Row], parallel: Sequence[Row]) -> None:
    """Print how often the language is right, without and with the outlet's word, beside langdetect alone."""
    sets = {"articles": [(row["lang"], row["title"], row["text"]) for row in rows]}
    sets |= {"parallel news": [(row["lang"], row["headline"], row["text"]) for row in parallel]}
    for name, texts in sets.items():
        for language in sorted({row[0] for row in texts}):
            mine = [row for row in texts if row[0] == language]
            for part, length in (("headline", 0), ("title and 200 characters", 200), ("whole", None)):
                cut = [(title, text[:length]) for _, title, text in mine]
                blind = sum(language_of(*pair) == language for pair in cut)
                told = sum(language_of(*pair, declared=[language]) == language for pair in cut)
                alone = sum(peers.langdetect_alone("\n".join(pair)) == language for pair in cut[:200])
                print(
                    f"language {language}, {name}, {part}: {blind} of {len(mine)}; {told} where the outlet declares it;"
                    f" langdetect alone {alone} of {len(cut[:200])}"
                )


def print_countries(sentences: Sequence[Row]) -> None:
    """Print how many of the labelled countries are found, and how many were found wrongly."""
    right = wrong = missed = 0
    for row in sentences:
        entities = find_entities("", row["text"], row.get("lang", "id")).entities
        found, true = {entity.id for entity in entities if entity.kind == "country"}, set(row["countries"])
        right, wrong, missed = right + len(found & true), wrong + len(found - true), missed + len(true - found)
    if sentences:
        print(f"countries: {right} of {right + missed} found in {len(sentences)} sentences, {wrong} wrongly")


def print_errors(rows: Sequence[Row], scores: Mapping[str, float], tagged: Mapping[str, Sequence[str]]) -> None:
    """Print each wrong verdict of relevance and each wrong best topic."""
    for row in rows:
        if row.get("relevant") is None or row.get("unsure"):
            continue
        said, true = tagged[row["id"]], row.get("topics", [])
        called = scores[row["id"]] >= relevance().threshold
        if called != row["relevant"] or (said and said[0] not in true):
            print(
                f"{row['lang']} {scores[row['id']]:.2f} truth {row['relevant']} {true} said {said}: {row['title'][:90]}"
            )


def main() -> None:
    """Read the corpus, judge it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "articles")
    parser.add_argument("--cuts", type=int, default=3)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    rows = corpus(options.data)
    examples, least = examples_of(rows, unknown=True), relevance().threshold
    salts = [f"cut {cut} " for cut in range(options.cuts)]
    scores = crossed_scores(examples, options.cuts)
    said = {id_: score >= least for id_, score in scores.items()}
    tagged = topics_of(rows, said)
    print(f"{judging.JUDGE}: {len(rows)} articles, relevant from {least:.2f}")
    print_relevance("cross-validated", rows, said, scores)
    for count, score, share in reliability([row for language in LANGUAGES for row in drawn(rows, language)], scores):
        print(f"  of {count} articles with a mean score of {score:.2f}, {share:.2f} are relevant")
    others = {
        "lexicon alone": mean_scores([peers.lexicon_alone(examples, salt) for salt in salts], examples),
        "TF-IDF alone": mean_scores([peers.words_alone(examples, rows, salt) for salt in salts], examples),
    }
    for name, theirs in others.items():
        print_relevance(name, rows, {id_: score >= EVEN for id_, score in theirs.items()}, theirs)
    print_relevance(
        "any strong term in title or lead", rows, {row["id"]: peers.any_strong_term(row) for row in rows}, None
    )
    verdicts = {row["id"]: judging.judge(row["title"], row["text"], languages=[row["lang"]]) for row in rows}
    print_relevance(
        "in use", rows, {id_: v.relevant for id_, v in verdicts.items()}, {id_: v.score for id_, v in verdicts.items()}
    )
    print_topics("cross-validated", rows, tagged)
    in_use = {id_: [tag.topic for tag in verdict.topics] for id_, verdict in verdicts.items()}
    print_topics("in use", rows, in_use, each=False)
    print_languages(
        [row for row in rows if "own" not in row],
        read(options.data / "ntrex.jsonl") or read(SHARED / "language" / "ntrex.jsonl"),
    )
    print_countries(read(COUNTRIES))
    rates = peers.speeds([row for row in rows if "own" not in row][::4])
    print("speed, articles a CPU second:", ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items()))
    print(
        f"  the judge reads {rates['judge'] / rates['langdetect alone on whole texts']:.2f} times as many as langdetect alone"
    )
    if options.errors:
        print_errors(rows, scores, tagged)


if __name__ == "__main__":
    main()
