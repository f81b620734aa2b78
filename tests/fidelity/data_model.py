"""What biber's own check says of exports for biblatex."""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fidelity.collections import BibFile
from tests.fidelity.table import Row, share
from tests.fidelity.through_refman import export_of_import

_SIZES = range(2_000, 200_000)
_COMPLAINT = re.compile(r"^(WARN|ERROR|FATAL)[^-]*- (.*)$", re.MULTILINE)
_OF_ENTRY = re.compile(r"\bEntry '([^']*)'")
_KEY = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)
# Names of files and places, which differ between a file and its export.
_PLACE = re.compile(r"/\S+|\d+")


@dataclass(frozen=True, slots=True)
class _Check:
    """What biber said, and the keys of the entries that it read."""

    complaints: tuple[str, ...]
    keys: frozenset[str]

    def forms(self) -> set[str]:
        """The complaints without places, each with its key and for any key."""
        return {_PLACE.sub("", form) for text in self.complaints for form in (text, _OF_ENTRY.sub("Entry", text))}


def validated(files: Sequence[BibFile]) -> list[Row]:
    """Every file in UTF-8 of a size that biber checks in seconds, before and after refman.

    A file of which biber itself reads no entry (macros alone, a fault at its beginning) has nothing to compare with.
    """
    checked = sound = 0
    notes: list[str] = []
    for file in files:
        if len(file.content) not in _SIZES or not _is_utf8(file.content):
            continue
        before = _check(file.content)
        if not before.keys:
            continue
        exported = export_of_import(file.content, file.name, "biblatex")
        new = _new_complaints(before, _check(exported.encode()))
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


def _new_complaints(before: _Check, after: _Check) -> list[str]:
    """What biber says of the export and did not of the file.

    Of an entry that it skipped in the file (a second one with its key, one behind a fault of syntax) it could say
    nothing there; what it says now is no news if it said the same of another entry.
    """
    known = before.forms()
    new = []
    for text in after.complaints:
        entry = _OF_ENTRY.search(text)
        is_skipped = entry is not None and entry.group(1) not in before.keys
        if _PLACE.sub("", _OF_ENTRY.sub("Entry", text) if is_skipped else text) not in known:
            new.append(text)
    return new


def _check(content: bytes) -> _Check:
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
        written = Path(name) / "x_bibertool.bib"
        keys = frozenset(_KEY.findall(written.read_text("utf-8"))) if written.exists() else frozenset()
    said = done.stdout.decode("utf-8", "replace")
    return _Check(tuple(f"{kind}: {text}" for kind, text in _COMPLAINT.findall(said)), keys)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
