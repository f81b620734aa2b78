"""Merges the small parts of the search index while nobody writes.

FTS5 makes a part for each transaction and merges parts by itself, as a piece of some later write: each twentieth edit
waits for 10 to 20 ms, and one of the first after an import for as long as merging all that came in (0.3 s for 10,000
papers). What is merged in between no edit waits for; it still merges by itself where nobody tends it (the command
line). Source: https://www.sqlite.org/fts5.html#the_merge_command.
"""

from time import monotonic

from sqlalchemy import Connection

from refman.storage.transaction import WriteSide, total_changes

_AT_ONCE_S = 0.25
_STEP = "INSERT INTO paper_index (paper_index, rank) VALUES ('merge', 64)"
"""Writes about 64 pages: 4 to 10 ms, for which an edit that comes just then has to wait."""


def tend(writes: WriteSide) -> bool:
    """Merges for a quarter of a second at most, letting others write in between; True while there is more of it.

    Raises: as `WriteSide.transaction`, without waiting for a program that writes.
    """
    until = monotonic() + _AT_ONCE_S
    while monotonic() < until:
        with writes.transaction(0.0) as connection:
            if not _merge_a_little(connection):
                return False
    return True


def _merge_a_little(connection: Connection) -> bool:
    before = total_changes(connection)
    connection.exec_driver_sql(_STEP)
    connection.commit()
    # The statement itself counts as one.
    return total_changes(connection) - before >= 2
