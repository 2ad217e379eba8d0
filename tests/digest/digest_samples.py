"""Stories, articles and editions for the digest's tests: invented, but as the outlets would tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from processing.digest.edition import build
from processing.digest.links import links
from processing.model import (
    Attribution,
    Correction,
    Coverage,
    Edition,
    Entity,
    Match,
    OutletProblem,
    ProblemKind,
    Reference,
    Series,
    Story,
    StoryArticle,
    TopicTag,
)

CUTOFF = datetime(2026, 11, 21, 23, tzinfo=UTC)
"""Sunday 22 November 2026, 06:00 in Jakarta."""

PREVIOUS = CUTOFF - timedelta(days=1)
SENDER = "Meja Pantau <digest@pantau.example>"
WEB = "https://pantau.example"

LABELS = {
    "id": {
        "maritime": "Maritim",
        "nuclear_missile_wmd": "Nuklir dan rudal",
        "defence_policy_procurement_industry": "Kebijakan dan industri pertahanan",
        "exercises_deployments": "Latihan dan pengerahan",
        "armed_conflict": "Konflik bersenjata",
        "diplomacy": "Diplomasi",
        "cyber": "Siber",
    },
    "en": {
        "maritime": "Maritime",
        "nuclear_missile_wmd": "Nuclear and missiles",
        "defence_policy_procurement_industry": "Defence policy and industry",
        "exercises_deployments": "Exercises and deployments",
        "armed_conflict": "Armed conflict",
        "diplomacy": "Diplomacy",
        "cyber": "Cyber",
    },
}

USUAL = {
    "maritime": 4.0,
    "nuclear_missile_wmd": 2.5,
    "defence_policy_procurement_industry": 3.0,
    "exercises_deployments": 2.0,
    "armed_conflict": 4.5,
    "diplomacy": 1.0,
    "cyber": 0.4,
}

OUTLETS = {
    "kontan": ("Kontan", "kompas-gramedia", False, "www.kontan.co.id"),
    "kompas": ("Kompas", "kompas-gramedia", False, "www.kompas.com"),
    "detik": ("Detik", "ct-corp", False, "news.detik.com"),
    "cnn_indonesia": ("CNN Indonesia", "ct-corp", False, "www.cnnindonesia.com"),
    "sindonews": ("SINDOnews", "mnc", False, "nasional.sindonews.com"),
    "antara": ("Antara", "antara", True, "www.antaranews.com"),
    "bbc": ("BBC News", "bbc", False, "www.bbc.com"),
    "defense_news": ("Defense News", "sightline", False, "www.defensenews.com"),
    "naval_news": ("Naval News", "naval-news", False, "www.navalnews.com"),
}

COUNTRIES = {"bbc": "GB", "defense_news": "US", "naval_news": "FR"}

_ids = count(1)


def series(language: str = "id", **changes: object) -> Series:
    """Make a desk's series."""
    title = {"id": "Meja Pertahanan & Geopolitik", "en": "Defence & Geopolitics Desk"}[language]
    return Series(**{"name": "pertahanan", "title": title, "language": language, "id": 1} | changes)


def tag(topic: str, *terms: str, score: float = 0.8) -> TopicTag:
    """Make a topic that these terms speak for, found in the title."""
    evidence = tuple(Match(term=term, place="title", weight=1.0) for term in terms)
    return TopicTag(topic=topic, parent=None, score=score, evidence=evidence)


def country(code: str, label: str, mentions: int = 3) -> Entity:
    """Make a country."""
    return Entity(id=code, kind="country", label=label, mentions=mentions)


def body_named(id_: str, label: str, mentions: int = 2) -> Entity:
    """Make an organisation."""
    return Entity(id=id_, kind="organisation", label=label, mentions=mentions)


