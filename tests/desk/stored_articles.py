"""Articles as the store holds them, for tests of what is done to stored ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawlers.outlets import OUTLETS
from processing import judging
from processing.model import Article
from processing.store import Connection, articles, judgements, outlets

FIRST_SEEN = datetime(2026, 11, 20, tzinfo=UTC)

TITLES = (
    "Bakamla Usir Kapal Asing dari Natuna",
    "Korut Uji Coba Rudal Balistik",
    "Mercusuar Tua di Lengkuas Dipugar",
    "Uni Eropa Jatuhkan Sanksi Baru kepada Rusia",
    "Pelatih Timnas Puji Lini Depan",
)
"""Of five articles, one an hour: the first, second and fourth are ours, the third becomes so with a topic of lighthouses."""

LIGHTHOUSES = """
[[topic]]
code = "lighthouses"
iptc = "medtop:20000602"
label = { id = "Mercusuar", en = "Lighthouses" }
strong.id = ["mercusuar", "tua", "lengkuas", "dipugar"]
"""


def keep_articles(connection: Connection, titles: tuple[str, ...] = TITLES) -> list[int]:
    """Keep one article of Kontan a title, judged by the rules of today; gives the revisions."""
    outlet = OUTLETS["kontan"]
    outlets.declare(connection, [outlet])
    kept = []
    for number, title in enumerate(titles):
        text = f"{title}, kata juru bicara.\nParagraf kedua nomor {number}."
        article = Article(url=f"https://kontan.example/{number}", title=title, paragraphs=tuple(text.split("\n")))
        seen_at = FIRST_SEEN + timedelta(hours=number)
        revision, _ = articles.keep(connection, "kontan", article, [], reader="a test", seen_at=seen_at)
        verdict = judging.judge(title, text, outlet=outlet.title, languages=outlet.languages)
        judgements.keep(connection, revision, verdict)
        kept.append(revision)
    return kept


def rename_judges(connection: Connection, name: str = "older") -> None:
    """Make every verdict another judge's."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE judgement SET judged_by = %s", (name,))
