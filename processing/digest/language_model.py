"""A language model behind an OpenAI-compatible endpoint: one question, one answer, bounded in time, size and tries."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from processing.errors import PantauError

TRIES: Final = 2
PAUSE: Final = 0.5
"""Seconds before the second try."""
SECONDS: Final = 20.0
"""For one try, from the first byte sent to the last one read."""
TOKENS: Final = 300
"""Of an answer, at most: three hundred characters of Indonesian are about a hundred."""
LARGEST: Final = 100_000
"""Bytes of an answer that are read."""
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
RETRIED: Final = frozenset({408, 429, 500, 502, 503, 504})


class ModelError(PantauError):
    """The model gave no answer that can be used; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a model answers: `url` is the service's address, with or without its `/v1`."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS

    @property
    def address(self) -> str:
        """The address that takes chat completions."""
        root = self.url.rstrip("/")
        return f"{root}/chat/completions" if root.endswith("/v1") else f"{root}/v1/chat/completions"


class LanguageModel:
    """A client of an endpoint; close it when done."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.name = endpoint.model
        self._endpoint = endpoint
        headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
        # A proxy of the environment has no business on the loopback.
        outside = urlsplit(endpoint.url).hostname not in LOOPBACK
        self._client = httpx.Client(
            headers=headers, timeout=endpoint.seconds, follow_redirects=False, trust_env=outside
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, instruction: str, text: str) -> str:
        """Give the model's answer, stripped. Raises ModelError where there is none after all tries."""
        asked = {
            "model": self._endpoint.model,
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": text}],
            "temperature": 0,
            "max_tokens": TOKENS,
            "stream": False,
        }
        for tries_left in reversed(range(TRIES)):
            try:
                return _answer(self._post(asked))
            except _TryAgain as error:
                if not tries_left:
                    raise ModelError(str(error)) from error
                time.sleep(PAUSE)
        raise AssertionError

    def _post(self, asked: dict[str, Any]) -> bytes:
        until = time.monotonic() + self._endpoint.seconds
        try:
            with self._client.stream("POST", self._endpoint.address, json=asked) as response:
                if response.status_code in RETRIED:
                    raise _TryAgain(f"The language model's endpoint answered {response.status_code}.")
                if response.status_code != httpx.codes.OK:
                    raise ModelError(
                        f"The language model's endpoint answered {response.status_code}; check PANTAU_LLM_*."
                    )
                body = b""
                for part in response.iter_bytes():
                    body += part
                    if len(body) > LARGEST:
                        raise ModelError("The language model's answer is too large.")
                    if time.monotonic() > until:
                        raise _TryAgain("The language model's endpoint took too long.")
                return body
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _TryAgain(f"The language model's endpoint cannot be reached ({type(error).__name__}).") from error


class _TryAgain(Exception):
    """A fault that may be gone at the second try."""


def _answer(body: bytes) -> str:
    try:
        choice = json.loads(body)["choices"][0]
        content, finished = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelError("The language model's endpoint answered with something that is no chat completion.") from None
    if not isinstance(content, str) or finished == "length":
        raise ModelError("The language model's answer is no text, or breaks off.")
    return content.strip()
