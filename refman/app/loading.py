"""Loads many modules at once, quickly (docs/decisions/0070).

What a module makes lives until the end. Python's cyclic garbage collector would walk over it again and again while more
is loaded, and over all of it once more at the end of the process. PySide would read the source of every module that is
loaded after it.
"""

import atexit
import builtins
import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from refman.app.late_modules import delay_unused_modules
from refman.app.late_signatures import late_signatures

# That of the interpreter where Qt is not loaded yet; the one written in Python is a little slower.
_PLAIN_IMPORT = importlib.__import__ if "shiboken6" in sys.modules else builtins.__import__


@contextmanager
def loading() -> Iterator[None]:
    """Imports inside are not collected, and what they made never is; afterwards collection goes on as before."""
    delay_unused_modules()
    was_enabled, loaded = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > loaded:
            gc.freeze()
        if was_enabled:
            gc.enable()


@contextmanager
def loading_window() -> Iterator[None]:
    """As `loading`, for what needs Qt. From now on imports go past the hook of PySide, also those that come later."""
    with loading():
        # First, for it brings the hook, which looks in every module for `from __feature__ import`.
        with late_signatures():
            importlib.import_module("PySide6.QtWidgets")
        vars(builtins)["__import__"] = _PLAIN_IMPORT
        yield


# The system takes all memory back by itself; whatever must end in order is closed before.
atexit.register(gc.freeze)
