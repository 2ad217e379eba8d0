"""The embedded Airflow's port, keys and password."""

import socket
import stat

from desk.airflow_settings import environment, password, take_port


def free() -> int:
    """Find a port that is free just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_two_desks_never_take_one_port():
    """The second desk gets another port though nobody listens on the first one yet; freed, it can be had again."""
    wanted = free()
    first, holder = take_port(wanted)
    second, other = take_port(wanted)
    assert first == wanted
    assert second != wanted
    holder.close()
    third, again = take_port(wanted)
    assert third == wanted
    other.close()
    again.close()


def test_a_port_that_is_listened_on_is_left_alone():
    """Somebody else's server keeps its port."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port, holder = take_port(server.getsockname()[1])
        assert port != server.getsockname()[1]
        holder.close()


def test_keys_and_password_are_made_once_and_are_ours_alone(tmp_path):
    """A second start finds the keys of the first, in files that nobody else may read."""
    first = environment(tmp_path, "postgresql+psycopg2://db", "http://127.0.0.1:1", login=True, clock=True)
    again = environment(tmp_path, "postgresql+psycopg2://db", "http://127.0.0.1:1", login=True, clock=True)
    secret = [name for name in first if name.endswith(("_SECRET", "SECRET_KEY", "FERNET_KEY"))]
    assert len(secret) == 3
    assert all(first[name] == again[name] and len(first[name]) > 30 for name in secret)
    assert password(tmp_path)[1] is True
    assert password(tmp_path) == (password(tmp_path)[0], False)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_login_is_off_only_where_it_is_asked_for(tmp_path):
    """With login on, nobody is an admin without a password; the server is never reached from outside."""
    for login in (True, False):
        settings = environment(tmp_path, "postgresql+psycopg2://db", "http://127.0.0.1:1", login=login, clock=True)
        assert settings["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"] == str(not login)
        assert settings["AIRFLOW__API__HOST"] == "127.0.0.1"
