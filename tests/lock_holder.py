"""Another program that writes to a library."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLDER = """
import fcntl, os, sys
lock = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
fcntl.flock(lock, fcntl.LOCK_EX)
os.pwrite(lock, f"{os.getpid()} elsewhere\\n".encode(), 0)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(library: Path) -> Iterator[int]:
    """Another process holds the write lock; its pid."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, f"{library}.lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield holder.pid
        holder.communicate("")
