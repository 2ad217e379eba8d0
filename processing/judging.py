"""Judge an article: its language, whether it is ours and why, whom and what it names, and whom it rests on."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from processing.attribution import sources_of
from processing.entities import find_entities
from processing.entities.entries import FOLDER
from processing.language import language_of
from processing.model.judgement import Judgement, TopicTag
from processing.relatives import FILE as RELATIVES
from processing.topics import evidence_in, relevance, signals, subjects, tags, words_in
from processing.topics.relevance import FILE as RELEVANCE
from processing.topics.taxonomy import FILE as TAXONOMY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processing.entities import Findings
    from processing.topics.matching import Evidence

RULES: Final = 4
"""Raised when the code judges otherwise by the same data."""


def _judge() -> str:
    """Name the judge by its rules and a hash of its taxonomy, weights, gazetteer and words of languages."""
    files = [TAXONOMY, RELEVANCE, RELATIVES, *sorted(FOLDER.glob("*.toml"))]
    return f"rules-{RULES}/{hashlib.sha256(b''.join(file.read_bytes() for file in files)).hexdigest()[:12]}"


JUDGE: Final = _judge()
"""What judged a row; another taxonomy, gazetteer or rule is another judge."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article holds that a verdict rests on."""

    language: str
    findings: Findings
    evidence: Evidence
    signals: dict[str, float]
    """Of `processing.topics.signals` and `subjects`."""
    words: frozenset[str]

    @property
    def score(self) -> float:
        """Its relevance in 0 to 1."""
        return relevance().score(self.signals, self.words, self.language)


def read(title: str, text: str, *, languages: Sequence[str] = ()) -> Reading:
    """Find all that a verdict on a title and a text (a line a paragraph) rests on."""
    language = language_of(title, text, declared=languages)
    findings = find_entities(title, text, language)
    evidence = evidence_in(title, text, language)
    told = signals(evidence, findings, len(text)) | subjects(evidence)
    return Reading(language, findings, evidence, told, words_in(title, text))


def judge(title: str, text: str, *, languages: Sequence[str] = (), outlet: str = "") -> Judgement:
    """Return the verdict on a title and a text (a line a paragraph); `languages` are those that the outlet declares.

    `outlet` is its name, which is no source of its own articles. Only a relevant article has topics. The score is its relevance in 0 to 1.
    """
    reading = read(title, text, languages=languages)
    relevant = reading.score >= relevance().threshold
    return Judgement(
        language=reading.language,
        relevant=relevant,
        score=round(reading.score, 4),
        topics=tags(reading.evidence, reading.findings) if relevant else (),
        entities=reading.findings.entities,
        sources=sources_of(text, reading.language, outlet=outlet),
        judged_by=JUDGE,
    )


def as_line(judgement: Judgement, id: str) -> dict[str, Any]:  # noqa: A002 (the schema's name)
    """Return what `pantau judge` prints of an article: exactly id, language, relevant, score, topics, entities, sources."""
    return {
        "id": id,
        "language": judgement.language,
        "relevant": judgement.relevant,
        "score": judgement.score,
        "topics": [_topic(tag) for tag in judgement.topics],
        "entities": [asdict(entity) for entity in judgement.entities],
        "sources": [asdict(source) for source in judgement.sources],
    }


def _topic(tag: TopicTag) -> dict[str, Any]:
    """Return a tag as an object; only a finer topic names its parent."""
    line = {"topic": tag.topic, "score": tag.score, "evidence": [asdict(match) for match in tag.evidence]}
    return line | ({"parent": tag.parent} if tag.parent else {})
