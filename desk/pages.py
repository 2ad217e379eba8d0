"""The reader's pages as a process: served here by `pantau web`, started beside the rest by the demo and by `pantau up`."""

from __future__ import annotations

import logging
import os
import socket
import sys
from typing import TYPE_CHECKING

from desk.home import CHECKOUT
from processing.errors import PantauError
from processing.model import Series
from processing.store.series import DESK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desk.processes import Processes
    from desk.settings import Settings
    from web.site import Clock, Site

NAME = "web"
"""Of the process, its log and its note."""

BACKLOG = 128
AT_A_TIME = 256
"""Connections; what comes beyond is told to come again."""

LONGEST_HEAD = 16 * 1024
"""Bytes of a request's line and headers."""

SECONDS_TO_END = 5
"""For pages that are being made when we are told to stop."""


def site(settings: Settings, clock: Clock) -> Site:
    """Give what the pages know of a desk."""
    from web.site import Site  # noqa: PLC0415 - half a second of imports that only a server needs

    return Site(
        database_url=settings.database_url,
        clock=clock,
        desk=Series(
            name=DESK,
            title=settings.desk_name,
            language=settings.language,
            timezone=str(settings.timezone),
            send_at=settings.digest_at,
        ),
        sender=settings.sender,
        web_url=settings.web_url,
        contact=settings.contact,
        deliveries_kept=settings.keep_deliveries,
        subscription=settings.self_subscription,
    )


def serve(settings: Settings, clock: Clock, listener: socket.socket) -> None:
    """Serve the pages on a socket until SIGINT or SIGTERM; a lost database is answered by 503, and found again."""
    import uvicorn  # noqa: PLC0415

    from web.application import application  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    config = uvicorn.Config(
        application(site(settings, clock)),
        log_config=None,
        log_level="warning",
        access_log=False,  # ours names no token
        proxy_headers=bool(settings.web_proxies),
        forwarded_allow_ips=list(settings.web_proxies),
        server_header=False,
        date_header=True,
        http="h11",  # bounds a request's line and headers, which httptools does not
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_keep_alive=15,
        limit_concurrency=AT_A_TIME,
        timeout_graceful_shutdown=SECONDS_TO_END,
    )
    uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """Open the socket to serve on. Raises PantauError where that cannot be had, with what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        raise PantauError(
            f"The pages cannot be served at {host}:{port} ({os.strerror(error.errno) if error.errno and error.errno > 0 else error});"
            " stop what listens there, or take another --port."
        ) from None
    return listener


def start(processes: Processes, given: Mapping[str, str], *words: str) -> None:
    """Start `pantau web` as a process of the desk, with these settings and words more."""
    command = [sys.executable, "-m", "desk.cli", "web", *words]
    processes.start(NAME, command, env={**os.environ, **given}, cwd=CHECKOUT)
