"""What readers were told and is not so any more: found in the store, and told at the top of the next edition."""

from dataclasses import replace
from datetime import timedelta

import pytest
from stored import NOON, begun, store, verdict

from processing.digest.corrections import corrections, displayed, notice
from processing.digest.edition import build
from processing.model import Article, Coverage, Rendered, Series
from processing.store import articles, editions, judgements, runs, stories
from processing.store.articles import Source
from processing.store.corrections import changed
from processing.store.series import save_series

CUTOFF = NOON + timedelta(hours=18)
NEXT = CUTOFF + timedelta(days=1)
COVERAGE = Coverage(articles=1, outlets=1, healthy=1)
URL = "https://kontan.test/kapal"
TITLE = "Tiga kapal asing di Natuna"
TEXT = "Tiga kapal penjaga pantai asing memasuki ZEE utara Natuna."


@pytest.fixture
def shown(connection):
    """Give a series whose edition has told an article of a story."""
    series = save_series(connection, Series(name="desk", title="Desk"))
    begun(connection, store(connection, "kontan", TITLE, TEXT, url=URL))
    known = stories.told(connection, CUTOFF - timedelta(hours=72), CUTOFF, series.id)
    edition = build(series, CUTOFF, None, known, COVERAGE)
    editions.save(connection, Rendered(subject="", text="", html="", edition=edition), built_by="test")
    return series


def revise(connection, title=TITLE, text=TEXT, *, hours, sources=()):
    """Keep another text of the article, seen some hours after NOON."""
    article = Article(url=URL, title=title, paragraphs=tuple(text.split("\n")))
    at = NOON + timedelta(hours=hours)
    revision, _ = articles.keep(connection, "kontan", article, sources, reader="test", seen_at=at)
    judgements.keep(connection, revision, verdict())


def answered(connection, status, *, hours, url=URL, kind="crawl"):
    """Keep that the article's address was asked for again, and how it answered."""
    at = NOON + timedelta(hours=hours)
    run = runs.open_run(connection, "kontan", kind, at)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO fetched (run_id, url, canonical_url, kind, status, fate) VALUES (%s, %s, %s, 'page', %s, 'failed')",
            (run, url, url, status),
        )


def found(connection, series, since=CUTOFF, cutoff=NEXT):
    """Give the corrections of an edition."""
    rows = changed(connection, series.id, since=since, cutoff=cutoff)
    told = displayed(editions.load_by_id(connection, row.edition).edition for row in rows)
    return corrections(rows, told)


def test_a_changed_headline_is_told_with_what_readers_saw(connection, shown):
    """The headline as it stands now, with its link, beside the one they were shown."""
    revise(connection, "Dua kapal asing di Natuna", hours=20)
    (told,) = found(connection, shown)
    assert (told.kind, told.before, told.headline.title) == ("corrected", TITLE, "Dua kapal asing di Natuna")
    assert (told.headline.url, told.headline.outlet, told.note) == (URL, "Kontan", "")
    assert told.story == 1


def test_a_notice_is_quoted_in_the_outlets_own_words(connection, shown):
    """Two sentences at most, even where the headline stays."""
    revise(
        connection,
        text=f"{TEXT}\nRalat: jumlah kapal adalah dua, bukan tiga. Redaksi mohon maaf. Terima kasih.",
        hours=20,
    )
    (told,) = found(connection, shown)
    assert told.note == "Ralat: jumlah kapal adalah dua, bukan tiga. Redaksi mohon maaf."


def test_a_longer_text_or_another_comma_is_no_correction(connection, shown):
    """Outlets add paragraphs and mend punctuation all day."""
    revise(connection, "TIGA kapal asing, di Natuna", f"{TEXT}\nKemlu memanggil duta besar.", hours=20)
    assert found(connection, shown) == ()


def test_an_article_that_went_is_withdrawn_without_a_link(connection, shown):
    """404 or 410 on being asked again; one that answers again has not gone, and a server that fails says nothing of it."""
    answered(connection, 404, hours=20)
    (told,) = found(connection, shown)
    assert (told.kind, told.before, told.headline.title, told.headline.url) == ("withdrawn", TITLE, TITLE, None)
    answered(connection, 200, hours=21)
    assert found(connection, shown) == ()
    answered(connection, 410, hours=22)
    assert [one.kind for one in found(connection, shown)] == ["withdrawn"]
    answered(connection, 503, hours=23)
    assert [one.kind for one in found(connection, shown)] == ["withdrawn"]
    answered(connection, 200, hours=23.5, kind="backfill")  # how it answered an archive, some other day
    assert [one.kind for one in found(connection, shown)] == ["withdrawn"]


