"""Window and command line on one library: nothing is lost, everything is seen and undone in order."""

import subprocess
import sys
from pathlib import Path

from refman.app.wiring import Wiring
from tests.cli.conftest import Cli

_EDITS = 50
"""The window is beside 200 of them: `tests/ui/main_window/test_together.py`."""
_WRITER = """
import sys
from refman.app.main import main
for number in range(int(sys.argv[1])):
    status = main(["edit", "zheng2026ai", f"volume={number}"])
    if status:
        sys.exit(status)
"""


def test_edits_by_another_process_are_seen_and_undone_in_order(cli: Cli, page: list[str], library: Path) -> None:
    wiring = Wiring()
    window = wiring.open_library(str(library))
    try:
        (paper_id,) = window.ids_of_keys(["zheng2026ai"]).values()
        version = window.version()
        done = subprocess.run([sys.executable, "-c", _WRITER, str(_EDITS)], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.splitlines() == ["Volume of zheng2026ai changed"] * _EDITS
        assert window.changes_since(version).changed == {paper_id}
        for expected in reversed(range(_EDITS)):
            paper = window.paper(paper_id)
            assert paper
            assert paper.plain("volume") == str(expected)
            window.undo()
        paper = window.paper(paper_id)
        assert paper
        assert paper.plain("volume") == ""
        assert [step.name for step in window.history() if step.state == "done"] == [
            "Import 23 papers from lars-buesing.txt"
        ]
    finally:
        window.close()
    assert cli("check", "--json").json == {"ok": True, "problems": []}


def test_two_programs_write_in_turns(cli: Cli, page: list[str], library: Path) -> None:
    window = Wiring().open_library(str(library))
    try:
        ids = window.ids_of_keys(["zheng2026ai", "hamrick2020role"])
        written = 0
        with subprocess.Popen([sys.executable, "-c", _WRITER, "60"], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            for _ in writer.stdout:
                window.tag(list(ids.values()), [f"t{written}"])
                written += 1
        assert (writer.returncode, written) == (0, 60)
        assert len(window.history()) == 1 + 60 + written
        paper = window.paper(ids["zheng2026ai"])
        assert paper
        assert (paper.plain("volume"), len(paper.tags)) == ("59", written)
    finally:
        window.close()
