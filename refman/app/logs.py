"""The log of the program: a file in the state folder that is turned over when it grows, never the terminal."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST = 1_000_000
_KEPT = 3
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


@contextmanager
def log_to(folder: Path) -> Iterator[Path]:
    """Writes what refman logs to `refman.log` in the folder; without a place to write there is no log."""
    path = folder / "refman.log"
    logger = logging.getLogger("refman")
    level = logger.level
    handler = _LateHandler(path)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield path
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        handler.close()


class _LateHandler(logging.Handler):
    """Opens the file for the first record: most starts have nothing to say."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._to_file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._to_file is None:
            self._to_file = _handler(self._path)
        self._to_file.emit(record)

    def close(self) -> None:
        if self._to_file is not None:
            self._to_file.close()
        super().close()


def _handler(path: Path) -> logging.Handler:
    # Late: it brings pickle and sockets, for logs over a network.
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # For its owner alone, though nothing that a person wrote stands in it (decision 0095).
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        # Names of files may be any bytes.
        handler: logging.Handler = RotatingFileHandler(
            path, maxBytes=_LONGEST, backupCount=_KEPT, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        # A read-only home is no reason not to work.
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    return handler
