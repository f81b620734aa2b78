"""What the harness of faults finds is never lost on its way to the table and the exit status."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults import __main__ as command
from tests.faults.children import Child
from tests.faults.plan import Part
from tests.faults.report import table, write_page
from tests.faults.tally import Tally, line_of, merged, tally_of

_PARTS = 2


def _tally(*, runs: int = 0, faults: int = 0, lost: int = 0) -> Tally:
    return Tally("a test", runs, faults, lost)


def test_a_part_that_ended_with_an_exception_counts() -> None:
    found = merged("a test", [_tally(runs=5, faults=5)], _PARTS)
    assert (found.runs, found.uncaught, found.is_well) == (5, 1, False)


def test_a_test_of_which_nothing_ran_says_why_or_counts() -> None:
    silent = merged("a test", [_tally(), _tally()], _PARTS)
    assert (silent.uncaught, silent.is_well) == (1, False)
    told = merged("a test", [Tally("a test", note="did not run: no rights"), _tally()], _PARTS)
    assert (told.uncaught, told.is_well) == (0, True)
    lines = table([told, merged("other", [Tally("other", runs=3)], 1)], 1.0).splitlines()
    assert lines[2].startswith("| a test (did not run: no rights) | 0 | 0 |")
    assert lines[-1].startswith("| all | 3 | 0 |")


def test_what_has_no_column_is_told_in_its_line() -> None:
    tally = _tally(runs=1)
    tally.fail("soak", "the log grew")
    assert "| a test (FAILED, see above) | 1 |" in table([tally], 1.0)


def test_a_tally_comes_back_from_its_process_as_it_went() -> None:
    tally = _tally(runs=3, lost=1)
    tally.fail("here", "operation 3 was acknowledged")
    assert tally_of(line_of(tally)) == tally


@pytest.mark.parametrize("kind", ["lost", "half", "unsound", "uncaught", "hung", ""])
def test_whatever_is_found_is_in_the_exit_status(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tally = _tally(runs=1)
    if kind:
        setattr(tally, kind, 1)
        tally.fail("here", "something")

    def run_all(parts: Sequence[Part], place: Path, *, is_long: bool) -> list[Tally]:
        return [tally]

    monkeypatch.setattr(command, "run_all", run_all)
    monkeypatch.setattr(command, "set_home", lambda _: None)
    monkeypatch.setattr(command, "load_everything", lambda: None)
    monkeypatch.setenv("TMPDIR", "")
    assert command.main(["--no-page"]) == (1 if kind else 0)


def test_a_child_that_ended_unseen_is_neither_read_nor_signalled_again(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    start_read, start_write = os.pipe()
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {})
    os.close(write_end)
    child = Child(pid, read_end, start_write, tmp_path / "log")
    child.go()
    os.close(start_read)
    child.run_for(60)
    assert child.status == 0
    child.kill()
    assert (child.wait(1), child.read_until(1, 1), child.status) == (True, False, 0)


def _rows(page: Path) -> list[tuple[str, str]]:
    """Names and runs of the long table."""
    table = page.read_text("utf-8").partition("## The long run")[2]
    cells = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| ")]
    return [(row[0], row[1]) for row in cells[2:]]


def test_the_long_table_keeps_the_lines_that_were_not_run_again(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    write_page([Tally("power cuts", 1), Tally("read-only file and folder", 2)], seconds=1, is_long=False, page=page)
    short = page.read_text("utf-8").partition("## The long run")[0]
    cuts, edits = Tally("power cuts", 10), Tally("kill -9: single edits", 200, note="half of it")
    write_page([cuts], seconds=1, is_long=True, page=page)
    write_page([edits], seconds=1, is_long=True, page=page)
    assert _rows(page) == [("kill -9: single edits (half of it)", "200"), ("power cuts", "10")]
    write_page([Tally("kill -9: single edits", 300)], seconds=1, is_long=True, page=page)
    assert _rows(page) == [("kill -9: single edits", "300"), ("power cuts", "10")]
    assert page.read_text("utf-8").startswith(short)
