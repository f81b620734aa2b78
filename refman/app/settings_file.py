"""The settings file: a flat TOML table that a person may read and edit, written whole and atomically."""

import os
import tempfile
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from refman.domain.errors import Problem, RefmanError
from refman.domain.settings import PROFILES, SETTINGS, Settings, settings_of

_HEADER = "# Preferences of refman. A line that is missing means the default; comments are not kept.\n"
_NAMES = frozenset({PROFILES, *(setting.name for setting in SETTINGS)})


class SettingsUnwritable(RefmanError):
    """The settings file could not be written; the old one is as it was."""


class SettingsFile:
    """Reads and writes the preferences at one path. Any thread, one at a time; both calls read or write the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # What a newer refman wrote goes back into the file as it was.
        self._unknown: dict[str, object] = {}

    def load(self) -> tuple[Settings, tuple[Problem, ...]]:
        """The stored settings, or the defaults where there is nothing to read; never raises for a bad file.

        A file that is no TOML is renamed to `NAME.broken-TIME`, so that nothing a person wrote in it is lost.
        """
        try:
            table = tomllib.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return Settings(), ()
        except OSError as error:
            return Settings(), (self._problem("settings-unreadable", f"cannot be read ({error.strerror})"),)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            return Settings(), (self._put_aside(error),)
        self._unknown = {name: value for name, value in table.items() if name not in _NAMES}
        return settings_of(table)

    def save(self, settings: Settings) -> None:
        """Writes the values that are not the default and what a newer refman wrote.

        Raises:
            SettingsUnwritable: no room, no permission; the file is as it was.
        """
        text = _HEADER + to_toml({**settings.table(), **self._unknown})
        # A settings file kept elsewhere by a link (dotfiles) stays a link.
        target = Path(os.path.realpath(self.path))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, text.encode("utf-8"))
        except OSError as error:
            raise SettingsUnwritable(
                "settings-unwritable",
                f"The settings file {self.path} cannot be written ({error.strerror}). "
                "The settings hold until refman is closed.",
                str(self.path),
                error.strerror or "",
            ) from error

    def _put_aside(self, error: Exception) -> Problem:
        kept = self.path.with_name(f"{self.path.name}.broken-{datetime.now():%Y%m%d-%H%M%S}")
        try:
            self.path.rename(kept)
        except OSError as refusal:
            return self._problem("settings-broken", f"is not TOML ({error}) and cannot be renamed ({refusal.strerror})")
        return self._problem("settings-broken", f"is not TOML ({error}); it was kept as {kept.name}")

    def _problem(self, code: str, what: str) -> Problem:
        return Problem(0, code, f"The settings file {self.path} {what}. The defaults are used.", (str(self.path), what))


def to_toml(table: Mapping[str, object]) -> str:
    """One `name = value` line a pair; tables inside become inline tables (TOML 1.0, https://toml.io/en/v1.0.0)."""
    return "".join(f"{_quoted_name(name)} = {_toml_value(value)}\n" for name, value in table.items())


def _quoted_name(name: str) -> str:
    is_bare = name.isascii() and name.replace("-", "_").isidentifier()
    return name if is_bare else _toml_string(name)


def _toml_value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _toml_string(value)
        case dict():
            return (
                "{" + ", ".join(f"{_quoted_name(name)} = {_toml_value(inner)}" for name, inner in value.items()) + "}"
            )
        case list():
            return "[" + ", ".join(_toml_value(inner) for inner in value) + "]"
    # Numbers and dates of tomllib print as TOML writes them, `inf` and `nan` included.
    return str(value)


def _toml_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else _escape(ord(c)) for c in escaped) + '"'


def _escape(code: int) -> str:
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def _replace(target: Path, content: bytes) -> None:
    """Writes beside the target, then renames: after a crash there is the old file or the new one, never half."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
