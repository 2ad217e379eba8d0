"""What readers were told and is not so any more: articles that their outlets corrected, retitled or withdrew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from processing.digest.plain import plain, safe_link, shorten
from processing.digest.sentences import sentences
from processing.digest.summary import CHARACTERS, HEADLINE
from processing.model import Correction, Edition, Reference
from processing.store.corrections import Changed

AT_MOST = 5

_NOTICE = re.compile(
    r"""^[\[(*\s]*(?:
        (?:ralat|koreksi|klarifikasi|correction|clarification|corrigendum|erratum)\b[^.:]{0,40}[:\])—–]
        |(?:ralat|correction|corrigendum|erratum)\b
        |editor[’']?s\ note:.{0,200}\b(?:correct|earlier\ version)
        |catatan\ (?:redaksi|editor):.{0,200}\b(?:ralat|koreksi|kekeliruan|kesalahan)
    )
    |\b(?:an\ earlier\ version\ of\ this\ (?:article|story|report)|this\ (?:article|story|report|headline)\ (?:was|has\ been)\ corrected
        |(?:artikel|berita|judul|naskah)(?:\ (?:berita|artikel))?\ ini\ telah\ (?:diralat|dikoreksi|diperbaiki)
        |redaksi\ (?:meralat|mohon\ maaf\ atas\ (?:kekeliruan|kesalahan)))\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""How outlets begin a notice, in both languages; `koreksi` of a share price stands inside a sentence and is none."""


def corrections(changed: Sequence[Changed], displayed: Mapping[str, str]) -> tuple[Correction, ...]:
    """Tell what changed of articles whose headlines readers saw: those withdrawn first, then those with a notice.

    `displayed` gives the headline that editions have shown for an address. A headline counts as changed where other words
    or numbers stand in it; a correction is told at most five times an edition.
    """
    found = [told for one in changed if (told := _told(one, displayed.get(safe_link(one.url) or "")))]
    return tuple(sorted(found, key=lambda one: (one.kind != "withdrawn", not one.note))[:AT_MOST])


def displayed(editions: Iterable[Edition]) -> dict[str, str]:
    """Give the headlines that editions have shown, by address; of one shown twice, the later edition's."""
    shown: dict[str, str] = {}
    for edition in editions:
        cards = [card.headline for card in edition.cards]
        quoted = [extract.source for card in edition.cards for extract in card.summary]
        for reference in (*quoted, *(mention.headline for mention in edition.also_seen), *cards):
            if reference.url:
                shown[reference.url] = reference.title
    return shown


def notice(text: str) -> str:
    """Give the sentences with which a text (a line a paragraph) says that it was corrected; empty where it does not."""
    for paragraph in text.split("\n"):
        told = sentences(plain(paragraph))
        for place, sentence in enumerate(told):
            if _NOTICE.search(sentence):
                return shorten(" ".join(told[place : place + 2]), CHARACTERS)
    return ""


def _told(one: Changed, before: str | None) -> Correction | None:
    if before is None:
        return None
    if one.gone:
        return Correction(kind="withdrawn", headline=_reference(one, before, None), before=before, story=one.story)
    said = notice(f"{one.title}\n{one.body}")
    note = said if said != notice(f"{one.title_before}\n{one.body_before}") else ""
    if not note and _words(one.title) == _words(one.title_before):
        return None
    headline = _reference(one, shorten(plain(one.title), HEADLINE), safe_link(one.url))
    return Correction(kind="corrected", headline=headline, before=before, note=note, story=one.story)


def _reference(one: Changed, title: str, url: str | None) -> Reference:
    return Reference(
        title=title, url=url, outlet=plain(one.outlet_title), language=one.language, state_media=one.state_media
    )


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", plain(title).casefold())
