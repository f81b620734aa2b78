"""What a preference is: its kind, what it may hold, how a value read from a file or form is checked."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from refman.domain.errors import InvalidValue
from refman.domain.frozen import dataclass

SettingValue = str | int | bool
"""Choices are members of a StrEnum and so strings."""


class SettingGroup(StrEnum):
    """The sections of the preferences, in their order; English, translated in the context `Setting`."""

    APPEARANCE = "Appearance"
    CITING = "Citing and exporting"
    IMPORTING = "Importing"
    MESSAGES = "Messages"
    SAFETY = "Safety"


class SettingKind(StrEnum):
    """What a value is, and so which control edits it."""

    CHOICE = "choice"
    BOOL = "bool"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice with its English label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One preference. `label`, `help`, `unit` and labels of choices are English, translated in the context `Setting`.

    `choices` is empty unless `kind` is CHOICE; `minimum`, `maximum` (both allowed), `step` and `unit` only count for
    a NUMBER.
    """

    name: str
    group: SettingGroup
    label: str
    kind: SettingKind
    default: SettingValue
    choices: tuple[Choice, ...] = ()
    help: str = ""
    minimum: int = 0
    maximum: int = 0
    step: int = 1
    unit: str = ""

    def parse(self, value: object) -> SettingValue:
        """The value as this preference holds it.

        Raises:
            InvalidValue: another type, not one of the choices, or out of range.
        """
        parsed = _PARSERS[self.kind](self, value)
        if parsed is None:
            raise InvalidValue(
                "setting-value",
                f"The setting {self.name} cannot be {value!r}: {self._allowed()}.",
                self.name,
                repr(value),
            )
        return parsed

    def _allowed(self) -> str:
        match self.kind:
            case SettingKind.CHOICE:
                return "it is one of " + ", ".join(choice.value for choice in self.choices)
            case SettingKind.BOOL:
                return "it is true or false"
            case SettingKind.NUMBER:
                return f"it is a whole number from {self.minimum} to {self.maximum}"
            case SettingKind.TEXT:
                return "it is one line of text and not empty" if self.default else "it is one line of text"


def _choice(setting: Setting, value: object) -> SettingValue | None:
    return next((choice.value for choice in setting.choices if choice.value == value), None)


def _bool(_setting: Setting, value: object) -> SettingValue | None:
    return value if isinstance(value, bool) else None


def _number(setting: Setting, value: object) -> SettingValue | None:
    # bool is an int in Python, but `true` is no font size.
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if setting.minimum <= value <= setting.maximum else None


def _text(setting: Setting, value: object) -> SettingValue | None:
    if not isinstance(value, str) or not value.isprintable():
        return None
    # One that is empty by default may be emptied again.
    return value.strip() if value.strip() or not setting.default else None


_PARSERS: Mapping[SettingKind, Callable[[Setting, object], SettingValue | None]] = {
    SettingKind.CHOICE: _choice,
    SettingKind.BOOL: _bool,
    SettingKind.NUMBER: _number,
    SettingKind.TEXT: _text,
}
