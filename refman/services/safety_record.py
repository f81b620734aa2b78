"""What refman remembers of the safety of one library, in a small file beside its backups.

A record that is lost or cannot be read is no harm: the next backup is then made at once.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from refman.services.private_files import Write, write_private

RECORD_NAME = "safety.json"


@dataclass(frozen=True, slots=True)
class SafetyRecord:
    """`mark` and `text_mark` are the library's at the last backup and text; times are ISO texts, "" for never.

    `problems` are those of the last check; `second_problem` says why the second place could not be written.
    """

    mark: str = ""
    backed_up: str = ""
    copy_seconds: float = 0.0
    text_mark: str = ""
    text_written: str = ""
    text_seconds: float = 0.0
    checked: str = ""
    was_deep: bool = False
    problems: tuple[str, ...] = ()
    second_problem: str = ""

    @property
    def is_unsound(self) -> bool:
        """True while the last check found the library damaged: then no backup is made or taken away."""
        return bool(self.problems)


def time_of(text: str) -> datetime | None:
    """A time of the record; None for never, and for one that has no zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def read_record(folder: Path) -> SafetyRecord:
    """The record in a folder of backups; never raises for a missing or bad file."""
    try:
        values = json.loads((folder / RECORD_NAME).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return SafetyRecord()
    return _record_of(values) if isinstance(values, dict) else SafetyRecord()


def _record_of(values: Mapping[str, Any]) -> SafetyRecord:
    """What has the right type counts; the rest is as if it had never been written."""
    known: dict[str, Any] = {}
    for field in fields(SafetyRecord):
        value = values.get(field.name)
        if field.name == "problems" and isinstance(value, list):
            known["problems"] = tuple(map(str, value))
        elif type(value) is type(field.default):
            known[field.name] = value
    return SafetyRecord(**known)


def write_record(folder: Path, record: SafetyRecord) -> None:
    """Raises: ExportRefused, DiskFull."""
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n"

    def produce(write: Write) -> None:
        write(text)

    write_private(folder / RECORD_NAME, produce)
