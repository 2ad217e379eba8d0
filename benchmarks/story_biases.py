"""What precision costs: the figures within a language by the bias against joining.

    python benchmarks/story_biases.py --data ../shared/corpus/stories [--biases -6.5 -6.8] [--of-several]

Prints the table of docs/decisions/0024: B-cubed F1 and pairwise precision of all articles, or of those of stories of several,
with the other weights as they are in use. The lower the bias, the likelier an article has to be to join a story.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import fmean

from benchmarks.story_measures import scores
from benchmarks.story_sets import INVENTED, Labelled, ecbplus, indonesian, invented
from processing.stories import Grouper, grouped
from processing.stories.weights import ODDS, WEIGHTS

BIASES = (-6.5, -6.8, -6.9, -7.3, -7.7, -8.5)

Columns = dict[str, list[Labelled]]
"""The sets of each column; a figure is their mean."""


def columns(data: Path) -> Columns:
    """Read the sets, judged once for all biases."""
    usual, every = indonesian(data)
    dated, every_dated = indonesian(data, dated=True)
    return {
        "ECB+": [ecbplus(data)],
        "Indonesian": [usual],
        "with the very large": [every],
        "Indonesian, dated": [dated],
        "with the very large, dated": [every_dated],
        "invented (mean of four sets)": [labelled for path in INVENTED for labelled in invented(path)],
    }


def figures(sets: list[Labelled], bias: float, which: str) -> tuple[float, float]:
    """Give the mean B-cubed F1 and the mean pairwise precision of sets, of all articles or those of stories of several."""
    odds = ODDS._replace(within=WEIGHTS._replace(bias=bias))
    found = [scores(labelled.gold, grouped(labelled.coming, Grouper(odds))) for labelled in sets]
    return fmean(each[f"{which}, B-cubed"][2] for each in found), fmean(each[f"{which}, pairwise"][0] for each in found)


def row(sets: Columns, bias: float, which: str) -> str:
    """Give a line of the table; the bias in use is marked."""
    marked = f"**{bias}**" if bias == WEIGHTS.bias else str(bias)
    cells = [f"{f1:.3f} / {precision:.3f}" for f1, precision in (figures(some, bias, which) for some in sets.values())]
    return f"| {' | '.join([marked, *cells])} |\n"


def main() -> None:
    """Print the table, a line a bias."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--biases", type=float, nargs="+", default=BIASES)
    parser.add_argument("--of-several", action="store_true", help="Measure the articles of stories of several alone.")
    options = parser.parse_args()
    sets, which = columns(options.data), "of several" if options.of_several else "all"
    sys.stdout.write(f"| {' | '.join(['bias', *sets])} |\n|{'---|' * (len(sets) + 1)}\n")
    for bias in options.biases:
        sys.stdout.write(row(sets, bias, which))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