def article(
    outlet: str,
    title: str,
    *paragraphs: str,
    id_: int | None = None,
    hours: float = 3,
    language: str = "id",
    topics: tuple[TopicTag, ...] = (),
    entities: tuple[Entity, ...] = (),
    sources: tuple[str, ...] = (),
    wire: bool = False,
    duplicate_of: int | None = None,
    url: str | None = None,
) -> StoryArticle:
    """Make an article that was first seen some hours before CUTOFF."""
    name, group, state, host = OUTLETS[outlet]
    number = id_ if id_ is not None else next(_ids)
    seen = CUTOFF - timedelta(hours=hours)
    return StoryArticle(
        article_id=number,
        url=url or f"https://{host}/read/{number}/" + "-".join(title.lower().split()[:5]),
        outlet=outlet,
        outlet_title=name,
        group=group,
        country=COUNTRIES.get(outlet, "ID"),
        state_media=state,
        title=title,
        paragraphs=paragraphs,
        language=language,
        first_seen_at=seen,
        published_at=seen - timedelta(minutes=20),
        duplicate_of=duplicate_of,
        score=0.9,
        topics=topics,
        entities=entities,
        sources=tuple(Attribution(source=source, evidence=f"({source})", wire_copy=wire) for source in sources),
    )


def story(id_: int, *articles: StoryArticle, shown: tuple[int, ...] = ()) -> Story:
    """Make a story, its articles in the order they came."""
    return Story(id=id_, articles=tuple(sorted(articles, key=lambda one: one.first_seen_at)), shown=frozenset(shown))


def natuna() -> Story:
    """Give a new story of several newsrooms, an official source among them, in both languages."""
    topics = (tag("maritime", "kapal penjaga pantai", "ZEE", "Natuna"),)
    names = (
        body_named("bakamla", "Bakamla", 4),
        country("ID", "Indonesia"),
        body_named("kn-tanjung-datu", "KN Tanjung Datu", 1),
    )
    return story(
        101,
        article(
            "antara",
            "Bakamla usir kapal penjaga pantai asing dari ZEE utara Natuna",
            "Badan Keamanan Laut menyatakan kapal itu bertahan 14 jam sebelum bergerak ke utara.",
            id_=1011, hours=9, topics=topics, entities=names, sources=("Bakamla",),
        ),
        article(
            "kompas",
            "Kapal penjaga pantai asing bertahan 14 jam di ZEE utara Natuna",
            "Kapal penjaga pantai berbendera asing bertahan selama 14 jam di zona ekonomi eksklusif Indonesia sebelum dibayangi KN"
            " Tanjung Datu ke luar batas. Kementerian Luar Negeri memanggil duta besar negara itu pada Sabtu malam.",
            "Laksda TNI Irvan menyebut insiden itu yang kedua dalam sepekan.",
            id_=1012, hours=1.8, topics=topics, entities=names,
        ),
        article(
            "kontan",
            "Insiden ZEE Natuna, Kemlu panggil duta besar",
            "Kementerian Luar Negeri memanggil duta besar setelah kapal penjaga pantai memasuki ZEE.",
            id_=1013, hours=1.5, topics=topics, sources=("Reuters",),
        ),
        article(
            "naval_news",
            "Indonesian patrol ship shadows foreign coast guard cutter north of Natuna",
            "The Indonesian Maritime Security Agency said the cutter left its exclusive economic zone after 14 hours.",
            id_=1014, hours=1, language="en", topics=(tag("maritime", "coast guard", "exclusive economic zone"),), entities=names,
        ),
        article("detik", "Detik-detik kapal asing diusir dari Natuna", "Video dari KN Tanjung Datu memperlihatkan kapal itu.",
                id_=1015, hours=0.7, topics=topics),
    )  # fmt: skip


def missile() -> Story:
    """Give a new story that rests on one wire, whoever carries it."""
    topics = (tag("nuclear_missile_wmd", "rudal balistik", "Korea Utara", score=0.9),)
    names = (country("KP", "North Korea", 6), country("JP", "Japan", 2), country("KR", "South Korea", 2))
    return story(
        102,
        article("cnn_indonesia", "Korea Utara luncurkan dua rudal balistik ke Laut Timur",
                "Korea Utara meluncurkan dua rudal balistik jarak pendek ke arah Laut Timur pada Sabtu malam, kata Kepala Staf Gabungan"
                " Korea Selatan. Jepang meminta kapal-kapal menjauhi serpihan.",
                id_=1021, hours=6, topics=topics, entities=names, sources=("Yonhap",), wire=True),
        article("sindonews", "Dua rudal Korut jatuh di Laut Timur", "Dua rudal balistik Korea Utara jatuh di luar ZEE Jepang.",
                id_=1022, hours=5.5, topics=topics, entities=names, sources=("Yonhap",)),
        article("bbc", "North Korea fires two short-range missiles, Seoul says",
                "North Korea has fired two short-range ballistic missiles into the sea off its east coast, South Korea's military says."
                " It is the first launch since Lt. Gen. Kim Yong Bok's visit to Moscow.",
                id_=1023, hours=5, language="en", topics=(tag("nuclear_missile_wmd", "missiles", "North Korea", score=0.9),), entities=names),
    )  # fmt: skip


