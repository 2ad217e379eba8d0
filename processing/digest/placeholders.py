"""What stands in the stored parts of a mail where each reader's own links will: the same for all until it is sent."""

from __future__ import annotations

PREFIX = "pantau-any-"
"""What placeholders begin with, and nothing else in a mail: see `without_placeholders`."""

ANY_READER = f"{PREFIX}reader"
"""Stands for a reader's token."""

ANY_SIGNATURE = f"{PREFIX}signature"
"""Stands for the signed text in the link to a reader's own page."""

ANY_CONFIRMATION = f"{PREFIX}confirmation"
"""Stands for the signed text in the link that confirms a subscription."""


def without_placeholders(text: str) -> str:
    """Spoil placeholders in a stranger's text: put there by an outlet, a reader's token would go into its own link."""
    return text.replace(PREFIX, PREFIX.replace("-", " "))
