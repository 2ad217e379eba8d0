"""What a card says of a story, in the articles' own sentences: the lead, or what is new since the last edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from processing.digest import choosing
from processing.digest.plain import plain, safe_link, shorten
from processing.digest.sentences import sentences
from processing.model import Extract, Reference, StoryArticle

CHARACTERS = 300
"""Of an article, at most: the limit that we keep for what we quote."""

SENTENCES = 2
HEADLINE = 160
"""Characters of a headline; real ones stay under 120."""

LEAD = 100
"""Characters of text under which an article has no lead to speak of (a feed's stub, a caption)."""

NEW_SHARE = 0.5
"""Share of a sentence's words that readers must not yet have seen for it to tell something new.

On pairs of articles of one story in the Indonesian story corpus, so measured, 79% of later days' articles tell something
new, 61% of the same day's, and 100% of articles of other stories; at 0.6: 57%, 38% and 100%.
"""

NEW_WORDS = 4
"""And their number at least; of names and numbers, NEW_NAMES."""
NEW_NAMES = 2

LOOKED_AT = 3
"""Sentences of an article that are weighed: news stands at the top."""

SEARCHED = 5
"""Sentences among which something new is looked for: an opening repeats what the story is about.

Against all earlier articles of a story of that corpus (163 articles), 73% of a later day's and 43% of the same day's tell something new; among the first
three sentences 49% and 32%.
"""

OTHERS = 12
"""Other articles of a story that are read for what they tell, the earliest: a great story has hundreds."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*")
_NAME = re.compile(r"(?<=[^.!?…\s] )[\"“'(]*([A-Z][^\W_]{2,})|(\d[\d.,]*)")


def reference(article: StoryArticle) -> Reference:
    """Give what a reader needs to go to an article."""
    return Reference(
        title=shorten(plain(article.title), HEADLINE),
        url=safe_link(article.url),
        outlet=plain(article.outlet_title),
        language=article.language,
        state_media=article.state_media,
    )


def best(articles: Sequence[StoryArticle], language: str) -> StoryArticle:
    """Choose the article that tells the story: in the readers' language, with a lead, its own reporting, the earliest."""
    return min(articles, key=_preference(language))


def _preference(language: str) -> Callable[[StoryArticle], tuple[Any, ...]]:
    return lambda article: (
        article.language != language,
        article.duplicate_of is not None,
        len(" ".join(article.paragraphs)) < LEAD,
        any(source.wire_copy for source in article.sources),
        article.state_media,
        article.first_seen_at,
        article.published_at or article.first_seen_at,
        -len(article.paragraphs[0] if article.paragraphs else ""),
        article.article_id,
    )


def lead(article: StoryArticle) -> tuple[Extract, ...]:
    """Quote the article's first sentences, without one that only repeats the headline."""
    title = _words(article.title)
    told = [text for text in _opening(article) if not _words(text) <= title]
    return _extracts([(text, article) for text in told])


def telling(article: StoryArticle, articles: Sequence[StoryArticle]) -> tuple[Extract, ...]:
    """Quote what the story's other newsrooms tell too, beside the headline; of an article that stands alone, the lead.

    `articles` are the story's. Copies, sister papers and articles in another language do not speak for a word.
    """
    others = [
        f"{other.title} {' '.join(other.paragraphs)}"
        for other in articles
        if other.group != article.group and other.duplicate_of is None and other.language == article.language
    ]
    if not others:
        return lead(article)
    weighed = choosing.weights(others[:OTHERS])
    opening = list(islice(_sentences_of(article), choosing.LOOKED_AT))
    told = choosing.choose(article.title, opening, weighed, room=CHARACTERS, most=SENTENCES)
    return _extracts([(text, article) for text in told]) or lead(article)


def changes(unshown: Sequence[StoryArticle], shown: Sequence[StoryArticle], language: str) -> tuple[Extract, ...]:
    """Quote what later articles say that earlier ones did not; empty where that is nothing.

    The best article with something new speaks first. Sentences are weighed by the share of their words that no shown
    article has; against articles in another language only their names and numbers are compared. Copies tell nothing new,
    and a sentence that leans on another is not quoted without it.
    """
    known = _Known(shown)
    told: list[tuple[str, StoryArticle]] = []
    for article in sorted(unshown, key=_preference(language)):
        before = ""
        for text in islice(_sentences_of(article), SEARCHED) if article.duplicate_of is None else ():
            stands = not (before and choosing.leans(text)) or (before, article) in told[-1:]
            before = text
            if stands and known.lacks(text, article.language) and not any(_alike(text, other) for other, _ in told):
                told.append((text, article))
            if len(told) == SENTENCES:
                return _extracts(told)
    return _extracts(told)


def _opening(article: StoryArticle) -> list[str]:
    return list(islice(_sentences_of(article), LOOKED_AT))


def _sentences_of(article: StoryArticle) -> Iterator[str]:
    for paragraph in article.paragraphs:
        yield from sentences(plain(paragraph))


def _extracts(chosen: Sequence[tuple[str, StoryArticle]]) -> tuple[Extract, ...]:
    """Take sentences while they fit; the first is cut to fit."""
    taken: list[Extract] = []
    room = CHARACTERS
    for text, article in chosen[:SENTENCES]:
        if taken and len(text) + 1 > room:
            break
        taken.append(Extract(text=shorten(text, room), source=reference(article)))
        room -= len(taken[-1].text) + 1
    return tuple(taken)


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _names(text: str) -> set[str]:
    return {(name or number).lower() for name, number in _NAME.findall(text)}


def _alike(text: str, other: str) -> bool:
    words, others = _words(text), _words(other)
    return 2 * len(words & others) >= min(len(words), len(others))


class _Known:
    """What readers know from articles that were shown: the words, or the names and numbers, by language, each read once."""

    def __init__(self, shown: Sequence[StoryArticle]) -> None:
        self._shown = shown
        self._by_language: dict[str, tuple[Callable[[str], set[str]], int, set[str]]] = {}

    def lacks(self, sentence: str, language: str) -> bool:
        """Tell whether a sentence in a language says something that they do not know."""
        if language not in self._by_language:
            self._by_language[language] = self._read(language)
        facts, enough, known = self._by_language[language]
        told = facts(sentence)
        fresh = told - known
        return len(fresh) >= enough and len(fresh) >= NEW_SHARE * len(told)

    def _read(self, language: str) -> tuple[Callable[[str], set[str]], int, set[str]]:
        same = [article for article in self._shown if article.language == language]
        facts, enough = (_words, NEW_WORDS) if same else (_names, NEW_NAMES)
        told = " ".join(f"{article.title} . {' '.join(article.paragraphs)}" for article in same or self._shown)
        return facts, enough, facts(told)
