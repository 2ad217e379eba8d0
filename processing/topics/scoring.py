"""From evidence to a verdict: the signals that relevance is told from, and which topics are main subjects."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from processing.model.judgement import Match, TopicTag
from processing.topics.matching import READ
from processing.topics.taxonomy import taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processing.entities import Findings
    from processing.topics.matching import Evidence

USUAL_LENGTH: Final = 2000
"""Characters: a longer article says more about everything, so its body's evidence is taken by this length."""
SHARE: Final = 0.7
"""A topic is a main subject if it has this share of the strongest topic's evidence (docs/topics.md has the measurement)."""
OWN_SHARE: Final = 0.4
"""A finer topic is named if it holds this share of its family's evidence."""
HALF_SURE: Final = 4.0
"""Evidence that makes a topic's score 0.5: a strong term in the title and another in the lead."""
BETWEEN_COUNTRIES: Final = 1.5
"""Evidence for diplomacy of a headline with two countries and no term of any topic: counted always, it misleads."""
SHOWN: Final = 6
"""Matches kept with a tag."""
FORCES: Final = frozenset({"force", "weapon", "vessel"})
ABOUT: Final = "about "
"""Begins the name of a share in `subjects`; the subject's code follows."""
LITTLE: Final = 1.5
"""Evidence below which a share is taken of this, not of the strongest subject's: one medium term is not a whole subject."""


def signals(evidence: Evidence, findings: Findings, length: int) -> dict[str, float]:
    """Return what relevance is told from: evidence by place, for and against; countries; forces.

    For us speaks the strongest family of topics, against us all unrelated subjects together; logarithms, because the
    second term tells less than the first. `length` is the text's, in characters.
    """
    long = max(1.0, min(length, READ) / USUAL_LENGTH)
    ours = [_by_place(matches) for matches in _families(evidence).values()]
    others = _by_place(match for matches in evidence.unrelated.values() for match in matches)
    best = {place: max((family[place] for family in ours), default=0.0) for place in ("title", "lead", "body")}
    countries = sum(entity.kind == "country" for entity in findings.entities)
    return {
        "title": math.log1p(best["title"]),
        "lead": math.log1p(best["lead"]),
        "body": math.log1p(best["body"] / long),
        "unrelated_title": math.log1p(others["title"]),
        "unrelated_lead": math.log1p(others["lead"]),
        "unrelated_body": math.log1p(others["body"] / long),
        "sides": float(min(2, len(findings.title_countries))),
        "countries": math.log1p(countries / long),
        "forces": float(any(entity.kind in FORCES for entity in findings.entities)),
    }


def subjects(evidence: Evidence) -> dict[str, float]:
    """Return what an article is about, by `about <code>`: each subject's share, in 0 to 1, of the strongest one's evidence.

    Subjects are the topics of the first level and those that are not ours. Our weights know none of them; an operator's may.
    """
    gathered = {**_families(evidence), **evidence.unrelated}
    total = {code: sum(match.weight for match in matches) for code, matches in gathered.items()}
    most = max(LITTLE, *total.values()) if total else LITTLE
    return {f"{ABOUT}{code}": weight / most for code, weight in total.items()}


def tags(evidence: Evidence, findings: Findings) -> tuple[TopicTag, ...]:
    """Return the topics that are main subjects, the strongest first; a finer one stands for its family where it leads it."""
    families = _families(evidence)
    if len(findings.title_countries) > 1 and not any(_by_place(matches)["title"] for matches in families.values()):
        between = Match(term=" + ".join(findings.title_labels[:2]), place="title", weight=BETWEEN_COUNTRIES)
        families["diplomacy"] = [*families.get("diplomacy", []), between]
    total = {code: sum(match.weight for match in matches) for code, matches in families.items()}
    least = SHARE * max(total.values(), default=0.0)
    main = sorted((code for code in total if total[code] >= least), key=lambda code: -total[code])
    return tuple(tag for code in main for tag in _family_tags(code, families[code], evidence))


def _family_tags(family: str, matches: list[Match], evidence: Evidence) -> list[TopicTag]:
    """Return one tag for the family's leading member with all its evidence, and one for each other that has its share."""
    whole = sum(match.weight for match in matches)
    members = [code for code, topic in taxonomy().topics.items() if family in {code, topic.parent}]
    own = {code: sum(match.weight for match in evidence.topics.get(code, ())) for code in members}
    finer = sorted(
        (code for code in members if code != family and own[code] >= OWN_SHARE * whole), key=lambda c: -own[c]
    )
    if not finer:
        return [_tag(family, whole, matches)]
    rest = [family] if own[family] >= OWN_SHARE * whole else []
    return [_tag(finer[0], whole, evidence.topics[finer[0]])] + [
        _tag(code, own[code], evidence.topics[code]) for code in (*finer[1:], *rest)
    ]


def _tag(code: str, weight: float, matches: Iterable[Match]) -> TopicTag:
    shown = sorted(matches, key=lambda match: (-match.weight, match.term))[:SHOWN]
    return TopicTag(
        topic=code,
        parent=taxonomy().topics[code].parent,
        score=round(weight / (weight + HALF_SURE), 3),
        evidence=tuple(shown),
    )


def _families(evidence: Evidence) -> dict[str, list[Match]]:
    """Gather the matches of each topic with those of its finer topics."""
    families: dict[str, list[Match]] = defaultdict(list)
    for code, matches in evidence.topics.items():
        families[taxonomy().family(code)].extend(matches)
    return dict(families)


def _by_place(matches: Iterable[Match]) -> Counter[str]:
    """Add up the weights by place; of a place without matches, zero."""
    sums: Counter[str] = Counter()
    for match in matches:
        sums[match.place] += match.weight  # type: ignore[assignment]
    return sums
