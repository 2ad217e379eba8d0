"""What may be chosen: everything that the taxonomy and the gazetteer have, and nothing else."""

from datetime import time

import pytest

from processing.digest.choices import checked, entity_labels, topic_labels
from processing.errors import PantauError
from processing.store.readers import Choice
from processing.topics.taxonomy import taxonomy

ALL = Choice(topics=tuple(taxonomy().topics), watched=("ID", "natuna"), send_at=time(23, 59), weekdays=(7,))


def test_all_that_there_is_can_be_chosen():
    """Every topic, countries by their code, places by their id; and each has a name in both languages."""
    assert checked(ALL) == ALL
    assert entity_labels(ALL) == ["Indonesia", "Natuna"]
    assert topic_labels(Choice(language="en", topics=("cyber", "gone"))) == ["Cybersecurity"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"language": "fr"}, "take id or en"),
        ({"timezone": "../../etc/passwd"}, "is no time zone"),
        ({"timezone": "Asia/Jakarte"}, "did you mean Asia/Jakarta"),
        ({"weekdays": ()}, "a day of the week"),
        ({"weekdays": (0,)}, "a day of the week"),
        ({"topics": ("sport",)}, "no topic 'sport'"),
        ({"topics": ("Keamanan siber",)}, "did you mean cyber"),
        ({"watched": ("Laut Natuna",)}, "did you mean .*natuna"),
        ({"watched": ("zzzzzzzz",)}, "docs/readers.md"),
    ],
)
def test_what_there_is_not_is_named_with_what_is_like_it(wrong, said):
    """By code or by label, in one sentence."""
    with pytest.raises(PantauError, match=said):
        checked(Choice(**wrong))
