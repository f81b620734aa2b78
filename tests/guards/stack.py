"""Who is at work: our own frames of a stack, innermost first, up to the test that called them."""

from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import refman

_PACKAGE = str(Path(refman.__file__).parent) + "/"
_TESTS = str(Path(__file__).resolve().parent.parent) + "/"
_GUARDS = str(Path(__file__).resolve().parent) + "/"
_IMPORTS = ("<frozen importlib", "shibokensupport/feature.py")
"""The second is PySide's hook, which reads every module; the program takes it away (refman/app/loading.py)."""


def refman_frames(frame: FrameType | None) -> Iterator[str]:
    """Yield `room/module.py:line` of refman's frames, until a frame of a test is met.

    What a test does itself (it may write a broken library file on purpose) therefore yields
    nothing, and neither does an import in progress.
    """
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_IMPORTS):
            return
        if name.startswith(_TESTS) and not name.startswith(_GUARDS):
            return
        if name.startswith(_PACKAGE):
            yield f"{name.removeprefix(_PACKAGE)}:{frame.f_lineno}"
        frame = frame.f_back
