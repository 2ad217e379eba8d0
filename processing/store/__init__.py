"""The store: the only SQL there is; its functions take a connection and never commit."""

from processing.store.connection import Connection, connect, migrate, told_when_lost

__all__ = ["Connection", "connect", "migrate", "told_when_lost"]