def submarine() -> Story:
    """Give a new story told in English alone."""
    topics = (tag("defence_policy_procurement_industry", "submarine", "PT PAL", score=0.7),)
    return story(
        103,
        article("naval_news", "PT PAL cuts steel for Indonesia’s first Scorpène Evolved submarine in Surabaya",
                "Indonesian shipbuilder PT PAL cut the first steel for the Navy’s lead Scorpène Evolved submarine at its Surabaya yard on"
                " Saturday. The boat, with lithium-ion batteries, is to be delivered in 2032, two years later than the contract of 2024 set out.",
                id_=1031, hours=10, language="en", topics=topics, entities=(body_named("pt-pal", "PT PAL"), country("FR", "France"))),
    )  # fmt: skip


def budget() -> Story:
    """Give a story of the third day, with something new."""
    topics = (tag("defence_policy_procurement_industry", "anggaran pertahanan", "alutsista"),)
    names = (body_named("komisi-i", "Komisi I DPR", 4), body_named("kemhan", "Kementerian Pertahanan", 3))
    return story(
        104,
        article("kompas", "Komisi I DPR bahas anggaran alutsista 2027",
                "Komisi I DPR mulai membahas anggaran alutsista 2027 yang diajukan Kementerian Pertahanan sebesar Rp 187 triliun.",
                id_=1041, hours=54, topics=topics, entities=names),
        article("detik", "Fraksi-fraksi terbelah soal anggaran alutsista", "Tiga fraksi meminta rincian pinjaman luar negeri.",
                id_=1042, hours=30, topics=topics, entities=names),
        article("kontan", "Pengesahan anggaran alutsista 2027 ditunda ke 1 Desember",
                "Komisi I menunda pengesahan hingga 1 Desember karena rincian pinjaman luar negeri senilai US$ 4,1 miliar belum diserahkan."
                " Ketua Komisi menyebut tenggat itu terakhir.",
                id_=1043, hours=8, topics=topics, entities=names),
        article("sindonews", "DPR tunda anggaran alutsista", "Penundaan disepakati semua fraksi setelah rapat tertutup empat jam.",
                id_=1044, hours=7, topics=topics, entities=names),
        shown=(1041, 1042),
    )  # fmt: skip


def talks() -> Story:
    """Give a developing story, told in English."""
    topics = (tag("armed_conflict", "ceasefire", "Ukraine"), tag("diplomacy", "talks", score=0.6))
    names = (country("UA", "Ukraine", 5), country("RU", "Russia", 5))
    return story(
        105,
        article("bbc", "Ukraine and Russia to meet in Istanbul", "Delegations from Ukraine and Russia are to meet in Istanbul on Saturday.",
                id_=1051, hours=40, language="en", topics=topics, entities=names),
        article("bbc", "Istanbul talks end with prisoner exchange but no ceasefire",
                "Negotiators agreed to exchange 600 prisoners before 5 December, Turkish mediators said. No date was set for another round.",
                id_=1052, hours=4, language="en", topics=topics, entities=names),
        shown=(1051,),
    )  # fmt: skip


def small(id_: int, outlet: str, title: str, topic: str, language: str = "id", hours: float = 12) -> Story:
    """Give a new story of one short article."""
    lead = {
        "id": "Keterangan itu disampaikan pada Sabtu siang di hadapan wartawan.",
        "en": "Officials gave no further details on Saturday.",
    }
    return story(
        id_,
        article(
            outlet, title, lead[language], id_=id_ * 10, language=language, hours=hours, topics=(tag(topic, score=0.4),)
        ),
    )


def ordinary_stories() -> list[Story]:
    """Give a usual day."""
    return [
        natuna(),
        missile(),
        submarine(),
        budget(),
        talks(),
        small(106, "detik", "TNI AU dan RAAF gelar latihan Elang Ausindo di Kupang", "exercises_deployments"),
        small(107, "defense_news", "Manila signs for three more corvettes", "maritime", "en", 14),
        small(108, "sindonews", "BSSN peringatkan celah pada perangkat lunak pelabuhan", "cyber", hours=15),
        small(109, "antara", "Menhan terima kunjungan menteri pertahanan Australia", "diplomacy", hours=16),
    ]


