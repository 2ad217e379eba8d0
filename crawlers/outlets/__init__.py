"""The outlets: one module each, named as its outlet, with its declaration as `OUTLET`.

A folder named by `PANTAU_OUTLET_PATH` may hold more of them; one of the same name there takes the place of ours.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import re
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from processing.errors import PantauError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from processing.model import Outlet


def outlet_named(name: str) -> Outlet:
    """Give the declaration of one outlet; an unknown name is a PantauError that offers the nearest."""
    if name in OUTLETS:
        return OUTLETS[name]
    near = get_close_matches(name, OUTLETS, n=3, cutoff=0.5) or sorted(OUTLETS)
    raise PantauError(f"There is no outlet named {name!r}; did you mean {', '.join(near)}?")


def outlet_of(url: str) -> Outlet | None:
    """Give the outlet that an address belongs to: where several share its host, the one whose articles look so."""
    host = urlsplit(url).hostname
    own = [outlet for outlet in OUTLETS.values() if host in outlet.hosts]
    return next((outlet for outlet in own if re.match(outlet.article, url)), next(iter(own), None))


def _modules() -> Iterator[ModuleType]:
    """Import our declarations, then those of the operator's folder."""
    for module in pkgutil.iter_modules(__path__):
        yield importlib.import_module(f"{__name__}.{module.name}")
    folder = os.environ.get("PANTAU_OUTLET_PATH")
    for path in sorted(Path(folder).glob("*.py")) if folder else ():
        yield _module_at(path)


def _module_at(path: Path) -> ModuleType:
    """Import one file from outside the package."""
    spec = importlib.util.spec_from_file_location(f"pantau_outlets_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise PantauError(f"{path} cannot be imported as an outlet's declaration.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _found() -> Mapping[str, Outlet]:
    outlets: dict[str, Outlet] = {}
    for module in _modules():
        if not hasattr(module, "OUTLET"):
            raise PantauError(f"{module.__file__} declares no OUTLET; every module among the outlets must.")
        outlets[module.OUTLET.name] = module.OUTLET
    return MappingProxyType(outlets)


OUTLETS: Mapping[str, Outlet] = _found()
"""Every declaration, by name."""
