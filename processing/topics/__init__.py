"""What an article is about: the taxonomy, the terms found in a text, and the verdict on them."""

from processing.topics.matching import evidence_in
from processing.topics.scoring import relevance, signals, tags
from processing.topics.taxonomy import taxonomy, taxonomy_hash

__all__ = ["evidence_in", "relevance", "signals", "tags", "taxonomy", "taxonomy_hash"]
