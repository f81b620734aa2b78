"""SQLite, which stores libraries: its version, and what is known to be wrong with it (RELIABILITY 0.4, D13)."""

from refman.domain.errors import Problem
from refman.domain.frozen import dataclass

_WITHDRAWN = (3, 52, 0)
_FIXED = (3, 51, 3)
_FIXED_BEFORE = (((3, 50, 7), (3, 51, 0)), ((3, 44, 6), (3, 45, 0)))
"""From the first version on, before the second, the repair was put into an older line as well."""


@dataclass(frozen=True, slots=True)
class SqliteVersion:
    """A version and its fault; one that `is_urgent` is told at each start, not only to whoever asks."""

    version: str
    problem: Problem | None = None
    is_urgent: bool = False


def known_of(version: tuple[int, ...]) -> SqliteVersion:
    """What is known of a version of SQLite."""
    name = ".".join(map(str, version))
    if version == _WITHDRAWN:
        said = f"SQLite {name} was withdrawn by its makers; run refman with a Python that has another version."
        return SqliteVersion(name, Problem(0, "sqlite-withdrawn", said, (name,)), is_urgent=True)
    if version >= _FIXED or any(first <= version < after for first, after in _FIXED_BEFORE):
        return SqliteVersion(name)
    said = (
        f"SQLite {name} can lose what two programs write to a library at the same moment. Those of refman take turns "
        "and are safe from it: let no other program write to your libraries. SQLite 3.51.3, 3.50.7 and 3.44.6 are "
        "repaired."
    )
    return SqliteVersion(name, Problem(0, "sqlite-two-writers", said, (name,)))
