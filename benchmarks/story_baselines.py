"""What the stories are measured against: online TF-IDF centroids in a naive pass, and MinHash copies."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import log, sqrt

from processing.duplicates import Copies
from processing.model import Arrival
from processing.stories.features import STOP_WORDS, TOKEN

LIKE = (0.20, 0.26, 0.30, 0.33)
"""Cosines from which TF-IDF joins: each is the best of .20 to .36 on some set, so all are measured."""


class OnlineTfidf:
    """A single pass: an article joins the nearest centroid of all, or begins one."""

    def __init__(self, like: float = LIKE[2]) -> None:
        self._like = like
        self._seen: Counter[str] = Counter()
        self._articles = 0
        self._centroids: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._squares: defaultdict[str, float] = defaultdict(float)

    def add(self, arrival: Arrival) -> str:
        """Give the article's story."""
        vector = self._vector(f"{arrival.title} {arrival.text}")
        shared: defaultdict[str, float] = defaultdict(float)
        for word, weight in vector.items():
            for story, other in self._centroids[word].items():
                shared[story] += weight * other
        best, story = max(((dot / sqrt(self._squares[s]), s) for s, dot in shared.items()), default=(0.0, ""))
        story = story if best >= self._like else arrival.id
        for word, weight in vector.items():
            old = self._centroids[word].get(story, 0.0)
            self._centroids[word][story] = old + weight
            self._squares[story] += weight * (2 * old + weight)
        return story

    def _vector(self, text: str) -> dict[str, float]:
        counts = Counter(word for word in TOKEN.findall(text.lower()) if len(word) > 1 and word not in STOP_WORDS)
        self._articles += 1
        self._seen.update(set(counts))
        raw = {w: (1 + log(n)) * (1 + log((self._articles + 1) / self._seen[w])) for w, n in counts.items()}
        length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {word: weight / length for word, weight in raw.items()}


class MinHash:
    """Copies alone: an article joins the story of the text that it copies."""

    def __init__(self) -> None:
        self._copies = Copies()
        self._story_of: dict[str, str] = {}

    def add(self, arrival: Arrival) -> str:
        """Give the article's story."""
        original = self._copies.add(arrival.id, arrival.text)
        self._story_of[arrival.id] = self._story_of[original] if original else arrival.id
        return self._story_of[arrival.id]
