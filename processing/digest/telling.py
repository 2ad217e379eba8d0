"""The sentences of an edition as a whole: subject, lede, preheader, the state of the sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from processing.digest.plain import shorten, shorten_headline
from processing.digest.words import Words
from processing.model import Condition, Edition, OutletProblem, ProblemKind, Reference, Wording

SUBJECT = 65
"""Characters: what a phone shows of a subject."""

PREHEADER = (40, 90)
"""Characters that a mailbox shows beside the subject, at least and at most."""

MANY = 3
"""Times as many stories as the lede's topic has at most: three of fourteen say nothing of the day."""


class Lede(NamedTuple):
    """One sentence, with the headline that it leads to: the headline may be in another language."""

    words: str
    headline: Reference | None = None

    @property
    def stop(self) -> str:
        """The full stop that the sentence still needs."""
        return "" if self.headline is None or self.headline.title[-1:] in ".?!…" else "."

    def __str__(self) -> str:
        """Give the whole sentence."""
        return f"{self.words}{self.headline.title if self.headline else ''}{self.stop}"


def subject(edition: Edition, words: Words) -> str:
    """Lead with the fact: the first story's headline; on a day without stories, say that."""
    outlets = words.say("count.outlets", count=edition.coverage.outlets)
    if edition.cards and edition.condition is Condition.NORMAL:
        return shorten_headline(edition.cards[0].headline.title, SUBJECT)
    if edition.condition is Condition.BROKEN:
        return shorten(words.say("subject.broken", date=words.date(edition.cutoff, "date_short")), SUBJECT)
    return shorten(words.say("subject.quiet", outlets=outlets), SUBJECT)


def lede(edition: Edition, words: Words) -> Lede:
    """Give the mail in a sentence, from its facts: how many stories, on what, and the first of them."""
    if edition.condition is not Condition.NORMAL or not edition.cards:
        key = "lede.broken" if edition.condition is Condition.BROKEN else "lede.quiet"
        return Lede(words.say(key, since=_since(edition, words), **_counted(edition, words)))
    first = edition.cards[0].headline
    sentence = words.say(
        "lede.top",
        stories=_stories(edition, words),
        on_topic=_on_topic(edition, words),
        language=""
        if words.at_home(first.language)
        else words.say("lede.in_language", language=words.language_name(first.language)),
        headline="\0",
    )
    before, _, _ = sentence.partition("\0")
    return Lede(before[:1].upper() + before[1:], first)


def counts(edition: Edition, words: Words) -> str:
    """Give the line under the lede: 3 new · 9 developing · 412 articles from 23 outlets checked; what is none is left out."""
    told = {"masthead.new": edition.new_count, "masthead.developing": edition.developing_count}
    parts = [words.say(key, count=count) for key, count in told.items() if count]
    return " · ".join([*parts, words.say("masthead.read", **_counted(edition, words))])


def preheader(edition: Edition, words: Words) -> str:
    """Give what a mailbox shows after the subject: the second story, where there is one, and the counts."""
    least, most = PREHEADER
    if edition.condition is not Condition.NORMAL:
        return shorten(str(lede(edition, words)), most)
    if len(edition.cards) == 1:
        return shorten(counts(edition, words), most)
    second = words.say("preheader.also", headline=edition.cards[1].headline.title)
    return shorten(second if len(second) >= least else f"{second} · {counts(edition, words)}", most)


def health(edition: Edition, words: Words) -> str:
    """Say how many outlets are well."""
    coverage = edition.coverage
    if coverage.healthy == coverage.outlets:
        return words.say("sources.all_healthy")
    outlets = words.say("count.outlets", count=coverage.outlets)
    return words.say("sources.healthy", healthy=coverage.healthy, outlets=outlets)


def problems(edition: Edition, words: Words) -> list[str]:
    """Say what ails the outlets that are not well, those of which the same is to be said together."""
    together: dict[OutletProblem, list[str]] = {}
    for problem in edition.coverage.problems:
        together.setdefault(replace(problem, outlet="", sentences=()), []).append(problem.outlet)
    return [
        " ".join(_problem(replace(problem, outlet=words.listed(outlets)), edition.cutoff, words))
        for problem, outlets in together.items()
    ]


def caption(edition: Edition, words: Words) -> str:
    """Say what the coverage table counts."""
    last = len(edition.carriers[0].counts) if edition.carriers else 0
    return words.say("coverage.caption", last=last) if last > 1 else words.say("coverage.caption_one")


def trend_caption(edition: Edition, words: Words) -> str:
    """Say what the trend counts."""
    known = any(line.usual is not None for line in edition.trend)
    return words.say("trend.caption_usual" if known else "trend.caption", moment=words.time(edition.cutoff))


def why_received(edition: Edition, words: Words) -> str:
    """Say why the reader gets this mail."""
    if edition.topics:
        return words.say("footer.because_topics", topics=", ".join(edition.topics))
    return words.say("footer.because_all", series=edition.series.title)


def own_words(edition: Edition, words: Words) -> str:
    """Say whose words headlines and extracts are in."""
    worded = any(extract.wording is not Wording.OWN for card in edition.cards for extract in card.summary)
    return words.say("footer.own_words_but" if worded else "footer.own_words")


def _problem(problem: OutletProblem, cutoff: datetime, words: Words) -> Iterator[str]:
    articles = words.say("count.articles", count=problem.articles)
    moment = words.moment(problem.since, cutoff) if problem.since else ""
    told = words.say(f"sources.{problem.kind}", outlet=problem.outlet, articles=articles, moment=moment)
    if problem.usual is None or problem.kind is ProblemKind.UNREAD:
        yield f"{told}."
    else:
        yield f"{told} ({words.say('sources.usual', count=round(problem.usual))})."


def _counted(edition: Edition, words: Words) -> dict[str, str]:
    coverage = edition.coverage
    return {
        "articles": words.say("count.articles", count=coverage.articles),
        "outlets": words.say("count.outlets", count=coverage.outlets),
    }


def _since(edition: Edition, words: Words) -> str:
    if edition.previous_cutoff is None:
        return words.say("lede.since_ever")
    return words.say("lede.since", moment=words.moment(edition.previous_cutoff, edition.cutoff))


def _stories(edition: Edition, words: Words) -> str:
    new, developing = edition.new_count, edition.developing_count
    tell = {"new": words.say("lede.new", count=new, number=words.spelled(new))}
    if not developing:
        return tell["new"]
    if not new:
        return words.say("lede.developing", count=developing, number=words.spelled(developing))
    tell["developing"] = words.say("lede.developing_too", count=developing, number=words.spelled(developing))
    return words.say("lede.both", **tell)


def _on_topic(edition: Edition, words: Words) -> str:
    """Name the topic of most stories, where it is that of two or more and of a third of them, and not of all."""
    topic, count = edition.main_topic or ("", 0)
    stories = edition.new_count + edition.developing_count
    if not (1 < count < stories <= MANY * count):
        return ""
    inside = topic if topic[:2].isupper() else topic[:1].lower() + topic[1:]
    return words.say("lede.on_topic", count=count, number=words.spelled(count), topic=inside)
