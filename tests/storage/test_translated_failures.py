"""What SQLite reports becomes a sentence."""

import sqlite3

import pytest

from refman.domain.errors import LibraryBusy
from refman.storage.failures import translated


def test_two_programs_that_find_the_log_of_a_crash_at_once_wait_for_each_other() -> None:
    error = sqlite3.OperationalError("locking protocol")
    error.sqlite_errorcode = sqlite3.SQLITE_PROTOCOL
    with pytest.raises(LibraryBusy, match=r"mine\.refman is .*try again"), translated("mine.refman"):
        raise error
