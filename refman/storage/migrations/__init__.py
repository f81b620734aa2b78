"""Alembic revisions of the library file; `migrate.py` runs them."""
