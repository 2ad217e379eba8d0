"""Alembic's entry: runs the migrations on the connection that `processing.store.migrate` hands over."""

from alembic import context
from sqlalchemy import text

from processing.store.connection import SCHEMA

connection = context.config.attributes["connection"]
connection.execute(text("SELECT pg_advisory_lock(hashtext('pantau migrations'))"))
connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
connection.commit()
context.configure(connection=connection, version_table_schema=SCHEMA)
with context.begin_transaction():
    context.run_migrations()
connection.execute(text("SELECT pg_advisory_unlock(hashtext('pantau migrations'))"))
connection.commit()
