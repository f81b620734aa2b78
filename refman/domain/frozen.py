"""Frozen dataclasses that a start need not compile (docs/decisions/0071).

`dataclasses.dataclass(frozen=True, slots=True)` compiles six methods for every class, 0.75 ms; a start loads 125 and
makes instances of half of them. Here `__init__` is compiled for the first instance and the others are shared by all
classes. What a class does is the same; one that is not frozen and slotted, or is derived from a dataclass, goes to
`dataclasses`.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")

_UNGIVEN = object()
_compared: dict[type, Callable[[Any], tuple[Any, ...]]] = {}


def _frozen(
    plain: type[T] | None = None, *, frozen: bool = False, slots: bool = False, kw_only: bool = False, **others: Any
) -> Any:
    """As `dataclasses.dataclass`."""

    def make(wanted: type[T]) -> type[T]:
        if frozen and slots and not others and not dataclasses.is_dataclass(wanted):
            return _made(wanted, kw_only=kw_only)
        return dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, **others)(wanted)

    return make if plain is None else make(plain)


def _made(plain: type[T], *, kw_only: bool) -> type[T]:
    if plain.__doc__ is None:
        # Else `dataclasses` writes down a signature, which costs as much as a method.
        plain.__doc__ = plain.__name__
    cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(plain)
    vars(cls)["__dataclass_params__"].__init__(
        init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=True
    )
    shared = {
        "__init__": _first_init(cls),
        "__repr__": _repr,
        "__eq__": _eq,
        "__hash__": _hash,
        "__getstate__": _getstate,
        "__setstate__": _setstate,
    }
    for name, method in shared.items():
        if name not in vars(cls):
            setattr(cls, name, method)
    for name, method in (("__setattr__", _setattr), ("__delattr__", _delattr)):
        setattr(cls, name, method)
    return cls


# Making --------------------------------------------------------------------------------------------------------------


def _first_init(cls: type[Any]) -> Callable[..., None]:
    def __init__(self: Any, *args: Any, **named: Any) -> None:
        """Is replaced by the first instance; a second thread at most compiles the same once more."""
        cls.__init__ = compiled = _compiled_init(cls)
        compiled(self, *args, **named)

    __init__.__qualname__ = f"{cls.__qualname__}.__init__"
    return __init__


def _compiled_init(cls: type[Any]) -> Callable[..., None]:
    names: dict[str, Any] = {"_UNGIVEN": _UNGIVEN}
    lines: list[str] = []
    plain, keywords = ["self"], list[str]()
    for field in dataclasses.fields(cls):
        if field.init:
            (keywords if field.kw_only else plain).append(_parameter(field, names))
        # The slot itself: it is faster than `object.__setattr__`, and cannot be refused.
        names[f"_set_{field.name}"] = getattr(cls, field.name).__set__
        value = _value(field)
        if value:
            lines.append(f" _set_{field.name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    head = ", ".join(plain + (["*", *keywords] if keywords else []))
    exec(f"def __init__({head}):\n" + "\n".join(lines or [" pass"]), names)
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__module__ = cls.__module__
    return init


def _parameter(field: "Field[Any]", names: dict[str, Any]) -> str:
    """How a field stands in the head of `__init__`; its default goes into `names`."""
    if field.default is not MISSING:
        names[f"_default_{field.name}"] = field.default
        return f"{field.name}=_default_{field.name}"
    if field.default_factory is not MISSING:
        names[f"_make_{field.name}"] = field.default_factory
        return f"{field.name}=_UNGIVEN"
    return field.name


def _value(field: "Field[Any]") -> str:
    """What `__init__` puts into the slot of a field, "" for nothing."""
    if not field.init:
        return ""
    if field.default is MISSING and field.default_factory is not MISSING:
        return f"_make_{field.name}() if {field.name} is _UNGIVEN else {field.name}"
    return field.name


# What every class shares ---------------------------------------------------------------------------------------------


def _getter(cls: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Gives what makes a value equal to another one."""
    names = [field.name for field in dataclasses.fields(cls) if field.compare]
    get = attrgetter(*names) if len(names) > 1 else _few(names)
    _compared[cls] = get
    return get


def _few(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """As `attrgetter` for many names, for one or none."""
    return lambda made: tuple(getattr(made, name) for name in names)


def _eq(self: Any, other: object) -> Any:
    cls = self.__class__
    if other.__class__ is not cls:
        return NotImplemented
    get = _compared.get(cls) or _getter(cls)
    return bool(get(self) == get(other))


def _hash(self: Any) -> int:
    cls = self.__class__
    return hash((_compared.get(cls) or _getter(cls))(self))


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _setattr(self: Any, name: str, value: object) -> None:
    if _is_fixed(self, name):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _delattr(self: Any, name: str) -> None:
    if _is_fixed(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _is_fixed(made: Any, name: str) -> bool:
    """A class that is derived without being a dataclass itself may have attributes of its own."""
    return "__dataclass_fields__" in vars(type(made)) or name in made.__dataclass_fields__


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


if TYPE_CHECKING:
    # To a type checker it is the one it knows.
    from dataclasses import dataclass
else:
    dataclass = _frozen
