"""Headlines: told from the several that a page gives, without the site's name behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from processing.cleaning.text import likeness, tidy, words

SEPARATOR = re.compile(r"\s+(?:[|/–—·•»:]|::|-{1,2})\s+")
QUOTES = re.compile(r"[\"'‘’‚“”„«»´`]")
PREFIX = re.compile(r"^[\w.&' -]{2,40}:\s+")
OPENING = re.compile(r"^[^|–—·•»]{2,40}?\s+(?:[|–—·•»]|-)\s+")
DOMAIN = re.compile(r"(?:com|coid|co|net|org)$")
LONGEST_LABEL = 10
"""Letters of a label that a page joins to its headline."""
LONGEST_SITE = 40
"""Characters; what stands behind a separator and is longer is part of the headline."""


def headline(said: Sequence[str], shown: Sequence[str], window: str, sites: Iterable[str]) -> str:
    """Choose the headline among what structured data gives (`said`, best first), what `h1` elements show and the window's title.

    `sites` are names of the outlet (publisher, host). An `h1` must share most words with another source: pages
    also mark their section so.
    """
    names = {_key(site) for site in sites if _key(site)}
    told = [title for title in (without_site(tidy(one), names) for one in said) if title]
    window = without_site(tidy(window), names)
    seen = _headings([without_site(tidy(one), names) for one in shown], [*told, window])
    if label := next((title for title in told if seen and _is_labelled(seen[0], title)), ""):
        return label
    for title in [*seen, *reversed(told)]:
        if agreeing := [other for other in (*seen, *told) if other is not title and _key(other) == _key(title)]:
            return _spelling(title, agreeing)
    for title in seen[:1]:
        return next((other for other in told if len(_key(other)) > 10 and _key(title).endswith(_key(other))), title)  # noqa: PLR2004
    return next(iter([*told, window]), "")


def _is_labelled(shown: str, title: str) -> bool:
    """Say whether an `h1` is `title` behind a label such as "Opinion"."""
    label = len(_key(shown)) - len(_key(title))
    return 0 < label <= LONGEST_LABEL < len(_key(title)) and _key(shown).endswith(_key(title))


def _headings(shown: Sequence[str], told: Sequence[str]) -> list[str]:
    """Give the `h1` texts that are headlines: sections and logos share few words with what is told elsewhere."""
    heard = [words(title) for title in told if title]
    shown = [title for title in dict.fromkeys(shown) if len(title) > 3]  # noqa: PLR2004
    alike = [title for title in shown if any(likeness(words(title), other) >= 0.5 for other in heard)]  # noqa: PLR2004
    return alike or [title for title in shown if len(shown) == 1 and (not heard or len(title.split()) > 3)]  # noqa: PLR2004


def _spelling(title: str, agreeing: Sequence[str]) -> str:
    """Give `title` as it is shown, unless the others agree that a space or mark is missing (as where a kicker was joined on)."""
    common = max(agreeing, key=agreeing.count)
    if title.replace(" ", "") == common.replace(" ", "") or title == SEPARATOR.sub(" ", common):
        return common
    joined = len(agreeing) > 1 and agreeing.count(common) > 1 and QUOTES.sub("'", title) != QUOTES.sub("'", common)
    return common if joined else title


def site_names(url: str, publishers: Iterable[str]) -> list[str]:
    """Give the names that a page's site may go by: its publisher's, its host's, its domain's."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return [*(name for name in publishers if name), host, host.split(".")[0], ".".join(host.split(".")[-2:])]


def without_site(title: str, names: set[str]) -> str:
    """Drop the parts before or behind the headline that name the site (`names`: keys)."""
    while match := _last(title):
        tail = title[match.end() :]
        if len(tail) > LONGEST_SITE or not _names_site(tail, names):
            break
        title = title[: match.start()]
    for form in (PREFIX, OPENING):
        if (match := form.match(title)) and _key(match[0]) in names:
            title = title[match.end() :]
    return title.strip()


def _last(title: str) -> re.Match[str] | None:
    """Find the last separator."""
    return next(reversed(list(SEPARATOR.finditer(title))), None)


def _names_site(tail: str, names: set[str]) -> bool:
    """Say whether `tail` is a name of the site, or begins or ends with one (`Kompas.com Regional`)."""
    key = _key(tail)
    return bool(key) and any(
        key == name
        or (len(name) > 3 and len(key) > 3 and (key.startswith(name) or name.startswith(key) or key.endswith(name)))  # noqa: PLR2004
        for name in names
    )


def _key(name: str) -> str:
    """Give a name or title as letters and digits alone, without a domain's ending."""
    return DOMAIN.sub("", re.sub(r"\W+", "", name.casefold()))
