"""What an article is about: the taxonomy, the terms found in a text, and the verdict on them."""

from processing.topics.matching import evidence_in
from processing.topics.relevance import relevance
from processing.topics.scoring import signals, subjects, tags
from processing.topics.taxonomy import taxonomy, taxonomy_hash
from processing.topics.words import words_in

__all__ = ["evidence_in", "relevance", "signals", "subjects", "tags", "taxonomy", "taxonomy_hash", "words_in"]
