"""Which of a story's articles may be told as its news."""

from digest_samples import article, story

from processing.digest.standing import LATE, fresh

DAY = 24
HALF = LATE.total_seconds() / 3600


def test_what_came_late_from_well_before_is_not_fresh():
    """Readers were told of an article of yesterday: one of well before it is no news, one that was read late is, and one of today."""
    told = article("kompas", "Kapal di Natuna", "Satu.", id_=1, hours=DAY)
    old = article("detik", "Kapal di Natuna", "Dua.", id_=2, hours=DAY + HALF + 1)
    late = article("kontan", "Kapal di Natuna", "Tiga.", id_=3, hours=DAY + HALF - 1)
    today = article("detik", "Kapal pergi", "Empat.", id_=4, hours=2)
    assert [one.article_id for one in fresh(story(1, told, old, late, today, shown=(1,)))] == [3, 4]


def test_of_a_story_that_readers_do_not_know_all_is_fresh():
    """Nothing was told of it, so its beginning is news with the rest."""
    old = article("detik", "Kapal di Natuna", "Dua.", id_=2, hours=100)
    today = article("detik", "Kapal pergi", "Empat.", id_=4, hours=2)
    assert [one.article_id for one in fresh(story(1, old, today))] == [2, 4]
