"""A store for benchmarks/digest.py: made-up articles joined to stories, series of different topics, and their readers."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta

from processing.model import (
    Article,
    Attribution,
    Entity,
    Evidence,
    Judgement,
    Match,
    Outlet,
    Ownership,
    Series,
    TopicTag,
)
from processing.store import Connection, articles, judgements, outlets, readers, stories
from processing.store.series import save_series
from processing.topics.taxonomy import taxonomy

SYLLABLES = [
    "ba",
    "be",
    "da",
    "ka",
    "ke",
    "la",
    "li",
    "ma",
    "me",
    "na",
    "ni",
    "pa",
    "pe",
    "ra",
    "ri",
    "sa",
    "se",
    "ta",
    "te",
    "tu",
    "wa",
    "ya",
]
OUTLETS = 25
PLACES = ("ID", "CN", "US", "PH", "AU", "JP", "KR", "KP", "RU", "UA")


def fill(connection: Connection, *, of_articles: int, of_stories: int, cutoff: datetime) -> None:
    """Keep articles of 3 days, judged and joined: most stories small, a few with dozens of articles."""
    chance = random.Random(6)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(4000)]
    names = [f"warta_{number}" for number in range(OUTLETS)]
    outlets.declare(connection, [_outlet(name) for name in names])
    topics = [code for code, topic in taxonomy().topics.items() if topic.parent is None]
    begun: list[tuple[int, Judgement]] = []
    for number in range(of_articles):
        seen = cutoff - timedelta(hours=72) * (1 - number / of_articles) - timedelta(minutes=1)
        if len(begun) < of_stories and number % max(1, of_articles // of_stories) == 0:
            begun.append((stories.begin(connection, seen), _judgement(chance, topics, words)))
        story, judgement = begun[int(len(begun) * chance.betavariate(3, 1))]
        name = chance.choice(names)
        article = Article(
            url=f"https://{name}.example/{number}",
            title=_text(chance, words, 9),
            paragraphs=tuple(_text(chance, words, 45) for _ in range(6)),
            published_at=seen - timedelta(minutes=20),
        )
        revision, _ = articles.keep(connection, name, article, [], reader="benchmark", seen_at=seen)
        judgements.keep(connection, revision, judgement)
        id_ = articles.ids(connection, [article.url])[article.url]
        stories.join(connection, id_, story, at=seen, duplicate_of=None, score=1.0, by="benchmark")


def subscribe(connection: Connection, *, of_readers: int, of_series: int, cutoff: datetime) -> list[Series]:
    """Keep series of one to four topics each, all due at the cut-off, and share the readers out among them."""
    chance = random.Random(7)
    topics = [code for code, topic in taxonomy().topics.items() if topic.parent is None]
    local = cutoff + timedelta(hours=7)
    kept = [
        save_series(
            connection,
            Series(
                name=f"set-{number}",
                title=f"Meja {number}",
                topics=tuple(sorted(chance.sample(topics, chance.randint(1, 4)))),
                send_at=time(local.hour, local.minute),
            ),
        )
        for number in range(of_series)
    ]
    for number in range(of_readers):
        name = kept[number % of_series].name
        readers.add_reader(connection, f"pembaca{number}@b.example", name, consent_source="benchmark", as_of=cutoff)
    return kept


def _outlet(name: str) -> Outlet:
    return Outlet(
        name=name,
        title=name.replace("_", " ").title(),
        country="ID",
        languages=("id",),
        group=name,
        ownership=Ownership.PRIVATE,
        timezone="Asia/Jakarta",
        hosts=(f"{name}.example",),
        listings=(),
        article=".",
        evidence=Evidence(verified=False, checked=datetime(2026, 11, 1).date()),  # noqa: DTZ001 - a day
    )


def _judgement(chance: random.Random, topics: list[str], words: list[str]) -> Judgement:
    tags = [
        TopicTag(
            topic=topic, parent=None, score=chance.random(), evidence=(Match(term=words[0], place="title", weight=1.0),)
        )
        for topic in chance.sample(topics, 2)
    ]
    places = [Entity(id=code, kind="country", label=code, mentions=2) for code in chance.sample(PLACES, 3)]
    sources = (Attribution(source="Reuters", evidence="(Reuters)", wire_copy=False),) if chance.random() < 0.2 else ()  # noqa: PLR2004
    return Judgement(
        language="id",
        relevant=True,
        score=0.9,
        topics=tuple(tags),
        entities=tuple(places),
        sources=sources,
        judged_by="benchmark",
    )


def _text(chance: random.Random, words: list[str], length: int) -> str:
    return " ".join(chance.choices(words, k=length)).capitalize() + "."