COVERAGE = Coverage(
    articles=412,
    outlets=25,
    healthy=23,
    problems=(
        OutletProblem(outlet="Tempo", kind=ProblemKind.SILENT, usual=41.0),
        OutletProblem(outlet="Janes", kind=ProblemKind.FAILED, articles=2),
    ),
)


def ordinary(language: str = "id", **changes: object) -> Edition:
    """Give the edition of a usual day."""
    topics = {"topics": ("maritime", "defence_policy_procurement_industry", "nuclear_missile_wmd")}
    given = series(language, **topics | changes)
    return build(given, CUTOFF, PREVIOUS, ordinary_stories(), COVERAGE, labels=LABELS[language], usual=USUAL)


def web_links(edition: Edition):
    """Give the links of an edition that has pages on the web."""
    return links(edition.series, edition.cutoff, sender=SENDER, web_url=WEB)


CORRECTIONS = (
    Correction(
        kind="corrected",
        headline=Reference(
            title="Komisi I DPR bahas anggaran alutsista 2027 sebesar Rp 178 triliun",
            url="https://www.kompas.com/read/1041/komisi-i-dpr-bahas",
            outlet="Kompas",
            language="id",
        ),
        before="Komisi I DPR bahas anggaran alutsista 2027 sebesar Rp 187 triliun",
        note="Anggaran yang diajukan Kementerian Pertahanan sebesar Rp 178 triliun, bukan Rp 187 triliun.",
        story=104,
    ),
    Correction(
        kind="withdrawn",
        headline=Reference(
            title="Navy to lease two patrol aircraft, minister says",
            url=None,
            outlet="Naval News",
            language="en",
        ),
        before="Navy to lease two patrol aircraft, minister says",
    ),
)


def corrected(language: str = "id") -> Edition:
    """Give the edition of a usual day after which an outlet took something back."""
    return replace(ordinary(language), corrections=CORRECTIONS)


def busy(language: str = "id", stories: int = 60) -> Edition:
    """Give the edition of a day with this many stories, half of them of days before: fifteen are told in full."""
    scene = {
        "id": "Pernyataan itu dimuat dalam keterangan tertulis yang dibagikan kepada wartawan di Jakarta pada Sabtu siang. Pejabat yang"
        " menandatanganinya menolak merinci jadwal dan jumlah personel yang dikirim ke wilayah itu.",
        "en": "The statement was handed to reporters in the capital on Saturday. The official who signed it declined to give a"
        " timetable, or the number of people to be sent to the area.",
    }
    headlines = {
        "id": "Patroli bersama ke-{0} di perbatasan laut dimulai pekan depan",
        "en": "Joint patrol number {0} along the sea border to begin next week",
    }
    topics = tuple(LABELS[language])
    told = []
    for number in range(stories):
        headline = headlines[language].format(number + 1)
        old = article("bbc", f"Rencana patroli {number}", "Belum ada tanggal.", id_=60000 + number, hours=40)
        fresh = [
            article(outlet, headline, scene[language], id_=50000 + 10 * number + place, hours=2 + number / 9, language=language,
                    topics=(tag(topics[number % 7], "patroli bersama"),), entities=(country("ID", "Indonesia"), country("AU", "Australia")))
            for place, outlet in enumerate(("kompas", "antara", "sindonews", "naval_news", "bbc")[: 2 + number % 4])
        ]  # fmt: skip
        known = number % 2
        told.append(story(5000 + number, *([old] if known else []), *fresh, shown=(old.article_id,) if known else ()))
    return build(series(language), CUTOFF, PREVIOUS, told, COVERAGE, labels=LABELS[language], usual=USUAL)


def quiet(language: str = "id") -> Edition:
    """Give the edition of a day on which nothing happened."""
    coverage = Coverage(articles=96, outlets=25, healthy=25)
    return build(series(language), CUTOFF, PREVIOUS, [], coverage, labels=LABELS[language], usual=USUAL)


def broken(language: str = "id") -> Edition:
    """Give the edition of a day on which no outlet could be read."""
    problems = tuple(OutletProblem(outlet=title, kind=ProblemKind.UNREAD) for title, *_ in OUTLETS.values())
    coverage = Coverage(articles=0, outlets=len(problems), healthy=0, problems=problems)
    return build(series(language), CUTOFF, PREVIOUS, [], coverage, labels=LABELS[language])


