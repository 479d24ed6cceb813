"""Alembic's folder; store.migrating runs it."""
