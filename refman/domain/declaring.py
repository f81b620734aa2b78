"""Settings declared as annotated fields of a dataclass: `name: Annotated[type, Said(...)] = default`."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

from refman.domain.frozen import dataclass
from refman.domain.setting import Choice, Setting, SettingGroup, SettingKind, SettingValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a declaration says beside name, type and default; see `Setting`. `labels` are those of the choices."""

    group: SettingGroup
    label: str
    help: str = ""
    labels: Mapping[str, str] | None = None
    minimum: int = 0
    maximum: int = 0
    step: int = 1
    unit: str = ""


def declared(defaults: Any) -> tuple[Setting, ...]:
    """The settings of a dataclass in the order of declaration; `defaults` is an instance with every default."""
    return tuple(
        _declared(one.name, getattr(defaults, one.name), one.type)
        for one in fields(defaults)
        if get_origin(one.type) is Annotated
    )


def _declared(name: str, default: SettingValue, annotation: object) -> Setting:
    held, said = get_args(annotation)
    return Setting(
        name=name,
        group=said.group,
        label=said.label,
        kind=_kind(held),
        default=default,
        choices=_choices(held, said.labels or {}),
        help=said.help,
        minimum=said.minimum,
        maximum=said.maximum,
        step=said.step,
        unit=said.unit,
    )


def _kind(held: type) -> SettingKind:
    if issubclass(held, StrEnum):
        return SettingKind.CHOICE
    return {bool: SettingKind.BOOL, int: SettingKind.NUMBER, str: SettingKind.TEXT}[held]


def _choices(held: type, labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, labels.get(value, value)) for value in held) if issubclass(held, StrEnum) else ()
