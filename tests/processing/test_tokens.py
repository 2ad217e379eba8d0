"""Signed texts of links."""

from datetime import UTC, datetime, timedelta

import pytest

from processing.tokens import TokenRefused, read, sign

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
MONTH = timedelta(days=30)


def test_a_signed_subject_comes_back_until_it_is_too_old():
    """A link works for as long as it should, and the same link is signed with the same bytes."""
    signed = sign("key", "preferences", "abc", NOON)
    assert signed == sign("key", "preferences", "abc", NOON)
    assert read("key", "preferences", signed, as_of=NOON + MONTH, valid_for=MONTH) == "abc"
    with pytest.raises(TokenRefused, match="expired"):
        read("key", "preferences", signed, as_of=NOON + MONTH + timedelta(seconds=1), valid_for=MONTH)


@pytest.mark.parametrize(
    ("key", "purpose", "change"), [("other", "preferences", ""), ("key", "confirm", ""), ("key", "preferences", "x")]
)
def test_what_was_not_signed_here_for_this_is_refused(key, purpose, change):
    """A link of another key or purpose, or one that was touched, opens nothing."""
    with pytest.raises(TokenRefused, match="not complete"):
        read(key, purpose, sign("key", "preferences", "abc", NOON) + change, as_of=NOON, valid_for=MONTH)
