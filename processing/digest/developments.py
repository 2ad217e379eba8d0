"""What later articles of a story tell that readers do not know yet, in the articles' own sentences.

Measured in `benchmarks/developments.py` (docs/summaries.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from processing.digest.choosing import leans
from processing.digest.summary import CHARACTERS, SENTENCES, extracts, kind, sentences_of, words_in
from processing.model import Extract, StoryArticle

NEW_SHARE = 0.5
"""Share of a sentence's words that readers must not yet have seen for its article to tell something new.

On pairs of articles of one story in the Indonesian story corpus, so measured, 79% of later days' articles tell something
new, 61% of the same day's, and 100% of articles of other stories; at 0.6: 57%, 38% and 100%.
"""

NEW_WORDS = 4
"""And their number at least; of names and numbers, NEW_NAMES."""
NEW_NAMES = 2

QUOTED_WORDS = 3
"""New words from which the opening of such an article is quoted, or a second sentence, whatever their share."""

HEADLINE_WORDS = 2
"""And new words of the headline from which it is the opening that tells what happened.

With 3 a fifth less of the news is told, because openings are passed over; with 0 or 1 as much as with 2, but some come that retell.
"""

SEARCHED = 5
"""Sentences among which something new is looked for: an opening repeats what the story is about.

Against all earlier articles of a story of that corpus (163 articles), 73% of a later day's and 43% of the same day's tell something new; among the first
three sentences 49% and 32%.
"""

READ = 24
"""Later articles that are asked for news, the best and latest: a great story has hundreds a day."""

_NAME = re.compile(r"(?<=[^.!?…\s] )[\"“'(]*([A-Z][^\W_]{2,})|(\d(?:[\d.,]*\d)?)")


@dataclass(frozen=True, slots=True)
class _News:
    """What an article tells that readers do not know: sentences, the new words of these and its headline, and those of all its top."""

    article: StoryArticle
    sentences: tuple[str, ...]
    told: frozenset[str]
    top: frozenset[str]


def changes(unshown: Sequence[StoryArticle], shown: Sequence[StoryArticle], language: str) -> tuple[Extract, ...]:
    """Quote what later articles say that earlier ones did not; empty where that is nothing.

    An article speaks that has a sentence of which half of the words are new; of several, the one whose news most of the
    others have too. Its opening is quoted where it tells something new, else the sentence that tells most; then, of the
    sentences that follow that one or speak of the headline, the one that adds most. Where the article has but one, another
    may add a second. Against articles in another language only names and numbers are compared. Copies tell nothing new,
    and a sentence that leans on another is not quoted without it.
    """
    known = _Known(shown)
    able = sorted((one for one in unshown if one.duplicate_of is None), key=lambda one: _rank(one, language))
    heard = [news for one in able[:READ] if (news := _news(one, known))]
    quoted: list[tuple[str, StoryArticle]] = []
    for news in sorted(heard, key=lambda news: _order(news, heard, language)):
        for text in news.sentences if not quoted else news.sentences[:1]:
            if not any(_alike(text, other) for other, article in quoted if article is not news.article):
                quoted.append((text, news.article))
    return extracts(quoted)


def _order(news: _News, heard: Sequence[_News], language: str) -> tuple[Any, ...]:
    """Give what sorts articles with news: how well they may speak, how much of their news others have, the latest first."""
    group = news.article.group
    agreed = sum(len(news.told & one.top) for one in heard if one.article.group != group)
    best, *rest = _rank(news.article, language)
    return best, -agreed, *rest


def _rank(article: StoryArticle, language: str) -> tuple[Any, ...]:
    return kind(article, language), -article.first_seen_at.timestamp(), article.article_id


def _news(article: StoryArticle, known: _Known) -> _News | None:
    """Give what an article tells that is new; None where no sentence that may be quoted is new by half."""
    top = list(islice(sentences_of(article), SEARCHED))
    headline = words_in(article.title)
    fresh = [known.lacking(text, article.language) for text in top]
    title = known.lacking(article.title, article.language)
    telling = [place for place, new in enumerate(fresh) if len(new) >= known.quoted(article.language)]
    opens = 0 in telling and len(title) >= HEADLINE_WORDS and not words_in(top[0]) <= headline
    opening = 0 if opens else None
    strong = [place for place in telling if known.is_new(top[place], article.language) and _stands(top, place, opening)]
    if not strong:
        return None
    first = 0 if opens else max(strong, key=lambda place: len(fresh[place] - headline))
    second = [
        place
        for place in telling
        if place > first
        and (place == first + 1 or words_in(top[place]) & headline)
        and _stands(top, place, first)
        and not _alike(top[place], top[first])
        and len(top[first]) + 1 + len(top[place]) <= CHARACTERS
    ]
    second.sort(key=lambda place: -len(fresh[place] - fresh[first] - headline))
    chosen = [first, *second][:SENTENCES]
    return _News(
        article,
        tuple(top[place] for place in chosen),
        title.union(*(fresh[place] for place in chosen)),
        title.union(*fresh),
    )


def _stands(top: Sequence[str], place: int, quoted: int | None) -> bool:
    """Tell whether a sentence may be quoted: it leans on none, or on the one that is quoted before it."""
    return place in (0, None if quoted is None else quoted + 1) or not leans(top[place])


def _names(text: str) -> set[str]:
    return {(name or number).lower() for name, number in _NAME.findall(text)}


def _alike(text: str, other: str) -> bool:
    words, others = words_in(text), words_in(other)
    return 2 * len(words & others) >= min(len(words), len(others))


class _Facts(NamedTuple):
    """How facts are found in a language, those that are known, and how many new ones make a sentence new, or worth quoting."""

    find: Callable[[str], set[str]]
    known: set[str]
    new: int
    quoted: int


class _Known:
    """What readers know from articles that were shown: the words, or the names and numbers, by language, each read once."""

    def __init__(self, shown: Sequence[StoryArticle]) -> None:
        self._shown = shown
        self._by_language: dict[str, _Facts] = {}

    def lacking(self, text: str, language: str) -> frozenset[str]:
        """Give what a text in a language says that they do not know."""
        facts = self._of(language)
        return frozenset(facts.find(text) - facts.known)

    def quoted(self, language: str) -> int:
        """Give how much of it a sentence needs to be quoted."""
        return self._of(language).quoted

    def is_new(self, sentence: str, language: str) -> bool:
        """Tell whether a sentence in a language says at least as much that they do not know as what they know."""
        facts = self._of(language)
        told = facts.find(sentence)
        fresh = len(told - facts.known)
        return fresh >= facts.new and fresh >= NEW_SHARE * len(told)

    def _of(self, language: str) -> _Facts:
        if language not in self._by_language:
            same = [article for article in self._shown if article.language == language]
            told = " ".join(f"{article.title} . {' '.join(article.paragraphs)}" for article in same or self._shown)
            self._by_language[language] = (
                _Facts(words_in, words_in(told), NEW_WORDS, QUOTED_WORDS)
                if same
                else _Facts(_names, _names(told), NEW_NAMES, NEW_NAMES)
            )
        return self._by_language[language]
