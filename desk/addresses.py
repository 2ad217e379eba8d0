"""Addresses of a database and of a mail relay, as settings and as Airflow's connections write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import psycopg2
from psycopg2.extensions import parse_dsn

from processing.digest.transport import Tls, Transport

PORTS = {"smtp": 587, "smtps": 465}
"""Submission (RFC 6409) and submission over TLS (RFC 8314)."""


def hidden(address: str) -> str:
    """Return an address as an error may show it: without user, password or anything that cannot be told from them."""
    if "://" not in address:
        return "***"
    without_user = re.sub(r"(?<=://).*@", "***@", address, flags=re.DOTALL)
    return re.sub(r"(pass\w*=)[^&\s]*", r"\1***", without_user, flags=re.IGNORECASE)


def libpq_address(address: str) -> str:
    """Return a Postgres address as libpq takes it. Raises ValueError where it is none."""
    scheme, parted, rest = address.partition("://")
    if not parted or scheme not in {"postgres", "postgresql", "postgresql+psycopg2"}:
        raise ValueError(scheme)
    taken = f"postgresql://{rest}"
    try:
        parts = parse_dsn(taken)
    except psycopg2.ProgrammingError:
        raise ValueError(scheme) from None  # libpq's own words may hold the password
    # A password that is not percent-encoded spills into host or port, which libpq takes for now and names when it fails.
    if not re.fullmatch(r"[\d,]*", parts.get("port", "")) or "@" in parts.get("host", ""):
        raise ValueError(scheme)
    return taken


def relay(address: str) -> Transport:
    """Read `smtp://user:password@host:port?starttls=yes` or `smtps://…`. Raises ValueError where it is none.

    STARTTLS is the rule for `smtp`, and `starttls=no` is taken for a loopback host alone, where it is the rule.
    """
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    starttls = asked.pop("starttls", None)
    if parts.scheme not in PORTS or not parts.hostname or asked or parts.path.strip("/") or parts.fragment:
        raise ValueError(parts.scheme)
    if parts.scheme == "smtps":
        tls = chosen_tls(starttls, {None: "implicit"})
    elif is_loopback(parts.hostname):
        tls = chosen_tls(starttls, {None: "none", "no": "none", "yes": "starttls"})
    else:
        tls = chosen_tls(starttls, {None: "starttls", "yes": "starttls"})
    return Transport(
        host=unquote(parts.hostname),
        port=parts.port or PORTS[parts.scheme],
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def chosen_tls(asked: str | None, choices: Mapping[str | None, Tls]) -> Tls:
    """Return what `starttls=` asks for, of what is allowed here."""
    if asked not in choices:
        raise ValueError(asked)
    return choices[asked]


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def database_of_connection(connection: str) -> str:
    """Turn an Airflow connection to Postgres into a libpq address; what only Airflow understands of its extras goes."""
    address, extras = opened(connection)
    known = {key: str(value) for key, value in extras.items() if libpq_knows(key)}
    return libpq_address(f"{address}?{urlencode(known, quote_via=quote)}" if known else address)


def relay_of_connection(connection: str) -> Transport:
    """Turn an Airflow connection to SMTP into a relay. As in Airflow, TLS is implicit unless `disable_ssl`, then STARTTLS unless `disable_tls`."""
    address, extras = opened(connection)
    rest = address.partition("://")[2].split("/")[0]
    if not switched_on(extras.get("disable_ssl")):
        return relay(f"smtps://{rest}")
    return relay(f"smtp://{rest}?starttls={'no' if switched_on(extras.get('disable_tls')) else 'yes'}")


def opened(connection: str) -> tuple[str, dict[str, object]]:
    """Part an Airflow connection, given as a URI or as JSON, into its address and its extras."""
    if connection.lstrip().startswith("{"):
        parts = json.loads(connection)
        user, password = (quote(parts.get(key) or "", safe="") for key in ("login", "password"))
        login = f"{user}{':' if password else ''}{password}@" if user or password else ""
        port = f":{parts['port']}" if parts.get("port") else ""
        address = f"{parts['conn_type']}://{login}{quote(parts.get('host') or '', safe='')}{port}/{quote(parts.get('schema') or '')}"
        extras = parts.get("extra") or {}
        return address, json.loads(extras) if isinstance(extras, str) else extras
    address, _, query = connection.partition("?")
    extras = dict(parse_qsl(query, keep_blank_values=True))
    return address, json.loads(extras.pop("__extra__", "{}")) | extras


def libpq_knows(parameter: str) -> bool:
    """Tell whether libpq takes a parameter of this name."""
    try:
        parse_dsn(f"{parameter}=1")
    except psycopg2.ProgrammingError:
        return False
    return True


def switched_on(value: object) -> bool:
    """Read a flag of a connection's extras, which may be JSON or text."""
    return str(value).lower() in {"true", "1", "yes", "on"}
