"""Pages that others fetched: real ones through the same route, and the user's own article to its last field."""

import json
from contextlib import closing
from datetime import UTC, datetime

import pytest

from desk import steps
from desk.importing import import_pages
from processing.errors import ArchiveError
from processing.store import connect

pytestmark = pytest.mark.corpus

AS_OF = datetime(2026, 11, 23, tzinfo=UTC)
SEED = (
    "https://internasional.kontan.co.id/news/"
    "kim-jong-un-ke-rusia-kemungkinan-bahas-lebih-banyak-pasokan-senjata-untuk-perang"
)


@pytest.fixture
def ask(database_url, monkeypatch, tmp_path):
    """Set the desk up on the test's database, and give a way to ask it."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)

    def asked(query: str) -> list[tuple]:
        with closing(connect(database_url)) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    return asked


def imported(folder) -> dict[str, int]:
    """Take a folder's pages in and process them; gives their fates."""
    fates = steps.process_run(import_pages(folder, as_of=AS_OF))
    steps.join_stories(as_of=AS_OF)
    return fates


def test_users_own_article_comes_out_right(ask, shared, tmp_path):
    """The Kontan article of September 2023, from its page to its topics, entities and sources."""
    folder = tmp_path / "seed"
    folder.mkdir()
    (folder / "page.html").write_bytes((shared / "corpus" / "seed" / "kontan.html").read_bytes())
    (folder / "pages.jsonl").write_text(json.dumps({"url": SEED, "file": "page.html"}))
    assert imported(folder) == {"stored": 1}

    ((url, outlet, title, body, dateline, editor, published, language, relevant),) = ask(
        "SELECT url, outlet, title, body, dateline, editor, published_at, language, relevant FROM article"
        " JOIN revision ON article_id = article.id JOIN judgement ON revision_id = revision.id"
    )
    assert (url, outlet, language, relevant) == (SEED, "kontan", "id", True)
    assert title == "Kim Jong Un ke Rusia, Kemungkinan Bahas Lebih Banyak Pasokan Senjata untuk Perang"
    assert (dateline, editor) == ("NEW YORK", "Barratut Taqiyyah Rafie")
    assert published == datetime(2023, 9, 5, 3, 17, tzinfo=UTC)
    paragraphs = body.split("\n")
    assert len(paragraphs) == 14
    assert paragraphs[0].startswith("Pemimpin Korea Utara")
    assert not [line for line in paragraphs if any(word in line for word in ("Baca Juga", "Google News", "Editor:"))]

    topics = [row[0] for row in ask("SELECT topic FROM topic_tag ORDER BY score DESC")]
    assert topics[:2] == ["arms_transfers", "diplomacy"]
    named = {kind: set() for kind in ("country", "person", "place")}
    for kind, entity in ask("SELECT kind, entity FROM entity_mention"):
        named.setdefault(kind, set()).add(entity)
    assert named["country"] == {"KP", "RU", "UA", "US"}
    assert named["person"] == {"kim-jong-un", "vladimir-putin", "sergei-shoigu", "john-kirby"}
    assert named["place"] >= {"pyongyang", "vladivostok", "moscow"}
    assert {row[0] for row in ask("SELECT source FROM attribution")} == {"The New York Times", "Reuters"}


@pytest.mark.heavy
def test_real_pages_go_the_same_route(ask, shared):
    """Hundreds of pages of outlets that nobody declared: all get a fate, nearly all are kept, and again nothing changes."""
    folder = shared / "corpus" / "pages"
    first = imported(folder)
    pages = sum(
        len((folder / f"{name}.jsonl").read_text().splitlines())
        for name in ("andy", "anpandu", "fundus", "idmodern", "zyte")
    )
    assert sum(first.values()) == pages
    assert first["stored"] >= 0.97 * pages
    assert ask("SELECT count(*) FROM fetched WHERE fate IS NULL") == [(0,)]
    assert first["stored"] == ask("SELECT count(*) FROM article")[0][0]
    again = imported(folder)
    assert again.get("stored", 0) == again.get("revised", 0) == 0
    assert first["stored"] == ask("SELECT count(*) FROM revision")[0][0]


def test_folder_without_pages_is_refused(ask, tmp_path):
    """A wrong folder gets one sentence and leaves no run behind."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveError, match="holds no HTML page"):
        import_pages(tmp_path / "empty", as_of=AS_OF)
    assert ask("SELECT count(*) FROM run") == [(0,)]