HOSTILE_TITLES = (
    "<script>alert(1)</script> & \"kutipan\" 'tunggal' </h3><h1>Judul</h1>",
    "Panglima\r\nBcc: korban@example.org\r\n\r\n<b>isi</b>",
    "Baris\u2028terpisah\u2029dan\u0085lagi\x00nol\x1b[31m",
    "\u202eTNI-AL\u202c dan \u2066arah\u2069 yang \u200fterbalik",
    "Kapal " * 50,
)

HOSTILE_LINKS = (
    "javascript:alert(document.cookie)",
    "//jahat.example/x",
    'https://outlet.example/a"onmouseover="alert(1)',
    "https://user:secret@outlet.example/",
    "http://outlet.example/biasa?a=1&b=<x>",
)


def hostile_stories() -> list[Story]:
    """Give stories that try to get out of their place in a header, a line or an element."""
    name = Entity(id="rtl", kind="person", label="\u202e\u0639\u0628\u062f \u0627\u0644\u0644\u0647 <b>", mentions=3)
    topic = TopicTag(
        topic="<topic>", parent=None, score=1.0, evidence=(Match(term="<i>istilah</i>", place="title", weight=1.0),)
    )
    stories = [
        story(
            200 + place,
            article(
                "antara",
                title,
                f'<img src=x onerror=alert({place})> Kalimat pertama "tak tertutup. '
                + "{{ 7 * 7 }} {% raw %} kalimat. " * 20,
                id_=2000 + place,
                hours=2 + place,
                language="ar" if place == 3 else "id",
                topics=(topic,),
                entities=(name,),
                sources=("<u>Kantor berita</u>\r\nX-Header: 1",),
                url=url,
            ),
        )
        for place, (title, url) in enumerate(zip(HOSTILE_TITLES, HOSTILE_LINKS, strict=True))
    ]
    return [*stories, natuna()]


def hostile(language: str = "id") -> Edition:
    """Give the edition of hostile stories."""
    problems = (OutletProblem(outlet="<img src=x>", kind=ProblemKind.FAILED, sentences=("<script>",)),)
    coverage = Coverage(articles=6, outlets=2, healthy=1, problems=problems)
    edition = build(series(language), CUTOFF, PREVIOUS, hostile_stories(), coverage, labels=LABELS[language])
    first = edition.cards[0].headline
    taken_back = Correction(kind="corrected", headline=first, before="<b>lama</b> “", note="<script>alert(9)</script>")
    return replace(edition, corrections=(taken_back,))


def huge_stories(count: int = 60) -> list[Story]:
    """Give more stories than a mail may hold, with headlines and leads as long as they come, in a script of many bytes."""
    stories = []
    for number in range(count):
        headline = f"{number}: " + "Командование сообщило о новых учениях в северной части моря " * 2
        lead = (
            "Министерство обороны заявило, что корабли пробудут в районе ещё несколько дней, и отказалось назвать их число. "
            * 3
        )
        old = article("bbc", headline, "Раньше об этом не сообщалось.", id_=30000 + number, hours=40, language="ru")
        carriers = [
            article(
                outlet,
                headline,
                lead,
                id_=40000 + 10 * number + place,
                hours=3 + number / 10,
                language="ru",
                topics=(tag(f"topic_{number % 9}", "учения"),),
                entities=(body_named(f"{number}-a", "Северный флот"), body_named(f"{number}-b", "Генеральный штаб")),
                sources=("Интерфакс",),
            )
            for place, outlet in enumerate(OUTLETS)
        ]
        known = number % 2
        stories.append(
            story(3000 + number, *([old] if known else []), *carriers, shown=(old.article_id,) if known else ())
        )
    return stories


def huge(language: str = "id") -> Edition:
    """Give an edition that is too large for a mailbox."""
    coverage = Coverage(articles=4120, outlets=25, healthy=25)
    return build(series(language), CUTOFF, PREVIOUS, huge_stories(), coverage, labels=LABELS[language])


EDITIONS = {
    "normal": ordinary,
    "corrected": corrected,
    "busy": busy,
    "quiet": quiet,
    "broken": broken,
    "hostile": hostile,
    "huge": huge,
}
"""The editions that every rule of rendering is held against."""
