"""PySide's texts of signatures are compiled when somebody asks for one (docs/decisions/0115).

They come as sources in an archive inside `shiboken6`, so Python compiles 100 KB of them in every start. They are asked
for when a call has wrong arguments, and by `help` and `inspect.signature`.
"""

import builtins
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from refman.app.late_modules import delay

_PACKAGE = "shibokensupport.signature"
_FIRST = "errorhandler"
"""The first of them that PySide's loader imports; before it comes `mapping`, whose names C++ takes as they are."""
_LATE = (_FIRST, "layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool")


@contextmanager
def late_signatures() -> Iterator[None]:
    """PySide, when it is first loaded inside, leaves them uncompiled. One that is loaded already stays as it is."""
    if "shiboken6" in sys.modules:
        yield
        return
    plain = builtins.__import__

    def load(name: str, *rest: Any, **named: Any) -> Any:
        # PySide takes away whatever stood in their places before, so it must be now.
        if name == _PACKAGE and rest[2:3] == ((_FIRST,),):
            vars(builtins)["__import__"] = plain
            plain(f"{_PACKAGE}.lib")
            for module in _LATE:
                delay(f"{_PACKAGE}.{module}")
        return plain(name, *rest, **named)

    vars(builtins)["__import__"] = load
    try:
        yield
    finally:
        # Unless PySide put its own there (see `loading_window`).
        if builtins.__import__ is load:
            vars(builtins)["__import__"] = plain
