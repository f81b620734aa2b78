"""Places that HTML may name: a file that tells who opens it, and a port that tells who calls."""

import ctypes
import os
import socket
from pathlib import Path
from types import TracebackType

# inotify(7).
_NOT_BLOCKING, _OPENED, _ACCESSED = os.O_NONBLOCK, 0x20, 0x1
_LIBC = ctypes.CDLL(None, use_errno=True)


class Trap:
    """`touched` says what was opened or called so far; Linux only, as the tests are."""

    def __init__(self, folder: Path) -> None:
        self.picture = folder / "trap.png"
        self.picture.write_bytes(b"\x89PNG\r\n\x1a\n")
        self._watch: int = _LIBC.inotify_init1(_NOT_BLOCKING)
        added: int = _LIBC.inotify_add_watch(self._watch, os.fsencode(self.picture), _OPENED | _ACCESSED)
        assert self._watch >= 0 and added >= 0, os.strerror(ctypes.get_errno())
        self._port = socket.create_server(("127.0.0.1", 0))
        self._port.setblocking(False)
        self.address = f"http://127.0.0.1:{self._port.getsockname()[1]}/trap.png"

    def __enter__(self) -> "Trap":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._watch)
        self._port.close()

    @property
    def payload(self) -> str:
        """HTML, Markdown, a script and styles that all want what is trapped."""
        file, page = self.picture.as_uri(), self.address
        return (
            f"<img src='{file}'><img src='{page}'><b style='background:url({page})'>x</b><script>alert(1)</script>"
            f"<a href='javascript:alert(1)'>y</a><link rel='stylesheet' href='{file}'>![z]({file}) ![z]({page})"
        )

    @property
    def touched(self) -> list[str]:
        """What fell into the trap since it was set."""
        found = []
        try:
            os.read(self._watch, 4096)
            found.append("the file was opened")
        except BlockingIOError:
            pass
        try:
            self._port.accept()[0].close()
            found.append("the port was called")
        except BlockingIOError:
            pass
        return found
