"""What a card says of a story, in the articles' own sentences: what its newsrooms agree on, or the lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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

LOOKED_AT = 3
"""Sentences of an article that are weighed: news stands at the top."""

OTHERS = 12
"""Other articles of a story that are read for what they tell, the earliest: a great story has hundreds."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d(?:[\d.,]*\d)?")


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
        *kind(article, language),
        article.first_seen_at,
        article.published_at or article.first_seen_at,
        -len(article.paragraphs[0] if article.paragraphs else ""),
        article.article_id,
    )


def kind(article: StoryArticle, language: str) -> tuple[bool, ...]:
    """Give what speaks against letting an article tell a story, whenever it came; sorted, the best come first."""
    return (
        article.language != language,
        article.duplicate_of is not None,
        len(" ".join(article.paragraphs)) < LEAD,
        any(source.wire_copy for source in article.sources),
        article.state_media,
    )


def lead(article: StoryArticle) -> tuple[Extract, ...]:
    """Quote the article's first sentences, without one that only repeats the headline."""
    return extracts([(text, article) for text in _leading(article.title, article.paragraphs)])


def opening(title: str, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Give what may be kept of a text when it is let go itself: its lead, as it is quoted; of what is left, all is.

    Where every sentence at the top only repeats the headline, the first of these are.
    """
    told = _leading(title, paragraphs) or list(islice(_sentences_in(paragraphs), SENTENCES))
    return tuple(_fitting(told[:SENTENCES]))


def _leading(title: str, paragraphs: Sequence[str]) -> list[str]:
    said = words_in(title)
    return [text for text in islice(_sentences_in(paragraphs), LOOKED_AT) if not words_in(text) <= said]


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
    top = list(islice(sentences_of(article), choosing.LOOKED_AT))
    told = choosing.choose(article.title, top, weighed, room=CHARACTERS, most=SENTENCES)
    return extracts([(text, article) for text in told]) or lead(article)


def sentences_of(article: StoryArticle) -> Iterator[str]:
    """Give an article's sentences, plain."""
    return _sentences_in(article.paragraphs)


def _sentences_in(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from sentences(plain(paragraph))


def extracts(chosen: Sequence[tuple[str, StoryArticle]]) -> tuple[Extract, ...]:
    """Take sentences while they fit; the first is cut to fit."""
    fitting = _fitting(text for text, _ in chosen[:SENTENCES])
    return tuple(
        Extract(text=text, source=reference(article)) for text, (_, article) in zip(fitting, chosen, strict=False)
    )


def _fitting(texts: Iterable[str]) -> Iterator[str]:
    room = CHARACTERS
    for text in texts:
        if room < CHARACTERS and len(text) + 1 > room:
            return
        fitted = shorten(text, room)
        yield fitted
        room -= len(fitted) + 1


def words_in(text: str) -> set[str]:
    """Give the words of four letters or more and the numbers of a text, in lower case."""
    return {word.lower() for word in _WORD.findall(text)}
