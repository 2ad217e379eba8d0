"""Joining on a real Postgres, and the verbs that find, show, merge and split stories."""

from datetime import timedelta

import pytest
from stored import NOON, begun, store, stories_of, verdict
from tellings import BOTH, FISHERS, SHIP
from typer.testing import CliRunner

from desk import steps
from desk.cli import _verbs
from desk.steps.opened import load_settings, opened
from processing.errors import PantauError
from processing.joining import TOGETHER
from processing.store import articles, judgements

LATER = NOON + timedelta(hours=12)

RETOLD = (
    "Bakamla bayangi kapal penjaga pantai asing di Natuna",
    (
        "KN Tanjung Datu milik Bakamla membayangi kapal penjaga pantai asing di Laut Natuna Utara. Panggilan radio tidak dijawab,"
        " dan kapal itu bertahan di zona ekonomi eksklusif Indonesia selama empat belas jam. Komandan Raka Surbakti menyebut dua"
        " nelayan Ranai merekam kejadian tersebut dari perahu."
    ),
)
BUDGET = (
    "DPR bahas anggaran alutsista tahun depan",
    (
        "Komisi I DPR membahas rencana anggaran pertahanan bersama Kementerian Pertahanan. Pembelian pesawat tempur dan radar"
        " menjadi pokok pembahasan, sementara pagu belanja modal masih diperdebatkan oleh fraksi."
    ),
)


@pytest.fixture
def desk(database_url, monkeypatch, tmp_path):
    """Give a desk's connection, committed by the test."""
    monkeypatch.setenv("PANTAU_HOME", str(tmp_path))
    monkeypatch.setenv("PANTAU_DATABASE_URL", database_url)
    with opened(load_settings()) as connection:
        yield connection


