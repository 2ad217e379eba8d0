"""The optional step between building an edition and rendering it: a language model may reword what cards quote."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

from desk.settings import Settings
from processing.digest.language_model import Endpoint, LanguageModel
from processing.digest.plain import plain
from processing.digest.rewording import improve
from processing.errors import SettingError
from processing.model import Edition, Outlet


def reworded(edition: Edition, settings: Settings, outlets: Iterable[Outlet]) -> Edition:
    """Give the edition as the model words it; unchanged where no model is set up, which is the default.

    Raises SettingError where an endpoint is set up without a model's name, or with a key that cannot be one.
    """
    if settings.llm_url is None:
        return edition
    if settings.llm_model is None:
        raise SettingError("PANTAU_LLM_URL is set, but not PANTAU_LLM_MODEL: name the model that shall answer there.")
    key = settings.llm_key or ""
    if not (key.isascii() and key.isprintable()):
        raise SettingError("PANTAU_LLM_KEY holds characters that no header may; copy it anew from the service.")
    endpoint = Endpoint(url=settings.llm_url, model=settings.llm_model, key=key)
    with closing(LanguageModel(endpoint)) as model:
        return improve(edition, model, outlets=shown_to_models(settings, outlets))


def shown_to_models(settings: Settings, outlets: Iterable[Outlet]) -> frozenset[str]:
    """Give the titles of the outlets whose sentences a model may see: named by the operator, and not known to refuse it.

    One that refuses is shown only where the operator has its permission too.
    """
    known = list(outlets)
    shown = {outlet.name for outlet in known if outlet.name in settings.llm_outlets}
    shown -= {outlet.name for outlet in known if outlet.ai_refused and outlet.name not in settings.permitted}
    hidden = {plain(outlet.title) for outlet in known if outlet.name not in shown}
    return frozenset(plain(outlet.title) for outlet in known if outlet.name in shown) - hidden
