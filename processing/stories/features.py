"""What of an article tells which event it is about: its words, weighed by rarity, and its names, numbers and meanings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import repeat
from math import log, sqrt
from types import MappingProxyType

from processing.stories.cognates import cognates, name_key
from processing.stories.glossary import meanings
from processing.stories.vectors import Vector, unit

TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
NAME = re.compile(
    r"[A-Z\d](?<=\b.)(?:(?<=[A-Z])(?<!^.)(?<![.!?:\"“”'‘’(\n] .)[\w'-]*\w|(?<=\d)[\d.,]*\d\b)", re.MULTILINE
)
"""A capitalised word inside a sentence, or a number of two digits or more; it looks back, not ahead: three times as fast."""

WORDS_READ = 150
"""Words of the text that count: an event is told at the top, background fills the rest (300 cost 2 points of B-cubed F1)."""

TITLE_WEIGHT = 2

STOP_WORDS = frozenset(  # in Indonesian and in English; the words of reporting among them
    """ada adalah agar akan akibat antara apa atas atau awal bagi bahkan bahwa banyak baru beberapa begitu belum berada
    bersama bila bisa bukan dalam dan dapat dari demikian dengan di dia dilakukan diri dua empat hal hanya hari harus
    hingga ia ini itu jadi jam jelas jika juga kami karena kata katanya ke kembali kemudian kepada kini kita lagi lain
    lalu lebih maka mana masih melakukan melalui memang mengatakan menjadi menurut mereka merupakan meski namun oleh
    orang pada para pernah pihak pula pun saat saja salah sama sampai sangat satu saya sebagai sebanyak sebelum
    sebelumnya sebuah secara sedang sehingga sejak sejumlah selama seluruh semua sendiri seorang seperti serta sesuai
    setelah setiap siapa suatu sudah tahun tak tanpa telah tengah tentang terhadap terjadi terkait tersebut tetapi
    tidak tiga tujuan tutur ucap ujar ujarnya ungkap untuk usai waktu wib yaitu yakni yang
    a about after again all also an and any are as at be because been before being but by can could did do does down
    during each few for from further had has have he her here him his how if in into is it its just like made make may
    more most new no nor not now of off on one only or other our out over own said same say says she should so some
    such than that the their them then there these they this those through to told too two under until up us very was
    we were what when where which while who whom why will with would year years you your""".split()  # noqa: SIM905 - a text is what an editor can read
)

LEAST = 0.1
"""Rarity of what every article has."""

DAMPING = 50
"""Articles that the vocabulary of names pretends to have seen, so that the first real ones do not decide what is rare."""

FEATURES = 64
"""Features of a vector that are kept, the heaviest, to bound memory and time; an article has about 100."""

REMEMBERED = 1_000_000
"""Features that a vocabulary counts; when there are more, the rarer half is forgotten, most of it seen once and never again."""

WORDS_KNOWN = 200_000
"""Words of a language whose meanings are kept at hand, some 20 MB; then they are looked up anew."""

ACTIONS = ("meaning:", "loan:")
"""How the features begin that tell what happened, in any language."""


class Vocabulary:
    """How many articles each feature was seen in, from a background on: rarity is learnt as articles arrive."""

    def __init__(self, articles: int = DAMPING, seen: Mapping[str, int] = MappingProxyType({})) -> None:
        self._articles = articles
        self._seen: Counter[str] = Counter(seen)

    def learn(self, counts: Mapping[str, int]) -> None:
        """Count one article's features, each once."""
        self._articles += 1
        self._seen.update(counts.keys())
        if len(self._seen) > REMEMBERED:
            self._seen = Counter(dict(self._seen.most_common(REMEMBERED // 2)))

    def rarity(self, feature: str) -> float:
        """Give the logarithm of how many articles go by until one has the feature; 0.1 at least."""
        return self.rarities((feature,))[0]

    def rarities(self, features: Iterable[str]) -> list[float]:
        """Give the rarity of each feature."""
        articles = log(self._articles + 1)
        seen = map(self._seen.get, features, repeat(0))
        return [rarity if (rarity := articles - log(often + 0.5)) > LEAST else LEAST for often in seen]

    def weigh(self, counts: Mapping[str, int]) -> Vector:
        """Turn counts into a TF-IDF vector of length 1, of its heaviest features."""
        raw = {
            feature: rarity if count == 1 else (1 + log(count)) * rarity
            for (feature, count), rarity in zip(counts.items(), self.rarities(counts), strict=True)
        }
        kept = sorted(raw, key=raw.__getitem__, reverse=True)[:FEATURES]
        weights = [raw[feature] for feature in kept]
        length = sqrt(sum([weight * weight for weight in weights])) or 1.0
        return dict(zip(kept, [weight / length for weight in weights], strict=True))


@lru_cache(maxsize=4)
def split(text: str) -> tuple[str, ...]:
    """Split a text into all its words, in lower case; the parts of the article at hand are remembered."""
    return tuple(TOKEN.findall(text.lower()))


def lead(text: str, count: int = WORDS_READ) -> str:
    """Give the first words of a text."""
    return " ".join(text.split(None, count)[:count])


def words(title: str, top: str) -> Counter[str]:
    """Count the telling words of a title and a lead, those of the title more."""
    counts = Counter(split(top))
    for word in split(title):
        counts[word] += TITLE_WEIGHT
    for word in [word for word in counts if word in STOP_WORDS or len(word) == 1]:
        del counts[word]
    return counts


def names(title: str, top: str) -> Counter[str]:
    """Count the names and numbers that stand inside the sentences of a title and a lead."""
    found = map(str.lower, NAME.findall(f"{title}. \n{top}"))
    return Counter([name for name in found if name not in STOP_WORDS])


def lasting_names(title: str, first: str, said: str) -> list[str]:
    """Give the names and numbers of a title and the first sentences, without words that only a headline's capitals make names.

    Such a word (Luncurkan, Kandungan) is known by standing in the text in lower case.
    """
    return [name for name in names(title, first) if not (name[0].isalpha() and _stands_in(said, name))]


def _stands_in(said: str, word: str) -> bool:
    """Tell whether a text has a word just as it is written, after a blank."""
    at = said.find(f" {word}")
    while at >= 0 and said[at + 1 + len(word) : at + 2 + len(word)].isalnum():
        at = said.find(f" {word}", at + 1)
    return at >= 0


def abroad(title: str, top: str, named: Iterable[str], language: str, entities: Iterable[str] = ()) -> Counter[str]:
    """Count what is alike in any language: names by their spelling, numbers, ids of known entities, meanings of words."""
    counts = Counter([name_key(name) for name in dict.fromkeys(named)])
    counts.update([f"entity:{entity}" for entity in entities])
    known = _known(language)
    for word, count in Counter(split(title) * TITLE_WEIGHT + split(top)).items():
        for feature in known[word]:
            counts[feature] += count
    return counts


def happened(anywhere: Mapping[str, int]) -> Vector:
    """Give what happened of what is alike in any language: its meanings by how often they are said, a vector of length 1."""
    raw = {feature: 1 + log(count) for feature, count in anywhere.items() if feature.startswith(ACTIONS)}
    return unit(raw)


class Known(dict[str, tuple[str, ...]]):
    """What words of a language are in any, found out once; faster than an lru_cache where words are many."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> tuple[str, ...]:
        """Find out: a word's meanings, or else its key as a loan."""
        if len(self) >= WORDS_KNOWN:
            self.clear()
        found = tuple(f"meaning:{meaning}" for meaning in meanings(word, self._language))
        if not found and (cognate := cognates().get(word)):
            found = (f"loan:{cognate}",)
        self[word] = found
        return found


_known = cache(Known)