def test_only_what_came_since_the_last_edition_and_up_to_this_one_counts(connection, shown):
    """What was told before is not told again, and what comes later waits."""
    revise(connection, "Dua kapal asing di Natuna", hours=20)
    revise(connection, "Satu kapal asing di Natuna", hours=60)
    assert [one.headline.title for one in found(connection, shown)] == ["Dua kapal asing di Natuna"]
    assert found(connection, shown, since=NEXT, cutoff=NEXT + timedelta(hours=1)) == ()
    later = found(connection, shown, since=NEXT, cutoff=NEXT + timedelta(days=1))
    assert [one.headline.title for one in later] == ["Satu kapal asing di Natuna"]


def test_who_was_not_shown_it_is_not_told(connection, shown):
    """Another series, and a series that showed it longer ago than two weeks."""
    other = save_series(connection, Series(name="lain", title="Lain"))
    late = CUTOFF + timedelta(days=15)
    revise(connection, "Dua kapal asing di Natuna", hours=20)
    assert found(connection, other) == ()
    assert found(connection, shown, since=CUTOFF, cutoff=late) == ()


def test_a_text_that_our_own_rules_read_anew_is_no_correction(connection, shown):
    """A re-reading of the page that was there before is a new revision, and no news of the outlet's."""
    run = runs.open_run(connection, "kontan", "crawl", NOON)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO archive_file (run_id, uri) VALUES (%s, 'x') RETURNING id", (run,))
        cursor.execute("INSERT INTO record VALUES ('r', %s, 0, 1, 'x', %s)", (cursor.fetchone()[0], NOON))
    revise(connection, "Tiga kapal asing di Natuna | Kontan", hours=20, sources=[Source("r")])
    assert found(connection, shown) == ()


def test_an_article_whose_headline_nobody_saw_is_not_corrected(connection, shown):
    """One that an edition only counted among a story's carriers is no correction for its readers."""
    revise(connection, "Dua kapal asing di Natuna", hours=20)
    rows = changed(connection, shown.id, since=CUTOFF, cutoff=NEXT)
    assert corrections(rows, {}) == ()


def test_withdrawals_come_first_and_five_are_told(connection, shown):
    """Then notices, then headlines."""
    revise(connection, "Dua kapal asing di Natuna", hours=20)
    (row,) = changed(connection, shown.id, since=CUTOFF, cutoff=NEXT)
    noted = replace(row, body=f"{TEXT}\nKoreksi: dua kapal.")
    gone = replace(row, gone=True)
    told = corrections([row, row, row, noted, gone, row], {URL: TITLE})
    assert [(one.kind, bool(one.note)) for one in told] == [
        ("withdrawn", False),
        ("corrected", True),
        ("corrected", False),
        ("corrected", False),
        ("corrected", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "RALAT: Judul berita ini semula keliru.",
        "[Koreksi] Angka diperbaiki.",
        "Correction: An earlier version misstated the number.",
        "Correction (21 Nov.): the ship is a cutter.",
        "Editor's note: This story was updated to correct the name of the ship.",
        "Catatan redaksi: terdapat kekeliruan pada nama kapal.",
        "An earlier version of this article gave the wrong date.",
        "Berita ini telah diralat pada pukul 10.00 WIB.",
    ],
)
def test_notices_of_both_languages_are_known(text):
    """At the beginning of a sentence, or in the set words of an outlet's notice."""
    assert notice(f"Paragraf pertama.\n{text}") == text


@pytest.mark.parametrize(
    "text",
    [
        "Harga saham alami koreksi: turun 3 persen.",
        "Koreksi harga minyak berlanjut pada Jumat.",
        "The Department of Correction said nothing.",
        "Ia meminta redaksi mengirim foto.",
        "Course correction for the navy is needed.",
    ],
)
def test_other_corrections_are_none(text):
    """Prices are corrected every day."""
    assert notice(text) == ""
