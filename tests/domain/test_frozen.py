"""A frozen dataclass that is compiled late does what one of the standard library does."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from refman.domain import frozen

Decorator = Callable[..., Callable[[type[Any]], type[Any]]]

_BOTH: tuple[Decorator, ...] = (frozen.dataclass, dataclasses.dataclass)


@frozen.dataclass(frozen=True, slots=True)
class Kept:
    """Stands at module level, so that it can be pickled."""

    name: str
    numbers: tuple[int, ...] = ()


def _classes(decorate: Decorator) -> tuple[type[Any], ...]:
    @decorate(frozen=True, slots=True)
    class Nothing:
        pass

    @decorate(frozen=True, slots=True)
    class One:
        name: str

    @decorate(frozen=True, slots=True)
    class Many:
        name: str
        size: int = 3
        parts: list[int] = field(default_factory=list)
        hidden: str = field(default="h", repr=False)
        ignored: int = field(default=0, compare=False)
        last: str = field(default="z", kw_only=True)

    @decorate(frozen=True, slots=True, kw_only=True)
    class Named:
        name: str
        size: int = 1

    @decorate(frozen=True, slots=True)
    class Checked:
        size: int

        def __post_init__(self) -> None:
            if self.size < 0:
                raise ValueError("negative")

    @decorate(frozen=True, slots=True)
    class Grown(One):
        size: int = 0

    @decorate(frozen=True, slots=True)
    class Own:
        name: str

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    return Nothing, One, Many, Named, Checked, Grown, Own


_NAMES = ("Nothing", "One", "Many", "Named", "Checked", "Grown", "Own")
_MADE: tuple[tuple[str, Callable[[type[Any]], Any]], ...] = (
    ("Nothing", lambda c: c()),
    ("One", lambda c: c("a")),
    ("One", lambda c: c(name="a")),
    ("One", lambda c: c()),
    ("One", lambda c: c("a", "b")),
    ("One", lambda c: c(nam="a")),
    ("Many", lambda c: c("a")),
    ("Many", lambda c: c("a", 4, [1], "x", 5, last="y")),
    ("Many", lambda c: c("a", 4, [1], "x", 5, "y")),
    ("Many", lambda c: c(size=1, name="b")),
    ("Many", lambda c: dataclasses.replace(c("a"), size=9)),
    ("Many", lambda c: dataclasses.asdict(c("a", 4, [1]))),
    ("Many", lambda c: dataclasses.astuple(c("a", 4, [1]))),
    ("Many", lambda c: [f.name for f in dataclasses.fields(c)]),
    ("Many", lambda c: c("a") == c("a") and c("a") != c("b")),
    ("Many", lambda c: c("a", ignored=1) == c("a", ignored=2)),
    ("Many", lambda c: c("a").parts is c("a").parts),
    ("Many", lambda c: hash(c("a"))),
    ("Many", lambda c: hash(c("a", parts=()))),
    ("Many", lambda c: c.__match_args__),
    ("Many", lambda c: c.__slots__),
    ("Many", lambda c: c.size),
    ("Named", lambda c: c(name="a")),
    ("Named", lambda c: c("a")),
    ("Checked", lambda c: c(1)),
    ("Checked", lambda c: c(-1)),
    ("Grown", lambda c: c("a", 2)),
    ("Grown", lambda c: hash(c("a", 2))),
    ("Own", lambda c: (c("a"), c("a") == 5, hash(c("a")))),
    ("One", lambda c: hash(c("a")) == hash(("a",))),
    ("Nothing", lambda c: c() == c() and hash(c()) == hash(())),
    ("One", lambda c: c("a").__eq__(("a",))),
    ("One", lambda c: setattr(c("a"), "name", "b")),
    ("One", lambda c: delattr(c("a"), "name")),
    ("One", lambda c: c("a").__dict__),
    ("One", lambda c: copy.copy(c("a"))),
    ("Many", lambda c: copy.deepcopy(c("a", 4, [1]))),
    ("Many", lambda c: c.__dataclass_params__),
    ("Many", lambda c: c("a").__init__.__qualname__),
)
"""A class and something that is done with it: the answer or the refusal must be that of the standard library."""


def _said(decorate: Decorator, name: str, deed: Callable[[type[Any]], Any]) -> tuple[str, str]:
    cls = dict(zip(_NAMES, _classes(decorate), strict=True))[name]
    try:
        return ("gave", repr(deed(cls)))
    except (TypeError, ValueError, AttributeError) as error:
        return (type(error).__name__, str(error))


@pytest.mark.parametrize("number", range(len(_MADE)))
def test_it_does_what_the_standard_library_does(number: int) -> None:
    ours, theirs = (_said(decorate, *_MADE[number]) for decorate in _BOTH)
    assert ours == theirs


def test_the_second_instance_is_made_as_the_first() -> None:
    cls = _classes(frozen.dataclass)[2]
    assert cls("a", 4) == cls("a", 4)
    assert str(inspect.signature(cls)).startswith("(name, size=3, parts=")


def test_many_threads_may_make_the_first_instance() -> None:
    for _ in range(20):
        cls = _classes(frozen.dataclass)[2]
        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(cls, "abcdefgh"))
        assert [one.name for one in made] == list("abcdefgh")


def _set(made: object, name: str, value: object) -> None:
    setattr(made, name, value)


def test_nothing_can_be_added_to_an_instance() -> None:
    # The standard library refuses with a TypeError about `super` instead.
    with pytest.raises(FrozenInstanceError, match="other"):
        _set(Kept("a"), "other", 1)


def test_it_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Kept("a", (1, 2)))) == Kept("a", (1, 2))


def test_a_plain_class_derived_from_it_may_have_attributes_of_its_own() -> None:
    class Free(Kept):
        pass

    free = Free("a")
    _set(free, "more", 5)
    with pytest.raises(FrozenInstanceError):
        _set(free, "name", "b")
    with pytest.raises(FrozenInstanceError):
        delattr(free, "name")
    assert vars(free) == {"more": 5} and free == Free("a")
    assert free != Kept("a")


def test_what_is_not_frozen_and_slotted_is_left_to_the_standard_library() -> None:
    @frozen.dataclass(slots=True, eq=False)
    class Loose:
        name: str

    @frozen.dataclass
    class Bare:
        name: str = "n"

    loose = Loose("a")
    loose.name = "b"
    assert loose != Loose("b")
    assert Bare() == Bare("n")
