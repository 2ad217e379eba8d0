"""The ministry, armed force or government agency that says it: found by who speaks in the first sentences of an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from ahocorasick_rs import AhoCorasick

from processing.digest.plain import plain
from processing.digest.sentences import sentences
from processing.entities import find_entities, label_in
from processing.model import StoryArticle

LOOKED_AT = 6
"""Sentences of an article: who says the news is named at its top."""

APART = 9
"""Words at most between a body and the verb of saying after it, or before it."""

_NAME = r"(?:\ (?:dan\ |of\ |for\ |the\ )*[A-Z][\w'’.-]*){0,4}"

_BODY = re.compile(
    rf"""\b(?=[A-Z]|a(?:ir|rm)|coast|defen|foreign|gov|home|interior|joint|justice|mari|mili|navy|state|tentara|trea)
    (?<!Perdana\ )(?<!\bdi\ )(?<!\bat\ the\ )(?:
    (?:Kementerian|Kemenko|Departemen|Badan\ (?:Keamanan|Intelijen|Siber|Nasional)|Mabes|Kepolisian|Polda|Komando|Pangkalan
        |Angkatan\ (?:Laut|Udara|Darat|Bersenjata)|Penjaga\ Pantai|[Mm]iliter|[Tt]entara|Pasukan\ Pertahanan
        |Kepala\ Staf|Panglima|Menteri|Menhan|Menlu|Menko|Wamenhan|Wamenlu|Kapolri|Pemerintah){_NAME}
    |(?:Kemlu|Kemenlu|Kemhan|Kemenhan|TNI(?:\ A[DLU])?|Polri|Bakamla|Densus\ 88|BSSN|BNPT|BIN|BAIS|Satgas(?:\ [A-Z]\w+)*
        |Gedung\ Putih|Istana|Pentagon|Kremlin|White\ House|State\ Department|Downing\ Street)\b{_NAME}
    |(?:[A-Z][\w.]*(?:'s|’s)?\ (?:and\ )?){{0,3}}(?:
        (?:[Dd]efen[cs]e|[Ff]oreign|[Ii]nterior|[Ss]tate|[Tt]reasury|[Hh]ome|[Jj]ustice)\ (?:[Mm]inist(?:ry|er)|[Dd]epartment|[Oo]ffice)
        |Ministry\ of(?:\ (?:and\ |of\ )?[A-Z]\w+)+|Department\ of(?:\ [A-Z]\w+)+
        |[Mm]ilitary|[Aa]rmy|[Nn]avy|[Aa]ir\ [Ff]orce|[Cc]oast\ [Gg]uard|[Mm]arine\ [Cc]orps|[Aa]rmed\ [Ff]orces
        |[Jj]oint\ [Cc]hiefs(?:\ of\ [Ss]taff)?|(?:Central|Indo-Pacific|European|Africa)\ Command|Defen[cs]e\ Forces?
        |[Gg]overnment|National\ Police))\b""",
    re.VERBOSE,
)
"""A body of a state, as the press writes it; a parliament, an alliance or a company is none.

Where a word begins as no name does, nothing further is tried.
"""

_MARKS = AhoCorasick((
    "Kemen", "Kemlu", "Kemhan", "Departemen", "Badan", "Mabes", "Kepolisian", "Polda", "Polri", "Komando", "Pangkalan", "Angkatan",
    "Penjaga Pantai", "iliter", "Tentara", "tentara", "Pasukan Pertahanan", "Kepala Staf", "Panglima", "Menteri", "Menhan", "Menlu",
    "Menko", "Wamen", "Kapolri", "Pemerintah", "TNI", "Bakamla", "Densus", "BSSN", "BNPT", "BIN", "BAIS", "Satgas", "Gedung Putih",
    "Istana", "Pentagon", "Kremlin", "White House", "Downing", "inistry", " minister", " Minister", "epartment", " office", " Office",
    "ilitary", "Army", "army", "Navy", "navy", " force", " Force", "oast guard", "oast Guard", "arine corps", "arine Corps", "hiefs",
    " Command", "overnment", "National Police",
))  # fmt: skip
"""Each body's name holds one of these: where none stands, the expression, a hundred times slower, need not be asked."""

_SAYS = re.compile(
    r"\b(?:me(?:nyatakan|ngatakan|nyebut(?:kan)?|ngumumkan|laporkan|ngonfirmasi|mastikan|negaskan|mbenarkan|ngungkap(?:kan)?"
    r"|njelaskan|ngklaim|mbantah|ngaku|nuturkan|nyampaikan|nambahkan)"
    r"|said|says|announced|confirmed|reported|stated|claimed|denied|told|warned|disclosed|acknowledged|added)\b"
)
_SAID_BY = re.compile(
    r"\b(?:(?:kata|ujar|tutur|ucap|jelas|ungkap|tegas|sebut|menurut|pernyataan|keterangan|siaran pers|rilis)\b"
    r"|according to|statement (?:by|from)|(?<=, )said(?= the$|$))",
    re.IGNORECASE,
)
_WHOSE = frozenset(
    {"pemerintah", "militer", "tentara", "menteri", "panglima", "departemen", "government", "military", "army"}
)
"""Words that name no body by themselves."""
_UNNAMED = {
    "id": {
        "air force": "angkatan udara",
        "armed forces": "angkatan bersenjata",
        "coast guard": "penjaga pantai",
        "defence minister": "menteri pertahanan",
        "defence ministry": "kementerian pertahanan",
        "defense minister": "menteri pertahanan",
        "defense ministry": "kementerian pertahanan",
        "foreign minister": "menteri luar negeri",
        "foreign ministry": "kementerian luar negeri",
        "interior ministry": "kementerian dalam negeri",
        "justice department": "Departemen Kehakiman AS",
        "national police": "kepolisian nasional",
        "navy": "angkatan laut",
        "state department": "Departemen Luar Negeri AS",
        "treasury department": "Departemen Keuangan AS",
    },
    "en": {
        "angkatan laut": "navy",
        "angkatan udara": "air force",
        "departemen keuangan": "treasury department",
        "kementerian dalam negeri": "interior ministry",
        "kementerian luar negeri": "foreign ministry",
        "kementerian pertahanan": "defence ministry",
        "menteri luar negeri": "foreign minister",
        "menteri pertahanan": "defence minister",
        "penjaga pantai": "coast guard",
    },
}
"""Bodies that an article names without their country, in the language of readers who would not read it."""

_MINISTRY = ("Departemen ", "Kementerian ")
_ARTICLE = re.compile(r"^(?:The|An?) ")
_BREAK = re.compile(r"[;:.!?“”\"]")
"""What ends the reach of a verb."""


def official_source(
    articles: Sequence[StoryArticle], language: str, heard: dict[int, tuple[str, ...]] | None = None
) -> str | None:
    """Name the official body that speaks in most of the articles, the first among equals; None where none does.

    Articles in the readers' language are asked first. A body that the gazetteer knows has its label in that language,
    another is named as its article names it. `heard` keeps who speaks in articles, by their ids, for another language.
    """
    own = [article for article in articles if article.language == language]
    kept = {} if heard is None else heard
    for asked in (own, articles):
        named = Counter(name for article in asked for name in _named(article, language, kept))
        if named:
            return _with_country(named.most_common(1)[0][0], own, language)
    return None


def _with_country(name: str, own: Iterable[StoryArticle], language: str) -> str:
    """Say of which country a body is that is no name by itself, where it speaks so in articles of the language, however far down."""
    if _bodies(name, language):
        return name
    land, body = r"(?P<land>[A-Z][\w-]+)", f"(?i:{re.escape(name)})"
    full = re.compile(rf"\b{body} {land}" if language == "id" else rf"\b{land}(?:'s|’s)? {body}\b")
    told = {
        _called(found[0], language, language)
        for article in own
        for sentence in _sentences(article)
        for found in full.finditer(sentence)
        if _speaks(sentence, found) and _is_country(found["land"], language)
    }
    return told.pop() if len(told) == 1 else name


def _is_country(word: str, language: str) -> bool:
    return any(one.kind == "country" for one in find_entities("", word, language).entities)


def _named(article: StoryArticle, language: str, heard: dict[int, tuple[str, ...]]) -> Iterable[str]:
    """Name each body that speaks in an article once."""
    if article.article_id not in heard:
        heard[article.article_id] = tuple(_speakers(article))
    return dict.fromkeys(_called(name, article.language, language) for name in heard[article.article_id])


def _speakers(article: StoryArticle) -> Iterator[str]:
    named, spoke = [], []
    for sentence in islice(_sentences(article), LOOKED_AT):
        for body in _BODY.finditer(sentence) if _MARKS.find_matches_as_indexes(sentence) else ():
            named.append(name := _ARTICLE.sub("", body[0]).strip(" .'’"))
            if name.lower() not in _WHOSE and _speaks(sentence, body):
                spoke.append(name)
    return (_in_full(name, named) for name in spoke)


def _sentences(article: StoryArticle) -> Iterator[str]:
    return (text for paragraph in article.paragraphs for text in sentences(plain(paragraph)))


def _in_full(name: str, named: Sequence[str]) -> str:
    """Give a ministry's name as it first stands with its country: Departemen Keuangan AS, later Departemen Keuangan."""
    if name.startswith(_MINISTRY):
        return next((fuller for fuller in named if fuller.startswith(f"{name} ")), name)
    return name


def _speaks(sentence: str, body: re.Match[str]) -> bool:
    """Tell whether a body is the one who says it: a verb of saying follows it, or it follows one, close by."""
    after = _BREAK.split(sentence[body.end() :], maxsplit=1)[0].split()[:APART]
    before = _BREAK.split(sentence[: body.start()])[-1].split()[-APART:]
    return bool(_SAYS.search(" ".join(after)) or _SAID_BY.search(" ".join(before)))


def _called(name: str, told_in: str, language: str) -> str:
    """Give a body's name for readers of a language: the gazetteer's, or its own."""
    known = next((label for id_ in _bodies(name, told_in) if (label := label_in(language, id_))), None)
    unnamed = {} if told_in == language else _UNNAMED.get(language, {})
    return known or unnamed.get(name.lower(), name)


@lru_cache(maxsize=4096)
def _bodies(name: str, told_in: str) -> tuple[str, ...]:
    return tuple(one.id for one in find_entities("", name, told_in).entities if one.kind in ("organisation", "force"))
