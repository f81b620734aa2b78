"""Modules that others import and refman never uses run only when something of them is asked for (docs/decisions/0071).

SQLAlchemy imports `asyncio` for its asynchronous engines, `importlib.metadata` for its plug-ins and `hashlib` for long
names: 45 of 574 modules, and OpenSSL.
`importlib.util.LazyLoader` does not help: with it the second import statement runs the module.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

LATE: Mapping[str, Mapping[str, str]] = {
    "asyncio": {
        # What SQLAlchemy asks for while it is loaded and when a query fails; these parts are small.
        "iscoroutine": "asyncio.coroutines",
        "CancelledError": "asyncio.exceptions",
        "TimeoutError": "asyncio.exceptions",
    },
    "importlib.metadata": {},
    "hashlib": {},
}
"""Modules by name, with names of theirs that stand in a part that can be loaded alone."""

_ASKED_OF_ANY = frozenset({"__wrapped__", "__warningregistry__"})
"""What PySide's look for features and `warnings` ask of every module, to hear that it is not there."""

_lock = RLock()


class LateModule(ModuleType):
    """In the place of a module until something of it is wanted; then it becomes that module, in any thread."""

    _is_running = False
    _has_run = False

    def __getattr__(self, name: str) -> Any:
        """Is asked only for what is not there."""
        part = LATE.get(self.__name__, {}).get(name)
        if part is not None:
            return getattr(import_module(part), name)
        with _lock:
            # Running already means this thread: the module looks at itself, or a part of it does.
            if not self._is_running and not self._has_run and name not in _ASKED_OF_ANY:
                self._run()
        # Another thread may have run it while this one waited.
        if name in vars(self):
            return vars(self)[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name, obj=self)

    def _run(self) -> None:
        spec = self.__spec__
        if spec is None or spec.loader is None:
            raise ImportError(f"{self.__name__} cannot be loaded", name=self.__name__)
        self._is_running = True
        # PySide gives what it loaded a second name; its loader knows the first one.
        spec.name, second_name = self.__name__, spec.name
        try:
            spec.loader.exec_module(self)
            self._has_run = True
        finally:
            self._is_running = False
            spec.name = second_name


def delay_unused_modules() -> None:
    """Puts the modules of `LATE` in place without running them; those that are loaded already stay as they are."""
    for name in LATE:
        if name not in sys.modules:
            delay(name)


def delay(name: str) -> None:
    """Puts a stand-in in the place of one module, which nobody has loaded; one that is not there stays away."""
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    plain, late = module_from_spec(spec), LateModule(name)
    vars(late).update(vars(plain))
    sys.modules[name] = late
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, late)
