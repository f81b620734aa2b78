"""One thing that a build said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BuildNote:
    """One warning. `key` is the entry it is about, "" for none; `file` and `line` a place that it names ("" and 0)."""

    key: str
    message: str
    is_error: bool = False
    file: str = ""
    line: int = 0
