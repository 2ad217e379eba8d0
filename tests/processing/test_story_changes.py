"""Merges and splits on a real Postgres: every id that was given leads to the right story, and what happened is on record."""

from datetime import timedelta

import pytest
from stored import NOON, begun, store, stories_of

from processing.errors import DatabaseError
from processing.store import stories, story_changes

LATER = NOON + timedelta(days=1)


def four(connection) -> list[int]:
    """Store four articles an hour apart."""
    return [
        store(connection, f"warta{number}", f"Judul {number}", f"Isi {number}.", hours=number) for number in range(4)
    ]


def shown_in(connection, story: int, article: int) -> None:
    """Write down that an edition has shown an article under a story's id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH series AS (INSERT INTO series (name, title, language, timezone, send_at) VALUES"
            " ('desk', 'Meja', 'id', 'Asia/Jakarta', '06:00') RETURNING id), edition AS (INSERT INTO edition"
            " (series_id, cutoff, content, subject, body_text, body_html, built_by)"
            " SELECT id, %s, '{}', '', '', '', '' FROM series RETURNING id)"
            " INSERT INTO edition_article SELECT id, %s, %s FROM edition",
            (LATER, article, story),
        )


def test_merged_ids_lead_to_the_story_that_readers_know(connection):
    """The one that an edition has shown is kept, though it began later; the other's id leads there, with its articles."""
    a, b, c, d = four(connection)
    older, known = begun(connection, a, b), begun(connection, c, d)
    shown_in(connection, known, c)
    assert story_changes.merge(connection, [older, known], at=LATER, reason="one event") == known
    assert story_changes.current(connection, older) == story_changes.current(connection, known) == known
    assert story_changes.leading_to(connection, known) == [older]
    assert set(stories_of(connection).values()) == {known}
    (change,) = story_changes.changes(connection, known)
    assert (change.kind, change.from_story, change.articles, change.reason) == ("merge", older, (a, b), "one event")
    (told,) = stories.told(connection, NOON, LATER)
    assert (told.id, told.first_seen_at, len(told.articles)) == (known, NOON, 4)


def test_ids_lead_through_two_merges(connection):
    """A merged into B, B into C: both old links lead to C at once."""
    a, b, c, _ = four(connection)
    first, second, third = begun(connection, a), begun(connection, b), begun(connection, c)
    story_changes.merge(connection, [second, third], at=LATER, reason="")
    assert story_changes.merge(connection, [third, first], at=LATER, reason="") == first
    assert [story_changes.current(connection, id_) for id_ in (first, second, third)] == [first] * 3
    assert story_changes.leading_to(connection, first) == [second, third]


def test_split_gives_articles_and_their_copies_a_story(connection):
    """Copies go with their original; the times of both stories are those of what they have."""
    a, b, c, d = four(connection)
    story = begun(connection, a, b, c, d, copies={d: c})
    other = story_changes.split(connection, story, [c], at=LATER, reason="another event")
    assert stories_of(connection) == {a: story, b: story, c: other, d: other}
    told = {one.id: one for one in stories.told(connection, NOON, LATER)}
    assert told[story].last_seen_at == NOON + timedelta(hours=1)
    assert told[other].first_seen_at == NOON + timedelta(hours=2)
    assert story_changes.current(connection, story) == story
    assert [change.kind for change in story_changes.changes(connection, other)] == ["split"]


def test_split_that_undoes_a_merge_gives_the_old_id_back(connection):
    """The link that was redirected leads to its own articles again, and so does what had been merged into them."""
    a, b, c, d = four(connection)
    kept, middle, small = begun(connection, a, b), begun(connection, c), begun(connection, d)
    story_changes.merge(connection, [middle, small], at=LATER, reason="")
    story_changes.merge(connection, [kept, middle], at=LATER, reason="")
    assert story_changes.split(connection, kept, [c, d], at=LATER, reason="") == middle
    assert [story_changes.current(connection, id_) for id_ in (kept, middle, small)] == [kept, middle, middle]
    assert stories_of(connection) == {a: kept, b: kept, c: middle, d: middle}


def test_copies_taken_from_their_original_are_folded_under_the_first_of_them(connection):
    """Two copies that are split off without what they copy are one text still."""
    a, b, c, _ = four(connection)
    story = begun(connection, a, b, c, copies={b: a, c: a})
    other = story_changes.split(connection, story, [b, c], at=LATER, reason="")
    told = {one.id: one for one in stories.told(connection, NOON, LATER)}
    assert [article.duplicate_of for article in told[other].articles] == [None, b]


def test_splits_that_cannot_be_are_refused(connection):
    """A stranger's article, or all of them: one sentence, and nothing changes."""
    a, b, c, _ = four(connection)
    story = begun(connection, a, b)
    with pytest.raises(DatabaseError, match=f"Story {story} has no article {c}"):
        story_changes.split(connection, story, [c], at=LATER, reason="")
    with pytest.raises(DatabaseError, match="nothing would be left"):
        story_changes.split(connection, story, [a, b], at=LATER, reason="")
    with pytest.raises(DatabaseError, match="There is no story 999"):
        story_changes.current(connection, 999)
    assert set(stories_of(connection).values()) == {story}
