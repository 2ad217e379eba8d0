"""From addresses of articles to the pattern that they share, piece by piece of their paths."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

ENOUGH = 0.9
"""Share of the addresses that the pattern must cover; the rest is other than articles."""
MOST_FORMS = 3

LIKE_AN_ARTICLE = re.compile(
    r"/[^/?]*(?:[^/?-]+-){3,}[^/?]*/?$|/[^/?]*\d{5,}[^/?]*/?$|/\d{4}/\d{1,2}/[^?]+$|\?(?:id|p)=\d+$"
)
"""A slug of four words, a long number, a date, an id."""

OTHER_KINDS = re.compile(
    r"^/?(?:videos?|fotos?|photos?|galler(?:y|ies)|galeri|pictures?|in-pictures|podcasts?|infografi[ks]a?|live|tags?|topi[ck]s?|authors?|penulis|"
    r"category|kategori|search|cari|about|tentang|redaksi|contact|kontak|privacy|indeks|login|advertorial|sponsored)$",
    re.IGNORECASE,
)
"""First pieces of paths that lead to something other than an article's text."""

SLUGS = (
    (r"\d+-[a-z0-9-]+", r"\d+-[a-z0-9-]+"),
    (r"[a-z0-9-]+-\d{3,}", r"[a-z0-9-]+-\d+"),
    (r"[a-z]+-\d+", r"[a-z]+-\d+"),
    (r"[a-z0-9]+(?:-[a-z0-9]+)+", r"[a-z0-9]+(?:-[a-z0-9]+)+"),
    (r"[a-z0-9-]+", r"[a-z0-9-]+"),
    (r"[\w-]+", r"[\w-]+"),
)
"""Forms of a path's last piece: what all must match, and what the pattern says; the first that fits is taken."""

PIECES = ((r"\d{4}", r"\d{4}"), (r"\d{2}", r"\d{2}"), (r"\d{1,2}", r"\d{1,2}"), (r"\d+", r"\d+"), (r"[a-z]+", "[a-z]+"),
          (r"[a-z-]+", "[a-z-]+"), (r"[a-z0-9-]+", "[a-z0-9-]+"))  # fmt: skip


def likely(addresses: Iterable[str]) -> list[str]:
    """Choose the addresses that look like articles', where no feed says which are."""
    return [url for url in addresses if LIKE_AN_ARTICLE.search(url) and not is_other_kind(url)]


def is_other_kind(url: str) -> bool:
    """Tell addresses of videos, tags and the like by the first piece of their path."""
    return bool(OTHER_KINDS.match(next(iter(_pieces(url)), "")))


def common(addresses: Collection[str]) -> list[str]:
    """Leave out addresses whose form is rare among them, and those of other kinds."""
    wanted = [url for url in addresses if not is_other_kind(url)]
    forms = Counter(_form(url) for url in wanted)
    kept: set[tuple[int, bool]] = set()
    for form, count in forms.most_common(MOST_FORMS):
        if kept and count == 1:
            break
        if sum(forms[one] for one in kept) < ENOUGH * len(wanted):
            kept.add(form)
    return [url for url in wanted if _form(url) in kept]


def pattern_of(addresses: Collection[str]) -> str:
    """Give a regular expression (`re.match` on the whole address) of addresses that share a form, or a few."""
    by_form: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for url in common(addresses):
        by_form[_form(url)].append(url)
    paths = list(dict.fromkeys(_path(urls) for urls in by_form.values()))
    path = paths[0] if len(paths) == 1 else f"(?:{'|'.join(paths)})"
    return f"https?://{_hosts({urlsplit(url).netloc for url in addresses})}{path}"


def exclusions(pattern: str, links: Iterable[str]) -> tuple[str, ...]:
    """Give patterns of links on the site that match an article's address but lead to other kinds of pages."""
    firsts = sorted({_pieces(url)[0] for url in links if re.match(pattern, url) and is_other_kind(url)})
    return tuple(f"/{re.escape(first)}/" for first in firsts)


def _form(url: str) -> tuple[int, bool]:
    """Tell forms of addresses apart: how many pieces, and whether a query chooses the article."""
    return len(_pieces(url)), bool(urlsplit(url).query)


def _pieces(url: str) -> list[str]:
    return [piece for piece in urlsplit(url).path.split("/") if piece]


def _hosts(netlocs: set[str]) -> str:
    names = sorted(re.escape(netloc) for netloc in netlocs)
    if len(names) == 2 and names[1] == rf"www\.{names[0]}":  # noqa: PLR2004
        return rf"(?:www\.)?{names[0]}"
    return names[0] if len(names) == 1 else f"(?:{'|'.join(names)})"


def _path(urls: Sequence[str]) -> str:
    """Give the pattern of paths of one form, with the query that chooses the article, else any query."""
    rows = list(zip(*(_pieces(url) for url in urls), strict=True))
    *before, last = rows or [()]
    told = [_piece(column) for column in before]
    slug, ending = _last(last, alone=not any(re.search(r"\d", piece) for piece in told))
    keys = {tuple(key for key, _ in parse_qsl(urlsplit(url).query)) for url in urls}
    if len(keys) == 1 and (names := next(iter(keys))):
        return "/" + "/".join([*told, slug + ending]) + r"\?" + "&".join(rf"{re.escape(name)}=[\w-]+" for name in names)
    return "/" + "/".join([*told, slug + ending]) + ("" if ending else "/?") + r"(?:\?.*)?$"


def _piece(column: Sequence[str]) -> str:
    """Give the pattern of one piece: itself where it is always the same."""
    if len(set(column)) == 1 and not column[0].isdecimal():
        return _literal(column[0])
    return next((told for form, told in PIECES if all(re.fullmatch(form, piece) for piece in column)), "[^/?]+")


def _literal(text: str) -> str:
    """Escape what must be, and hyphens, which need not, never."""
    return re.escape(text).replace(r"\-", "-")


def _last(column: Sequence[str], *, alone: bool) -> tuple[str, str]:
    """Give the pattern of the last piece and its ending (`.html`); one that stands alone needs three words, as sections have fewer."""
    endings = {match[0] if (match := re.search(r"\.[a-z]{2,5}$", piece)) else "" for piece in column}
    ending = next(iter(endings)) if len(endings) == 1 else ""
    bare = [piece.removesuffix(ending) for piece in column]
    if len(bare) > 1 and len(set(bare)) == 1:
        return _literal(bare[0]), re.escape(ending)
    if all(piece.isdecimal() for piece in bare):
        return r"\d+", re.escape(ending)
    slug = next((told for form, told in SLUGS if all(re.fullmatch(form, piece) for piece in bare)), r"[^/?]+")
    if alone and slug == SLUGS[3][1] and all(piece.count("-") > 1 for piece in bare):
        slug = r"[a-z0-9]+(?:-[a-z0-9]+){2,}"
    return slug, re.escape(ending)
