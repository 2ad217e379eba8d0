"""Whom an article rests on: the newsrooms that it names as its source, and whether it is a wire's copy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from processing.entities.entries import Entry, entries
from processing.model.judgement import Attribution
from processing.phrases import VOCABULARIES, Phrases, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

BESIDE: Final = 70
"""Characters before and after a newsroom's name in which the words are looked for that make it a source."""
LEAD: Final = 600
"""Characters of the text in which a wire is named if the article is its copy."""

_BETWEEN = (
    r"(?:[\s,:“\"'(]+(?:dari|oleh|laman|situs(?: web)?|berita|kantor|harian|surat|kabar|media|koran|stasiun|televisi|tv|majalah"
    r"|kanal|portal|berbagai|sumber|the|a|an|an? \w+ (?:at|of)|news|agency|newspaper|magazine|broadcaster|network|state|asing"
    r"|lokal|setempat|pemerintah|milik|resmi|local|official|today|on \w+day|(?-i:[A-Z][a-z]+)(?:'s)?))*[\s,:“\"'(]*$"
)
_QUOTED_BEFORE = re.compile(
    r"\b(?:me(?:lansir|ngutip|nukil|nyadur|rujuk)|di(?:lansir|kutip|nukil|sadur|beritakan|laporkan|wartakan|ungkap(?:kan)?)"
    r"|melaporkan dari|mengutip dari|seperti|sebagaimana|menurut|demikian|laporan|pemberitaan|wartawan|sumber|diajukan"
    r"|according to|citing|cited by|quoted by|reported by|report(?:s)? (?:by|from|in)|as reported by|seen by|obtained by"
    r"|reviewed by|first reported (?:by|in)|published (?:by|in)|revealed by|broken by|wrote in|source:|sources?\W{1,2})"
    + _BETWEEN,
    re.IGNORECASE,
)
_TOLD_BEFORE = re.compile(
    r"\b(?:kepada|wawancara (?:dengan|bersama|khusus)|berbicara (?:dengan|pada)|told|tells|telling|interview (?:with|to|on)"
    r"|interviewed by|speaking (?:to|with|on)|spoke (?:to|with)|statement to|said (?:to|on)|comment(?:s)? (?:to|from|by))"
    + _BETWEEN,
    re.IGNORECASE,
)
_REPORTS_AFTER = re.compile(
    r"^[\s,”\"')]*(?:(?:pada|on) \w+[\s,]*(?:\([^)]*\))?[\s,]*)?(?:news agency |newspaper |agency )?(?:melaporkan|memberitakan|mewartakan|mengabarkan|menulis|melansir"
    r"|menyebutkan?|mengutip|dalam (?:laporan|artikel)nya|(?:has |had |have )?(?:first |also |previously |earlier )?(?:reported|revealed|quoted|cited|reports)\b"
    r"|said in a report|report(?:er)? (?:said|says|that|on))",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[^\n(]{0,60}\((?:[^)\n]*/)?\s*$")
"""What stands before a newsroom in `JAKARTA (ANTARA) -` or `WASHINGTON (Reuters) -`."""
_SIGNED = re.compile(r"(?:\(|\bsumber\s*:?\s*|\bsource\s*:?\s*|\boleh\s*:?\s*|[-–—]\s*)$", re.IGNORECASE)
"""What stands before a newsroom at the end of a text that it signs: `(Reuters)`, `Sumber: Antara`."""
_PICTURE = re.compile(r"\b(?:foto|photo|image|gambar|dok|getty)\b[^.\n]{0,40}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Naming:
    """One place where a newsroom is named as a source; `whole`: in a form that says the whole text is its."""

    newsroom: Entry
    evidence: str
    whole: bool
    in_lead: bool


def sources_of(text: str, language: str) -> tuple[Attribution, ...]:
    """Return the newsrooms that the text (a line a paragraph) rests on, in order of appearance, each once.

    It is a wire's copy if an agency signs it by dateline or last line, or is the only source and is named in the lead.
    The outlet itself is left out where its dateline tells which it is.
    """
    namings = list(_namings(text, language))
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
    outlet: str | None = None
    for hit in phrases.find(text):
        newsroom = newsrooms[hit.index]
        before, after = text[max(0, hit.start - BESIDE) : hit.start], text[hit.end : hit.end + BESIDE]
        if (
            newsroom.quoted
            and hit.start < BESIDE
            and re.match(r"\)?\s*[-–—,]", after)
            and not _QUOTED_BEFORE.search(before)
        ):
            outlet = newsroom.id
        whole = not newsroom.quoted and _signs(text, hit.start, hit.end)
        if newsroom.id != outlet and (whole or _is_source(newsroom, before, after)):
            yield _Naming(newsroom, _snippet(text, hit.start, hit.end), whole, hit.start < LEAD)


def _signs(text: str, start: int, end: int) -> bool:
    """Tell whether a newsroom at text[start:end] stands in the dateline or signs the last line."""
    if start < BESIDE and _DATELINE.match(text[:start]) and re.match(r"\)\s*[-–—:]", text[end : end + 6]):
        return True
    return text[end : end + BESIDE].strip(" ).]\n") == "" and bool(_SIGNED.search(text[max(0, start - 20) : start]))


def _is_source(newsroom: Entry, before: str, after: str) -> bool:
    """Tell whether the words beside a newsroom's name make it a source, not a subject or a picture's credit."""
    sentence = re.split(r"[.!?]\s|\n", before)[-1]
    if after.startswith("/") or _PICTURE.search(sentence):
        return False
    if _QUOTED_BEFORE.search(sentence) or _REPORTS_AFTER.match(after):
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
