"""The nouns as JSON and back: for `job.json`, `result.json`, JSON lines and columns of the store."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from processing.errors import PantauError

Noun = TypeVar("Noun")

_adapter_of: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


def to_json(noun: object) -> str:
    """Write a dataclass of the model, or a container of them, as JSON on one line."""
    return _adapter_of(type(noun)).dump_json(noun).decode()


def from_json(kind: type[Noun], text: str | bytes) -> Noun:
    """Read a dataclass of the model from JSON; what does not fit is a PantauError that names the first field amiss."""
    try:
        noun: Noun = _adapter_of(kind).validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "the whole"
        name = getattr(kind, "__name__", str(kind))
        raise PantauError(f"This is not the JSON of a {name}: {place}: {first['msg']}.") from error
    return noun
