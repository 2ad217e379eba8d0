"""Airflow's plugin: puts the operator's pages into Airflow's menu.

Airflow loads this file in each of its processes; the pages themselves are loaded where they are served.
"""

from __future__ import annotations

from typing import Any

from airflow.plugins_manager import AirflowPlugin

from plugins.pages import app

PREFIX = "/pantau"


class PantauDesk(AirflowPlugin):
    """The pages, and their entry in the menu."""

    name = "pantau_desk"
    fastapi_apps: list[Any] = [  # noqa: RUF012 - Airflow declares it so
        {"app": app, "url_prefix": PREFIX, "name": "Pantau"}
    ]
    external_views: list[Any] = [  # noqa: RUF012
        {
            "name": "Pantau",
            "href": f"{PREFIX}/",
            "url_route": "pantau",
            "destination": "nav",
            "nav_top_level": True,
            "icon": f"{PREFIX}/icon.svg",
            "icon_dark_mode": f"{PREFIX}/icon-dark.svg",
        }
    ]
