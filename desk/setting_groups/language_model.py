"""The settings of a language model that may word what a digest quotes."""

from __future__ import annotations

from desk import setting_values as values
from desk.setting_row import Setting

LANGUAGE_MODEL = (
    Setting(
        name="PANTAU_LLM_URL",
        attribute="llm_url",
        meaning="An OpenAI-compatible endpoint whose model may shorten or translate what a digest quotes (docs/summaries.md).",
        expected="an https address, or an http address of this machine itself, such as http://127.0.0.1:11434",
        read=values.https_or_loopback,
        otherwise="none: no model is asked",
    ),
    Setting(
        name="PANTAU_LLM_MODEL",
        attribute="llm_model",
        meaning="The model's name there.",
        expected="one line of text",
        read=values.line,
    ),
    Setting(
        name="PANTAU_LLM_KEY",
        attribute="llm_key",
        meaning="The key that the endpoint asks for.",
        expected="the key as the service gave it",
    ),
    Setting(
        name="PANTAU_LLM_OUTLETS",
        attribute="llm_outlets",
        meaning="Outlets whose sentences the model may see: those whose robots.txt and terms you have read, and that allow it. One "
        "that is known to refuse must stand in `PANTAU_PERMITTED` too.",
        expected="names of outlets parted by commas, such as kontan,kompas",
        read=values.names,
        otherwise="none: the model sees nothing",
        absent=lambda _home: (),
    ),
)
