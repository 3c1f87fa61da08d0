"""Alembic migrations of the one MetaData. Run by `assistant.storage.migrating`, never by hand in production."""
