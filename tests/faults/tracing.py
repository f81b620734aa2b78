"""Attaching strace to a child that waits for it, and whether that is allowed here.

A missing strace is a failure: it can be installed. A place that forbids tracing (a container without that right) cannot
be mended by whoever runs the tests there: then they did not run, and the table says so.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.faults.children import Acknowledge, Child, spawn
from tests.faults.harness import Harness
from tests.faults.tally import Tally

_PATIENCE_S = 20.0
_FORBIDDEN = ("Operation not permitted", "Function not implemented")


class CannotTraceError(RuntimeError):
    """strace did not attach; the text is what it said."""


def attach(child: Child, options: Sequence[str], log: Path, *, follows: bool = True) -> "subprocess.Popen[bytes]":
    """The tracer of a child that waits for `go`, and of what that starts (`follows`). Raises: CannotTraceError."""
    tracer = subprocess.Popen(
        ["strace", *(["-f"] if follows else []), "-qq", *options, "-o", str(log), "-p", str(child.pid)],
        stderr=subprocess.PIPE,
    )
    if not child.is_traced_soon(_PATIENCE_S, lambda: tracer.poll() is not None):
        tracer.kill()
        _, said = tracer.communicate()
        raise CannotTraceError(said.decode("utf-8", "replace").strip() or "strace did not attach in time")
    return tracer


def may_trace(harness: Harness, tally: Tally) -> bool:
    """Tries it; else counts a failure, or notes that nothing ran."""
    if shutil.which("strace") is None:
        tally.fail("strace", "is missing; install it to run this test")
        return False
    child = spawn(_nothing, harness.place / "probe.log")
    try:
        tracer = attach(child, [], harness.place / "probe.strace")
    except CannotTraceError as error:
        child.kill()
        if not any(words in str(error) for words in _FORBIDDEN):
            tally.fail("strace", str(error))
            return False
        tally.note = "did not run: this place lets strace trace nothing"
        return False
    child.go()
    child.wait(_PATIENCE_S)
    tracer.wait(_PATIENCE_S)
    return True


def _nothing(_: Acknowledge) -> None:
    pass
