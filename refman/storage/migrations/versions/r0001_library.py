"""The first schema of a library.

Written out and not taken from `tables.py`, which always has the newest schema.
"""

from pathlib import Path

from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes everything in an empty file."""
    statements = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split(";\n")
    for statement in filter(str.strip, statements):
        op.get_bind().exec_driver_sql(statement.strip())
    op.get_bind().exec_driver_sql("INSERT INTO meta VALUES (1, 1, 1, 1, 0)")
    op.get_bind().exec_driver_sql("PRAGMA application_id = 1380339022")
    op.get_bind().exec_driver_sql("PRAGMA user_version = 1")
