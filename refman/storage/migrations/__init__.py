"""Alembic revisions of the library file."""
