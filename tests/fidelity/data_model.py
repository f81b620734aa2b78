"""What biber's own check says of exports for biblatex."""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.fidelity.collections import BibFile
from tests.fidelity.table import Row, share
from tests.fidelity.through_refman import export_of_import

_SIZES = range(2_000, 200_000)
_COMPLAINT = re.compile(r"^(WARN|ERROR|FATAL)[^-]*- (.*)$", re.MULTILINE)
# Names of files and places, which differ between a file and its export.
_PLACE = re.compile(r"/\S+|\d+")


def validated(files: Sequence[BibFile]) -> list[Row]:
    """Every file in UTF-8 of a size that biber checks in seconds, before and after refman."""
    checked = sound = 0
    notes: list[str] = []
    for file in files:
        if len(file.content) not in _SIZES or not _is_utf8(file.content):
            continue
        before = _complaints(file.content)
        after = _complaints(export_of_import(file.content, file.name, "biblatex").encode())
        new = [text for text in after if text not in before]
        checked += 1
        sound += not new
        notes += [f"{file.name}: {text[:160]}" for text in sorted(new)[:1]]
    return [
        Row(
            "biber --tool --validate-datamodel: exports without a complaint that the file did not have",
            "100 %",
            share(sound, checked),
            sound == checked,
            notes[:15],
        )
    ]


def _complaints(content: bytes) -> set[str]:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "x.bib").write_bytes(content)
        done = subprocess.run(
            ["biber", "--tool", "--validate-datamodel", "x.bib"],
            cwd=name,
            capture_output=True,
            check=False,
            timeout=600,
            stdin=subprocess.DEVNULL,
        )
    said = done.stdout.decode("utf-8", "replace")
    return {f"{kind}: {_PLACE.sub('', text)}" for kind, text in _COMPLAINT.findall(said)}


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
