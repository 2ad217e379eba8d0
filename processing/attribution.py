"""Whom an article rests on: the newsrooms that it names as its source, and whether it is a wire's copy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from processing.entities.entries import Entry, entries
from processing.model.judgement import Attribution
from processing.phrases import VOCABULARIES, Hit, Phrases, fold, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

BESIDE: Final = 70
"""Characters before and after a newsroom's name in which the words are looked for that make it a source."""
LEAD: Final = 600
"""Characters of the text in which a wire is named if the article is its copy."""
DATELINE: Final = 1500
"""Characters in which a line may begin with a dateline: captions of pictures stand before some."""

_BETWEEN = (
    r"(?:[\s,:“\"'(]+(?:dari|oleh|laman|situs(?: web)?|berita|kantor|harian|surat|kabar|media|koran|stasiun|televisi|tv|majalah"
    r"|kanal|portal|berbagai|sumber|the|a|an|an? \w+ (?:at|of)|news|agency|newspaper|magazine|broadcaster|network|state|asing"
    r"|lokal|setempat|pemerintah|milik|resmi|wartawan|jurnalis|koresponden|reporter|reporters|journalists?|correspondents?|local|official|today|on \w+day|(?-i:[A-Z][a-z]+)(?:'s)?))*[\s,:“\"'(]*$"
)
_QUOTED_BEFORE = re.compile(
    r"\b(?:me(?:lansir|ngutip|nukil|nyadur|rujuk)|di(?:lansir|kutip|nukil|sadur|beritakan|laporkan|wartakan|ungkap(?:kan)?|siarkan|muat)"
    r"|(?:tayang|terbit|dimuat|ditayangkan|diterbitkan) di"
    r"|melaporkan dari|mengutip dari|seperti|sebagaimana|menurut|demikian|laporan|pemberitaan|sumber|diajukan"
    r"|according to|citing|cited by|quoted by|reported by|report(?:s)? (?:by|from|in)|as reported by|seen by|obtained by"
    r"|reviewed by|first reported (?:by|in)|published (?:by|in)|revealed by|broken by|wrote in|contributing:|source:|sources?\W{1,2})"
    + _BETWEEN,
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(
    r"\b(?:kepada|pada (?=televisi|radio|stasiun|saluran|harian|majalah|surat|media|program)|di(?:himpun|tinjau|peroleh|dapat(?:kan)?|terima"
    r"|verifikasi|analisis|lihat)|wawancara (?:dengan|bersama|khusus)|berbicara (?:dengan|pada)|told|tells|telling|interview (?:with|to|on)"
    r"|interviewed by|speaking (?:to|with|on)|spoke (?:to|with)|statement to|(?:said|suggested|confirmed|explained|disclosed) (?:to|on)|comment(?:s)? (?:to|from|by))"
    + _BETWEEN,
    re.IGNORECASE,
)
_REPORTS_AFTER = re.compile(
    r"^[\s,”\"')]*(?:(?:pada|on) \w+[\s,]*(?:\([^)]*\))?[\s,]*)?(?:yang |news agency |newspaper |agency )?(?:melaporkan|memberitakan|mewartakan|mengabarkan|menulis|melansir"
    r"|menyebut(?:kan)?|menyiarkan|mengungkap(?:kan)?|mengutip|dalam (?:laporan|artikel)nya|(?:has |had |have )?(?:first |also |previously |earlier )?(?:reported|revealed|quoted|cited|reports)\b"
    r"|has learn(?:ed|t)|understands|contributed to (?:this|the) (?:report|story|article)|said in a report|report(?:er)? (?:said|says|that|on))",
    re.IGNORECASE,
)
_AGENCY_SAYS = re.compile(
    r"^[\s,\"”')]*(?:news agency |agency )?(?:(?:said|says) (?!(?:it|its|the agency)\b|in a statement)|(?:mengatakan|menyatakan|menyebut)\b)",
    re.IGNORECASE,
)
"""What follows an agency that reports; of a newspaper or a channel it may be about itself."""
_JOINED = re.compile(r"^(?:,|,? (?:dan|serta|and|maupun))(?: (?:kantor berita|the))?\s*$", re.IGNORECASE)
"""What stands between two newsrooms that are quoted together: `Reuters, AFP, dan BBC`."""
_QUOTES_ON = re.compile(r"^ dari\b")
"""What follows the outlet itself: `dikutip Sindonews dari laman ...`."""
_HELPED = re.compile(r"^\s*contributed to", re.IGNORECASE)
_DATELINE = re.compile(r"^[^\n(]{0,60}\((?:[^)\n]*/)?\s*$")
"""What stands before a newsroom in `JAKARTA (ANTARA) -` or `WASHINGTON (Reuters) -`."""
_OWN_DATELINE = re.compile(r"\)?\s*[-–—,]")
"""What stands behind the outlet itself in `JAKARTA, KOMPAS.com - `."""
_SIGNED = re.compile(r"(?:\(|\bsumber\s*:?\s*|\bsource\s*:?\s*|\boleh\s*:?\s*|[-–—]\s*)$", re.IGNORECASE)
"""What stands before a newsroom at the end of a text that it signs: `(Reuters)`, `Sumber: Antara`."""
_PICTURE = re.compile(
    r"\b(?:foto|photos?|images?|gambar|dok|getty)\b(?:\s*[:./(]|\s+(?:by|oleh|dok|courtesy)\b|[\s/]*$)[^\n]{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Naming:
    """One place where a newsroom is named as a source; `whole`: in a form that says the whole text is its."""

    newsroom: Entry
    evidence: str
    whole: bool
    in_lead: bool


def sources_of(text: str, language: str, *, outlet: str = "") -> tuple[Attribution, ...]:
    """Return the newsrooms that the text (a line a paragraph) rests on, in order of appearance, each once.

    It is a wire's copy if an agency signs it by dateline or last line, or is the only source and is named in the lead.
    The outlet itself is no source: it is known by its dateline, or by `outlet`, its name or key (Kompas, cnn_indonesia).
    """
    itself = _squeezed(outlet)
    namings = [naming for naming in _namings(text, language) if not itself or itself not in _known_as(naming.newsroom)]
    first: dict[str, _Naming] = {}
    for naming in namings:
        first.setdefault(naming.newsroom.id, naming)
    signed = {naming.newsroom.id for naming in namings if naming.whole}
    return tuple(
        Attribution(
            source=naming.newsroom.label, evidence=naming.evidence, wire_copy=_is_copy(naming, signed, len(first))
        )
        for naming in first.values()
    )


def _is_copy(naming: _Naming, signed: set[str], sources: int) -> bool:
    if not naming.newsroom.agency:
        return False
    return signed == {naming.newsroom.id} or (sources == 1 and naming.in_lead)


def _namings(text: str, language: str) -> Iterator[_Naming]:
    phrases, newsrooms = _searcher(vocabulary(language))
    hits = phrases.find(text)
    outlet = next((newsrooms[hit.index].id for hit in hits if _is_outlet(newsrooms[hit.index], text, hit)), None)
    wholes = [not newsrooms[hit.index].quoted and _signs(text, hit.start, hit.end) for hit in hits]
    rests = [whole or _is_source(newsrooms[hit.index], text, hit) for hit, whole in zip(hits, wholes, strict=True)]
    joined = [_JOINED.match(text[one.end : other.start]) is not None for one, other in pairwise(hits)]
    for place in (*range(len(joined)), *reversed(range(len(joined)))):
        if joined[place]:
            rests[place] = rests[place + 1] = rests[place] or rests[place + 1]
    for hit, whole, rest in zip(hits, wholes, rests, strict=True):
        newsroom = newsrooms[hit.index]
        if rest and newsroom.id != outlet:
            in_lead = hit.start < LEAD and not _HELPED.match(text[hit.end : hit.end + BESIDE])
            yield _Naming(newsroom, _snippet(text, hit.start, hit.end), whole, in_lead)


def _is_outlet(newsroom: Entry, text: str, hit: Hit) -> bool:
    """Tell whether a newsroom stands in the article's own dateline: `JAKARTA, KOMPAS.com - `, `LANZHOU (CNN) -- `."""
    if newsroom.agency or hit.start >= BESIDE or not _OWN_DATELINE.match(text, hit.end):
        return False
    if not newsroom.quoted and not _DATELINE.match(text[: hit.start]):
        return False
    return not _QUOTED_BEFORE.search(text[: hit.start])


def _squeezed(name: str) -> str:
    return fold(name).replace(" ", "")


def _known_as(newsroom: Entry) -> set[str]:
    """Return a newsroom's key and names, letters alone."""
    return {_squeezed(name) for name in (newsroom.id, *(name for _, name in newsroom.names))}


def _signs(text: str, start: int, end: int) -> bool:
    """Tell whether a newsroom at text[start:end] stands in the dateline (a caption may come before) or signs the last line."""
    line = text[:start].rpartition("\n")[2]
    if start < DATELINE and _DATELINE.match(line) and re.match(r"\)\s*[-–—:]", text[end : end + 6]):
        return True
    return text[end : end + BESIDE].strip(" ).]\n") == "" and bool(_SIGNED.search(text[max(0, start - 20) : start]))


def _is_source(newsroom: Entry, text: str, hit: Hit) -> bool:
    """Tell whether the words beside a newsroom's name make it a source, not a subject or a picture's credit."""
    after = text[hit.end : hit.end + BESIDE]
    sentence = re.split(r"[.!?]\s|\n", text[max(0, hit.start - BESIDE) : hit.start])[-1]
    if after.startswith("/") or _PICTURE.search(sentence) or (newsroom.quoted and _QUOTES_ON.match(after)):
        return False
    if _QUOTED_BEFORE.search(sentence) or _REPORTS_AFTER.match(after):
        return True
    if newsroom.agency and _AGENCY_SAYS.match(after):
        return True
    return not newsroom.quoted and bool(_TOLD_BEFORE.search(sentence))


def _snippet(text: str, start: int, end: int) -> str:
    """Return the words that say so, from at most five words before the name to two after it, on one line."""
    before = re.split(r"[.!?]\s|\n", text[max(0, start - BESIDE) : start])[-1].split()[-5:]
    after = re.split(r"[.!?](?:\s|$)|\n", text[end : end + BESIDE])[0].split()[:2]
    return " ".join([*before, text[start:end] + ("" if not after or after[0][0].isalnum() else after.pop(0)), *after])


@lru_cache(maxsize=3)
def _searcher(words: str) -> tuple[Phrases, tuple[Entry, ...]]:
    """Return the newsrooms' names in a vocabulary, ready for searching, with whom each names."""
    assert words in VOCABULARIES
    rows = [(name, entry) for entry in entries() if entry.kind == "newsroom" for name in sorted(entry.names_in(words))]
    return Phrases([name for name, _ in rows]), tuple(entry for _, entry in rows)
