"""Counts as verbs print them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def counted(counts: Mapping[Any, int]) -> str:
    """Write counts in their order: `3 stored, 1 failed`."""
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "none"
