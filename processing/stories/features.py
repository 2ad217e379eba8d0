"""What of an article tells which event it is about: its words, weighed by rarity, and its names, numbers and meanings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log, sqrt

from processing.stories.glossary import meanings

TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
NAME = re.compile(r"(?<![.!?:\"“”'‘’(\n] )(?<!^)(?<!\n)\b[A-Z][\w'-]*[\w]|\b\d[\d.,]*\d\b", re.MULTILINE)
"""A capitalised word inside a sentence, or a number of two digits or more."""

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

DAMPING = 50
"""Articles that the vocabulary pretends to have seen, so that the first real ones do not decide what is rare."""

Vector = dict[str, float]


class Vocabulary:
    """How many articles each feature was seen in: rarity is learnt as articles arrive."""

    def __init__(self) -> None:
        self._articles = 0
        self._seen: Counter[str] = Counter()

    def learn(self, features: Iterable[str]) -> None:
        """Count one article's features."""
        self._articles += 1
        self._seen.update(set(features))

    def weigh(self, counts: Counter[str]) -> Vector:
        """Turn counts into a TF-IDF vector of length 1; rarity is damped while few articles have been seen."""
        total = self._articles + DAMPING
        raw = {key: (1 + log(count)) * log(total / (self._seen[key] + 0.5)) for key, count in counts.items()}
        length = sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {key: weight / length for key, weight in raw.items()}


def words(title: str, text: str) -> Counter[str]:
    """Count the telling words of an article, those of the title more."""
    counts: Counter[str] = Counter()
    for token in TOKEN.findall(title.lower()):
        counts[token] += TITLE_WEIGHT
    counts.update(token for token in TOKEN.findall(text.lower())[:WORDS_READ])
    return Counter({word: count for word, count in counts.items() if len(word) > 1 and word not in STOP_WORDS})


def names(title: str, text: str, entities: Iterable[str] = ()) -> Counter[str]:
    """Count what is alike in any language: names, numbers, ids of known entities, and meanings that the glossary has."""
    head = " ".join(text.split(" ")[:WORDS_READ])
    found = Counter(match.lower() for match in NAME.findall(head))
    title_words = {token.lower() for token in TOKEN.findall(title)}
    for name in list(found):
        if name in title_words:
            found[name] += TITLE_WEIGHT
    found.update(f"entity:{entity}" for entity in entities)
    tokens = TOKEN.findall(title.lower()) + TOKEN.findall(text.lower())[:WORDS_READ]
    found.update({f"meaning:{meaning}": count for meaning, count in meanings(tokens).items()})
    return Counter({name: count for name, count in found.items() if name not in STOP_WORDS})
