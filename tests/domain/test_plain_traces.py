"""Tracebacks that may stand in a log."""

import errno
import sqlite3

from refman.domain.errors import NotFound
from refman.domain.plain_traces import plain_error, plain_trace

_MARK = "ZZMARK"


def _fail() -> None:
    try:
        dict[str, int]()[_MARK.upper()]
    except KeyError as error:
        raise ValueError(f"cannot read {_MARK + _MARK}") from error


def _trace_of(error: RuntimeError) -> str:
    try:
        raise error
    except RuntimeError as caught:
        return plain_trace(caught)


def test_it_names_where_and_what_and_quotes_nothing() -> None:
    try:
        _fail()
    except ValueError as error:
        trace = plain_trace(error)
    assert "test_plain_traces.py" in trace
    assert "in _fail" in trace
    assert [line for line in trace.splitlines() if line in ("KeyError", "ValueError")] == ["KeyError", "ValueError"]
    assert _MARK + _MARK not in trace


def test_notes_and_arguments_of_exceptions_stay_outside() -> None:
    error = RuntimeError("quotes", {"title": "a title"})
    error.add_note("of a note")
    trace = _trace_of(error)
    assert trace.rstrip().endswith("RuntimeError")
    assert "of a note" not in trace and "a title" not in trace


def test_what_is_of_the_program_or_the_system_is_told() -> None:
    assert plain_error(NotFound("no-note", "There is no note of Turing.", "Turing")) == "NotFound (no-note)"
    told = plain_error(OSError(errno.ENOSPC, "anybody's words", "/home/ada/Secret.pdf"))
    assert told == f"OSError ({errno.ENOSPC} No space left on device)"
    assert plain_error(ValueError("Secret")) == "ValueError"


def test_errors_of_the_database_by_their_names() -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE t (x UNIQUE)")
        connection.execute("INSERT INTO t VALUES ('Secret')")
        try:
            connection.execute("INSERT INTO t VALUES ('Secret')")
        except sqlite3.IntegrityError as error:
            assert plain_error(error) == "IntegrityError (SQLITE_CONSTRAINT_UNIQUE)"
    connection.close()


def test_a_cause_that_was_hidden_stays_hidden() -> None:
    try:
        try:
            dict[str, int]()["gone"]
        except KeyError:
            raise ValueError from None
    except ValueError as error:
        assert "KeyError" not in plain_trace(error)
