"""What speaks against a language model's wording of an extract: what it says and the article does not.

The check is strict, and in doubt it says no: the reader then gets the article's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from babel import Locale

from processing.digest.choosing import told_words
from processing.digest.plain import plain
from processing.digest.quantities import quantities
from processing.digest.sentences import sentences
from processing.digest.summary import CHARACTERS, SENTENCES
from processing.entities import find_entities
from processing.stories.background import background
from processing.stories.features import STOP_WORDS
from processing.stories.glossary import meanings

LANGUAGES: Final = ("id", "en")
"""Those whose numbers and negations we know; a text in another is left as it is."""

NEGATIONS: Final = {
    "id": re.compile(
        r"\b(?:tidak|tak|takkan|bukan|belum|tanpa|jangan|tiada|nihil|(?:mem|di)?bantah|bantahan|menampik|ditampik|menepis|ditepis"
        r"|menyangkal|disangkal|sangkalan|menolak|ditolak|penolakan|gagal|kegagalan|batal|membatalkan|dibatalkan|pembatalan)"
        r"(?:lah|kah|nya)?\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:not|cannot|no(?!\.\s*\d)|never|without|none|nobody|nothing|neither|nor|den(?:y|ies|ied|ying|ials?)|refus(?:es?|ed|ing|als?)"
        r"|reject(?:s|ed|ing|ions?)?|declin(?:es?|ed|ing)|fail(?:s|ed|ing|ures?)?|cancel(?:s|l?ed|l?ing|lations?)?)\b|n['’]t\b",
        re.IGNORECASE,
    ),
}
"""Words that turn a sentence round, and those that say that somebody denies, refuses or fails: both languages must have as many."""

INSTITUTIONS: Final = {
    "president": ("presiden",), "minister": ("menteri",), "ministry": ("kementerian",), "prime": ("perdana",), "foreign": ("luar", "negeri"),
    "defence": ("pertahanan",), "defense": ("pertahanan",), "army": ("angkatan", "darat", "tentara"), "navy": ("angkatan", "laut"),
    "naval": ("angkatan", "laut"), "force": ("angkatan", "pasukan"), "air": ("udara",), "coast": ("pantai",), "guard": ("penjaga", "garda"),
    "sea": ("laut",), "strait": ("selat",), "island": ("pulau",), "islands": ("kepulauan",), "parliament": ("parlemen",), "government": ("pemerintah",),
    "security": ("keamanan",), "council": ("dewan",), "agency": ("badan",), "maritime": ("maritim", "laut"), "chief": ("kepala", "panglima"),
    "staff": ("staf",), "general": ("jenderal", "umum"), "admiral": ("laksamana",), "colonel": ("kolonel",), "police": ("polisi", "kepolisian"),
    "court": ("mahkamah", "pengadilan"), "embassy": ("kedutaan", "besar"), "ambassador": ("duta", "besar"), "state": ("negara",),
    "north": ("utara",), "south": ("selatan",), "east": ("timur",), "west": ("barat",), "eastern": ("timur",), "western": ("barat",),
    "northern": ("utara",), "southern": ("selatan",), "joint": ("gabungan", "bersama"), "commission": ("komisi",), "secretary": ("sekretaris", "menteri"),
}  # fmt: skip
"""Words of offices and places that both languages write with a capital: English, and what may stand for it in Indonesian."""

_CAPITALISED = re.compile(r"[^\W\d_a-z][\w'’-]*")
_FOREIGN_TO_PROSE = re.compile(r"https?:|www\.|://|[@<>{}\[\]`*#|\\]")


def faults(text: str, original: str, *, language: str, original_language: str) -> list[str]:
    """Say what is wrong with a wording of `original`, in `language`; empty where nothing was found.

    Of a wording in the article's own language every telling word must be the article's.
    """
    return list(_faults(text, original, language, original_language))


def _faults(text: str, original: str, language: str, original_language: str) -> Iterator[str]:
    if len(text) > CHARACTERS or len(sentences(text)) > SENTENCES:
        yield f"it has more than {SENTENCES} sentences or {CHARACTERS} characters"
        return  # whatever else is wrong: a long text would take long to look at
    if not text or plain(text) != text or _FOREIGN_TO_PROSE.search(text):
        yield "it is not a plain sentence"
    if text[-1:] not in ".!?…\"”'":
        yield "it breaks off"
    if invented := quantities(text, language) - quantities(original, original_language):
        yield f"numbers that the article has not: {', '.join(sorted(invented))}"
    if len(NEGATIONS[language].findall(text)) != len(NEGATIONS[original_language].findall(original)):
        yield "it negates more or less than the article"
    if strange := sorted(set(_strange_names(text, original, language, original_language))):
        yield f"names that the article has not: {', '.join(strange)}"
    if language != original_language:
        yield from _lost(text, original, language, original_language)
    elif added := told_words(text) - told_words(original):
        yield f"words that the article has not: {', '.join(sorted(added))}"


def _lost(text: str, original: str, language: str, original_language: str) -> Iterator[str]:
    """Hold a translation to what it must keep: all numbers, and at least half of the known names."""
    numbers = quantities(original, original_language)
    names = _known(original, original_language)
    if missing := numbers - quantities(text, language):
        yield f"numbers that are left out: {', '.join(sorted(missing))}"
    if 2 * len(names & _known(text, language)) < len(names):
        yield "most names are left out"
    if not numbers and not names:
        yield "no name or number shows that it says the same"


def _known(text: str, language: str) -> frozenset[str]:
    """Give what the gazetteer knows in a text, by its ids, which are the same in every language."""
    return frozenset(entity.id for entity in find_entities("", text, language).entities)


def _strange_names(text: str, original: str, language: str, original_language: str) -> Iterator[str]:
    """Give the capitalised words and known names of a wording for which nothing in the article stands."""
    known = _known(original, original_language)
    for entity in find_entities("", text, language).entities:
        if entity.id not in known:
            yield entity.label
    words = {word.lower() for word in re.findall(r"[\w'’-]+", original)}
    dates = {_dates(original_language).get(word) for word in words} - {None}
    covered = _covered(text, language)
    for sentence in sentences(text):
        for found in _CAPITALISED.finditer(sentence):
            word = found[0].lower()
            if word in words or word in covered or _dates(language).get(word) in dates or _stands_for(word, words):
                continue
            if not (_opens(sentence, found.start()) and _ordinary(word, language)):
                yield found[0]


def _opens(sentence: str, place: int) -> bool:
    return not sentence[:place].strip("\"“‘'(«")


def _covered(text: str, language: str) -> frozenset[str]:
    """Give the words of the runs of capitalised words that the gazetteer knows by one name, all of whose names were compared."""
    runs = re.findall(r"[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*)*", text)
    parts = {
        " ".join(words[begin:end])
        for words in map(str.split, runs)
        for begin in range(len(words))
        for end in range(begin + 1, len(words) + 1)
    }
    names = [part for part in parts if _is_a_name(part, language)]
    return frozenset(word.lower() for name in names for word in name.split())


@lru_cache(maxsize=4096)
def _is_a_name(part: str, language: str) -> bool:
    """Tell whether the gazetteer knows these words as a whole: without the first or the last they name something else or nothing."""
    ids = _known(part, language)
    words = part.split()
    shorter = [" ".join(words[1:]), " ".join(words[:-1])] if len(words) > 1 else []
    return len(ids) == 1 and not any(
        {entity.id for entity in find_entities("", one, language).entities} == ids for one in shorter
    )


def _stands_for(word: str, words: set[str]) -> bool:
    """Tell whether a word of office or place, or of the glossary, has its counterpart in the article."""
    pairs = [(english, other) for english, others in INSTITUTIONS.items() for other in others]
    if any((word == other and english in words) or (word == english and other in words) for english, other in pairs):
        return True
    return not _meanings(word).isdisjoint(meaning for one in words for meaning in _meanings(one))


def _meanings(word: str) -> set[str]:
    return {meaning for language in LANGUAGES for meaning in meanings(word, language)}


def _ordinary(word: str, language: str) -> bool:
    """Tell whether a word that opens a sentence is no name: a common one of its language alone (names are in both)."""
    common = background()
    here = common[language][1]
    return word in STOP_WORDS or (
        word in here and not any(word in common[other][1] for other in LANGUAGES if other != language)
    )


@cache
def _dates(language: str) -> Mapping[str, tuple[str, int]]:
    """Give what month or weekday a word names."""
    locale = Locale.parse(language)
    months = {name.lower(): ("month", number) for number, name in locale.months["format"]["wide"].items()}
    return months | {name.lower(): ("day", number) for number, name in locale.days["format"]["wide"].items()}