def run(*words: str) -> str:
    """Run a verb and give what it printed; raises what it raised."""
    result = CliRunner().invoke(_verbs(), list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_late_copy_is_joined_and_becomes_the_first(desk):
    """What was seen first and came in last joins the story, and the copies are folded under it; no story is minted."""
    copy = store(desk, "warta", *SHIP, hours=2)
    budget = store(desk, "warta", *BUDGET, hours=3)
    desk.commit()
    assert steps.join_stories(as_of=LATER) == {"joined": 2, "begun": 2, "merged": 0}
    late = store(desk, "kabar", *SHIP, hours=1)
    desk.commit()
    assert steps.join_stories(as_of=LATER) == {"joined": 1, "begun": 0, "merged": 0}
    given = stories_of(desk)
    assert given[late] == given[copy] != given[budget]
    with desk.cursor() as cursor:
        cursor.execute("SELECT article_id, duplicate_of FROM story_article WHERE story_id = %s", (given[late],))
        assert dict(cursor.fetchall()) == {late: None, copy: late}


def test_two_known_stories_become_one_by_an_article_that_tells_both(desk):
    """The merge is on record with its reason, and the younger id leads to the elder."""
    elder, younger = store(desk, "warta", *SHIP), store(desk, "kabar", *FISHERS, hours=1)
    desk.commit()
    assert steps.join_stories(as_of=LATER) == {"joined": 2, "begun": 2, "merged": 0}
    before = stories_of(desk)
    store(desk, "lain", *BOTH, hours=2)
    desk.commit()
    assert steps.join_stories(as_of=LATER) == {"joined": 1, "begun": 0, "merged": 1}
    assert set(stories_of(desk).values()) == {before[elder]}
    page = run("story", str(before[younger]))
    assert page.startswith(f"Story {before[elder]}: ")
    assert TOGETHER in page


def test_stories_that_a_person_parted_stay_two(desk):
    """What tells both joins one of them, whatever else it shows."""
    first, second = (
        store(desk, "warta", *SHIP),
        store(desk, "kabar", *FISHERS, hours=1, url="https://kabar.test/nelayan"),
    )
    story = begun(desk, first, second)
    desk.commit()
    run("story", "split", str(story), "--article", "https://kabar.test/nelayan")
    store(desk, "lain", *BOTH, hours=2)
    desk.commit()
    assert steps.join_stories(as_of=LATER) == {"joined": 1, "begun": 0, "merged": 0}
    given = stories_of(desk)
    assert given[first] != given[second]


def test_judging_and_reading_anew_change_no_assignment(desk):
    """Other entities, another topic, even irrelevance, and another text: joining has nothing to do, and says so."""
    first = store(desk, "warta", *SHIP)
    second = store(desk, "kabar", *BUDGET, hours=1)
    desk.commit()
    steps.join_stories(as_of=LATER)
    before = stories_of(desk)
    store(desk, "warta", *BUDGET, hours=2, url="https://warta.test/" + "-".join(SHIP[0].lower().split()))
    with desk.cursor() as cursor:
        cursor.execute("SELECT id FROM revision WHERE article_id = %s", (second,))
        (revision,) = cursor.fetchone()
    judgements.keep(desk, revision, verdict(relevant=False, by="other rules"))
    desk.commit()
    assert steps.join_stories(as_of=LATER) == {"joined": 0, "begun": 0, "merged": 0}
    assert stories_of(desk) == before
    assert before[first] != before[second]


def test_merged_story_is_found_by_its_old_id_and_takes_what_comes_after(desk):
    """An editor's word holds: the old id shows the story, and the next article joins it, not its own story anew."""
    ship, budget = store(desk, "warta", *SHIP), store(desk, "kabar", *BUDGET, hours=1)
    kept, other = begun(desk, ship), begun(desk, budget)
    desk.commit()
    assert f"story {kept} now" in run("story", "merge", str(other), str(kept), "--reason", "satu peristiwa")
    page = run("story", str(other))
    assert page.startswith(f"Story {kept}: ")
    assert f"Story {other} leads here." in page
    assert "satu peristiwa" in page
    later = store(desk, "lain", *BUDGET, hours=2)
    desk.commit()
    steps.join_stories(as_of=LATER)
    assert set(stories_of(desk).values()) == {kept}
    assert later in stories_of(desk)
    with pytest.raises(PantauError, match="are one story already"):
        run("story", "merge", str(other), str(kept))


def test_split_story_is_told_as_two(desk):
    """The address that does not belong gets a story of its own; an unknown address is one sentence."""
    story = begun(desk, store(desk, "warta", *SHIP), store(desk, "kabar", *BUDGET, url="https://kabar.test/anggaran"))
    desk.commit()
    with pytest.raises(PantauError, match=r"No article is known at https://kabar\.test/lain"):
        run("story", "split", str(story), "--article", "https://kabar.test/lain")
    run("story", "split", str(story), "--article", "https://kabar.test/anggaran")
    desk.rollback()
    assert len(set(stories_of(desk).values())) == 2
    assert stories_of(desk)[articles.ids(desk, ["https://kabar.test/anggaran"])["https://kabar.test/anggaran"]] != story


def test_story_shows_who_copied_whom_and_what_each_added(desk):
    """By time: the first with its lead, a copy with whom it copies, a later one with what it says that none did."""
    first = store(desk, "warta", *SHIP)
    copy = store(desk, "kabar", *SHIP, hours=1)
    story = begun(desk, first, copy, store(desk, "lain", *RETOLD, hours=2), copies={copy: first})
    desk.commit()
    page = run("story", str(story), "--as-of", LATER.isoformat())
    timeline = page[page.index("Timeline") :]
    assert timeline.index("Warta: ") < timeline.index("Kabar: ") < timeline.index("Lain: ")
    assert "copies Warta of 21 Nov 2026 12:00 WIB" in timeline
    assert "Raka Surbakti" in timeline
    assert timeline.count("Bakamla mengerahkan") == 1
    assert "State: new" in page
    assert "Independent newsrooms: 2" in page
    assert "+1.00  2 redaksi independen" in page


def test_search_shows_stories_and_articles(desk):
    """Each under its heading, the story's id first, the found words marked; bounds are read as people write them."""
    story = begun(desk, store(desk, "warta", *SHIP), store(desk, "kabar", *RETOLD, hours=1))
    store(desk, "lain", *BUDGET)
    desk.commit()
    as_of = ("--as-of", LATER.isoformat())
    found = run("search", "Laut Natuna", "--since", "7d", "--topic", "maritime", *as_of)
    assert found.index("STORIES") < found.index(f"{story}  ") < found.index("ARTICLES")
    assert "2 articles of 2 outlets, 2 independent" in found
    assert "«Laut» «Natuna» Utara" in found
    assert "anggaran" not in found
    assert "Nothing was found" in run("search", "natuna", "--since", "2h", *as_of)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("search", "kapal", "--topic", "nosuch"), "There is no topic 'nosuch'; the topics are"),
        (("search", "kapal", "--since", "7x"), "--since '7x' is neither a span"),
        (("search", "yang di"), "no word to search for"),
        (("story", "999"), "There is no story 999"),
    ],
)
def test_bad_input_gets_one_sentence(desk, words, sentence):
    """What is wrong and what would be right, not a traceback."""
    with pytest.raises(PantauError, match=sentence) as caught:
        run(*words)
    assert "\n" not in str(caught.value)
