"""Tell what language an article is in: langdetect on a bounded sample, with what the outlet declares as the prior."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from processing.relatives import READ, RELATIVES, relative_of

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from langdetect.detector_factory import DetectorFactory

UNDETERMINED: Final = "und"
SAMPLE: Final = 300
"""Characters of the body that langdetect reads beside the title, half of them from the middle: a quotation in another
language may begin an article, but seldom stands in both. From 200 on all of corpus/language is right."""
FEWEST_LETTERS: Final = 20
"""Below this we say `und` rather than guess."""
LEAST_CERTAIN: Final = 0.7
"""A verdict with less probability counts only if the outlet declares that language."""
TRIALS: Final = 2
"""langdetect's random trials on a full sample: as right as its own 7 on corpus/language and corpus/articles, in half the time."""
USUAL_TRIALS: Final = 7
"""What langdetect holds by itself; so do we on short samples, and where the first trials differ."""
PRIOR: Final = 0.05
"""The share of belief left for all languages that the outlet does not declare."""
EXPECTED: Final = ("id", "en")
UNEXPECTED: Final = 0.35
"""The languages that most outlets write, and the share of belief left for all others in a short sample of an outlet that declares
none. With it and with capitals kept, 57 English headlines of 62 are told instead of 51 (docs/quality.md)."""
OTHER_SCRIPTS: Final = frozenset(
    "ar bg bn el fa gu he hi ja kn ko mk ml mr ne pa ru ta te th uk ur zh-cn zh-tw".split()  # noqa: SIM905 (a row of tags)
)
"""langdetect's languages that are not written in Latin letters. Most of its time is in updating 55 languages."""


def language_of(title: str, text: str, *, declared: Sequence[str] = ()) -> str:
    """Return the BCP 47 primary tag of the article's language, `und` where it cannot be told.

    `declared` are the outlet's languages, the likeliest first. langdetect knows no Malay, Javanese or Sundanese and calls
    them Indonesian: what it calls so goes to a second judge.
    """
    sample = f"{title}\n{_sample(text)}"
    if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
        return UNDETERMINED
    tags = tuple(tag.lower().split("-")[0] for tag in declared)
    language, probability = _detect(sample, tuple("id" if tag in RELATIVES else tag for tag in tags))
    if probability < LEAST_CERTAIN and language not in tags:
        return UNDETERMINED
    return relative_of(f"{title}\n{text[:READ]}", tags) if language == "id" else language


def _sample(text: str) -> str:
    """Return the whole of a short text, and of a longer one SAMPLE characters: the first half from its beginning."""
    if len(text) <= SAMPLE:
        return text
    half, middle = SAMPLE // 2, len(text) // 2
    return f"{text[:half]}\n{text[middle : middle + half]}"


def _detect(sample: str, likely: tuple[str, ...]) -> tuple[str, float]:
    """Return the best language and its probability.

    Trials that differ on a full sample are held again, as many as usual. A short one is looked at as it is written first, since
    its capitals tell, unless it is all in capitals; then in small letters.
    """
    small = sample.lower()
    if len(sample) > SAMPLE:
        best = _trials(small, likely, TRIALS)
    else:
        shouted = 2 * sum(map(str.isupper, sample)) > sum(map(str.isalpha, sample))
        best = (UNDETERMINED, 0.0) if shouted else _trials(sample, likely, USUAL_TRIALS)
    return best if best[1] >= LEAST_CERTAIN else _trials(small, likely, USUAL_TRIALS)


def _trials(sample: str, likely: tuple[str, ...], trials: int) -> tuple[str, float]:
    """Return langdetect's best language and its probability; (und, 0.0) for a text without features."""
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 (light to import)

    latin = 2 * sum(letter < "\u0250" for letter in sample) > len(sample)
    factory = _detectors(latin=latin)
    detector, known = factory.create(), factory.get_lang_list()
    if set(likely) & set(known):
        detector.set_prior_map(_prior(tuple(known), likely, PRIOR))
    elif len(sample) <= SAMPLE:
        detector.set_prior_map(_prior(tuple(known), EXPECTED, UNEXPECTED))
    detector.n_trial = trials
    detector.append(sample)
    # Its own loop over the characters would take two thirds of the time.
    detector._extract_ngrams = lambda: ngrams(detector.text, detector.word_lang_prob_map)  # noqa: SLF001
    try:
        best = detector.get_probabilities()
    except LangDetectException:
        return UNDETERMINED, 0.0
    return (best[0].lang.split("-")[0], best[0].prob) if best else (UNDETERMINED, 0.0)


def ngrams(text: str, known: Container[str]) -> list[str]:
    """Return the runs of one to three characters of a lower-case text that langdetect knows, those its own loop finds.

    It knows none with a space inside. The last word is closed, which its loop leaves open.
    """
    plain = f" {' '.join(text.translate(_normal()).split())} "
    pairs = map(str.__add__, plain, plain[1:])
    triples = map("{}{}{}".format, plain, plain[1:], plain[2:])
    return [gram for gram in chain(plain, pairs, triples) if gram in known and gram != " "]


class _Normal(dict[int, str]):
    """langdetect's own normal form of each character, asked for once."""

    def __missing__(self, code: int) -> str:
        from langdetect.utils.ngram import NGram  # noqa: PLC0415 (half a second)

        self[code] = NGram.normalize(chr(code))
        return self[code]


@lru_cache(maxsize=1)
def _normal() -> _Normal:
    return _Normal()


@lru_cache(maxsize=64)
def _prior(known: tuple[str, ...], likely: tuple[str, ...], rest: float) -> dict[str, float]:
    """Spread the belief: most on the likely languages, the rest on every other."""
    inside = [tag for tag in known if tag in likely]
    return {tag: (1 - rest) / len(inside) if tag in inside else rest / (len(known) - len(inside)) for tag in known}


@lru_cache(maxsize=2)
def _detectors(*, latin: bool) -> DetectorFactory:
    """Load langdetect's profiles once, those in Latin letters or all; without a seed its answers change from run to run."""
    from langdetect import PROFILES_DIRECTORY  # noqa: PLC0415 (half a second)
    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415

    files = sorted(Path(PROFILES_DIRECTORY).iterdir())
    factory = DetectorFactory()
    factory.seed = 0
    factory.load_json_profile(
        [file.read_text(encoding="utf-8") for file in files if not (latin and file.name in OTHER_SCRIPTS)]
    )
    return factory
