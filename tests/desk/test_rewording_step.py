"""The step that asks a language model: off by default, and for outlets alone that allow it."""

from dataclasses import replace

import pytest

from crawlers.outlets import OUTLETS
from desk.settings import Settings
from desk.steps.rewording import reworded, shown_to_models
from processing.errors import SettingError


def settings(tmp_path, **given):
    """Load settings from variables."""
    return Settings.load({"PANTAU_HOME": str(tmp_path), **given})


def test_without_an_endpoint_nothing_happens(tmp_path):
    """The edition is not even looked at."""
    edition = object()
    assert reworded(edition, settings(tmp_path), []) is edition


def test_an_endpoint_without_a_model_is_said(tmp_path):
    """Before anything is sent."""
    with pytest.raises(SettingError, match="PANTAU_LLM_MODEL"):
        reworded(object(), settings(tmp_path, PANTAU_LLM_URL="http://127.0.0.1:9"), [])


def test_a_key_that_cannot_be_one_is_said_without_showing_it(tmp_path):
    """No header is sent that would stop the edition, and no log holds the key."""
    given = {"PANTAU_LLM_URL": "http://127.0.0.1:9", "PANTAU_LLM_MODEL": "m", "PANTAU_LLM_KEY": "kunci\u2019rahasia"}
    with pytest.raises(SettingError, match="PANTAU_LLM_KEY") as raised:
        reworded(object(), settings(tmp_path, **given), [])
    assert "rahasia" not in str(raised.value)


@pytest.mark.parametrize(
    "url", ["http://model.example", "http://127.0.0.1.example", "ftp://127.0.0.1", "https://u:p@a.example"]
)
def test_text_leaves_over_https_or_not_at_all(tmp_path, url):
    """Plain http is for this machine itself."""
    with pytest.raises(SettingError, match="PANTAU_LLM_URL"):
        settings(tmp_path, PANTAU_LLM_URL=url)


def test_a_model_sees_outlets_that_the_operator_named_and_that_do_not_refuse(tmp_path):
    """None by default; one that refuses only with its permission."""
    known = list(OUTLETS.values())
    refusing = {outlet.name for outlet in known if outlet.ai_refused}
    assert {"antara", "kompas", "guardian"} <= refusing
    assert shown_to_models(settings(tmp_path), known) == frozenset()
    named = {"PANTAU_LLM_OUTLETS": "kontan,kompas,antara"}
    assert shown_to_models(settings(tmp_path, **named), known) == {"Kontan"}
    assert "ANTARA News" in shown_to_models(settings(tmp_path, **named, PANTAU_PERMITTED="antara"), known)


def test_two_outlets_of_one_title_are_shown_together_or_not_at_all(tmp_path):
    """A reference has the title alone."""
    one = next(outlet for outlet in OUTLETS.values() if outlet.name == "kontan")
    twin = replace(one, name="kontan_lain")
    named = settings(tmp_path, PANTAU_LLM_OUTLETS="kontan")
    assert shown_to_models(named, [one, twin]) == frozenset()
