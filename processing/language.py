"""Tell what language an article is in: langdetect on a bounded sample, with what the outlet declares as the prior."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langdetect.detector_factory import DetectorFactory

UNDETERMINED: Final = "und"
SAMPLE: Final = 300
"""Characters of the body that are read, beside the title: from 200 on all of corpus/language is right, and time is all in this."""
FEWEST_LETTERS: Final = 20
"""Below this we say `und` rather than guess."""
LEAST_CERTAIN: Final = 0.7
"""A verdict with less probability counts only if the outlet declares that language."""
TRIALS: Final = 3
"""langdetect's random trials on a full sample: as right as its own 7 on corpus/language, in half the time."""
PRIOR: Final = 0.05
"""The share of belief left for all languages that the outlet does not declare."""


def language_of(title: str, text: str, *, declared: Sequence[str] = ()) -> str:
    """Return the BCP 47 primary tag of the article's language, `und` where it cannot be told.

    `declared` are the outlet's languages, the likeliest first. langdetect knows no Malay and calls it Indonesian: such a
    verdict is believed to be Malay only of an outlet that declares Malay before Indonesian.
    """
    sample = f"{title}\n{text[:SAMPLE]}".lower()
    if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
        return UNDETERMINED
    tags = tuple(tag.lower().split("-")[0] for tag in declared)
    language, probability = _detect(sample, tuple("id" if tag == "ms" else tag for tag in tags))
    if language == "id" and "ms" in tags and ("id" not in tags or tags.index("ms") < tags.index("id")):
        language = "ms"
    return language if probability >= LEAST_CERTAIN or language in tags else UNDETERMINED


def _detect(sample: str, likely: tuple[str, ...]) -> tuple[str, float]:
    """Return langdetect's best language and its probability; (und, 0.0) for a text without features."""
    from langdetect.lang_detect_exception import LangDetectException  # noqa: PLC0415 (light to import)

    detector = _detectors().create()
    known = _detectors().get_lang_list()
    if set(likely) & set(known):
        detector.set_prior_map(_prior(tuple(known), likely))
    if len(sample) > SAMPLE:
        detector.n_trial = TRIALS
    detector.append(sample)
    try:
        best = detector.get_probabilities()
    except LangDetectException:
        return UNDETERMINED, 0.0
    return (best[0].lang.split("-")[0], best[0].prob) if best else (UNDETERMINED, 0.0)


@lru_cache(maxsize=64)
def _prior(known: tuple[str, ...], likely: tuple[str, ...]) -> dict[str, float]:
    """Spread the belief: most on the declared languages, some on every other."""
    inside = [tag for tag in known if tag in likely]
    return {tag: (1 - PRIOR) / len(inside) if tag in inside else PRIOR / (len(known) - len(inside)) for tag in known}


@lru_cache(maxsize=1)
def _detectors() -> DetectorFactory:
    """Load langdetect's profiles once; without a seed its answers would change from run to run."""
    from langdetect import PROFILES_DIRECTORY  # noqa: PLC0415 (half a second)
    from langdetect.detector_factory import DetectorFactory  # noqa: PLC0415

    factory = DetectorFactory()
    factory.seed = 0
    factory.load_profile(PROFILES_DIRECTORY)
    return factory
